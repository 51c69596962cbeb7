"""Phiếu trả hàng: the paper of goods brought back. Amounts are positive; the heading says which way they went."""

from collections.abc import Iterator

from core.i18n import gettext, use, written_instant, written_quantity
from printers.blocks import Align, Banner, Block, Code, Gap, Pair, Rule, Size, Text
from printers.documents import CARD, EXCHANGE, TRANSFER, Payment, ReceiptLine, ReturnSlip
from printers.layouts.parts import copy_mark, demo_notice, dong, figures, payment_word, shop_head, tax_table
from printers.layouts.receipt import WIDE_COLUMNS, seal_words


def lay_out_return_slip(slip: ReturnSlip, width: int = WIDE_COLUMNS) -> list[Block]:
    """Set the slip in its own language for paper of `width` columns (48 on 80 mm, 32 on 58 mm)."""
    with use(slip.language):
        return [
            *shop_head(slip.shop, width),
            *_title(slip),
            *_goods(slip),
            *_sums(slip, width),
            *_proof(slip),
            *_signatures(),
            *demo_notice(slip.demo),
        ]


def _title(slip: ReturnSlip) -> Iterator[Block]:
    yield Gap(2)
    yield Rule("heavy")
    yield Gap(1)
    yield Text(gettext("GOODS RETURN SLIP"), Size.LARGE, Align.CENTRE, bold=True)
    yield Text(gettext("This is not an invoice"), Size.SMALL, Align.CENTRE)
    yield from copy_mark(slip.mark)
    yield Gap(2)
    number = gettext("No. %(number)s", number=f"{slip.number:06d}")
    yield Pair(number, written_instant(slip.at), bold=True, figures=False)
    clerk = gettext("Clerk: %(name)s", name=slip.clerk)
    yield Pair(slip.register, clerk, Size.SMALL, figures=False)
    if slip.receipt is not None and slip.sold_at is not None:
        bought = gettext("Bought with receipt %(number)s", number=f"{slip.receipt:06d}")
        yield Pair(bought, written_instant(slip.sold_at), Size.SMALL, figures=False)
    else:
        yield Text(gettext("Without a receipt"), Size.SMALL)
    yield Text(gettext("Reason: %(reason)s", reason=slip.reason), Size.SMALL)


def _goods(slip: ReturnSlip) -> Iterator[Block]:
    yield Rule()
    for line in slip.lines:
        yield from _line(line)
        yield Gap(1)
    yield Rule()


def _line(line: ReceiptLine) -> Iterator[Block]:
    """The amount is the share of what was paid for the line: it may differ from price times quantity."""
    yield Text(line.name, bold=True)
    quantity = written_quantity(line.quantity, line.unit)
    label = f" {line.unit_label}" if line.unit_label else ""
    yield Pair(f"{quantity}{label} × {figures(line.price)}", figures(line.amount), indent=1)
    yield Text(line.note, Size.SMALL, indent=1)


def _sums(slip: ReturnSlip, width: int) -> Iterator[Block]:
    yield Gap(1)
    yield Pair(gettext("GIVEN BACK"), dong(slip.total), Size.HUGE, bold=True, figures=False)
    yield from tax_table(slip.taxes, width)
    yield Gap(1)
    yield Rule("dotted")
    for payment in slip.payments:
        yield Pair(payment_word(payment.kind), figures(payment.amount))
        if payment.reference:
            yield Text(_reference_words(payment), Size.SMALL, indent=1)


def _reference_words(payment: Payment) -> str:
    if payment.kind == EXCHANGE:
        return gettext("For the goods of receipt %(number)s", number=f"{int(payment.reference):06d}")
    if payment.kind == TRANSFER:
        return gettext("Paid out by the shop's bank app, number %(number)s", number=payment.reference)
    assert payment.kind == CARD, payment.kind
    return gettext("Paid out by the card machine, number %(number)s", number=payment.reference)


def _proof(slip: ReturnSlip) -> Iterator[Block]:
    seal = slip.seal
    if seal is None:
        return
    yield Rule("dotted")
    yield Gap(1)
    yield Code(seal.qr, seal_words(seal))
    if not seal.signed:
        yield Gap(1)
        yield Banner(gettext("NOT SIGNED"))


def _signatures() -> Iterator[Block]:
    """Whoever got money back signs for it: the paper stays with the drawer."""
    yield Gap(2)
    yield Pair(gettext("Customer"), gettext("Clerk"), Size.SMALL, figures=False)
    yield Gap(8)
    yield Rule("dotted")
