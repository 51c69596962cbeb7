"""Biên lai bán hàng: the paper a customer takes home. Content: vn_retail 3; it is not an invoice and says so."""

from collections.abc import Iterator
from datetime import date

from core.i18n import gettext, use, written_day, written_instant, written_quantity
from printers.blocks import Align, Banner, Block, Code, Gap, Pair, Rule, Size, Text
from printers.documents import Receipt, ReceiptLine, Seal
from printers.layouts.invoice_mark import invoice_mark
from printers.layouts.parts import (
    copy_mark,
    demo_notice,
    discount_word,
    dong,
    figures,
    payment_word,
    shop_head,
    tax_table,
)

WIDE_COLUMNS = 48


def lay_out_receipt(receipt: Receipt, width: int = WIDE_COLUMNS) -> list[Block]:
    """Set a receipt in its own language for paper of `width` columns (48 on 80 mm, 32 on 58 mm)."""
    with use(receipt.language):
        return [
            *shop_head(receipt.shop, width),
            *_title(receipt),
            *_goods(receipt),
            *_sums(receipt, width),
            *invoice_mark(receipt.invoice),
            *_proof(receipt),
            *_closing_words(receipt),
        ]


def lay_out_practice(receipt: Receipt, width: int = WIDE_COLUMNS) -> list[Block]:
    """Set a receipt that was rung up for practice: TẬP SỰ at its top, its bottom and across each of its sections."""
    with use(receipt.language):
        return [
            Banner(gettext("PRACTICE"), Size.HUGE),
            Text(gettext("Not a receipt, worth nothing"), Size.NORMAL, Align.CENTRE, bold=True),
            Gap(2),
            Text(receipt.shop.name, Size.NORMAL, Align.CENTRE),
            *copy_mark(receipt.mark),
            Gap(1),
            *_number(receipt, f"T{receipt.number}"),
            *_goods(receipt),
            *_practice_mark(),
            *_sums(receipt, width),
            *_practice_mark(),
            Text(gettext("Order code %(code)s", code=receipt.order_code), Size.SMALL),
            Gap(1),
            Text(
                gettext("No goods were sold and no money was taken. Throw this paper away."), Size.NORMAL, Align.CENTRE
            ),
            *demo_notice(receipt.demo),
            Gap(2),
            Banner(gettext("PRACTICE"), Size.HUGE),
        ]


def _practice_mark() -> Iterator[Block]:
    yield Gap(1)
    yield Banner(gettext("PRACTICE – NOT A RECEIPT"), Size.SMALL)
    yield Gap(1)


def _title(receipt: Receipt) -> Iterator[Block]:
    yield Gap(2)
    yield Rule("heavy")
    yield Gap(1)
    yield Text(gettext("SALES RECEIPT"), Size.LARGE, Align.CENTRE, bold=True)
    yield Text(gettext("This is not an invoice"), Size.SMALL, Align.CENTRE)
    yield from copy_mark(receipt.mark)
    yield Gap(2)
    yield from _number(receipt, f"{receipt.number:06d}")


def _number(receipt: Receipt, number: str) -> Iterator[Block]:
    yield Pair(gettext("No. %(number)s", number=number), written_instant(receipt.at), bold=True, figures=False)
    clerk = gettext("Clerk: %(name)s", name=receipt.clerk)
    yield Pair(receipt.register, clerk, Size.SMALL, figures=False)


def _goods(receipt: Receipt) -> Iterator[Block]:
    yield Rule()
    for line in receipt.lines:
        yield from _line(line)
        yield Gap(1)
    yield Rule()


def _line(line: ReceiptLine) -> Iterator[Block]:
    yield Text(line.name, bold=True)
    if line.stars:
        yield Text(gettext("OCOP %(stars)s stars", stars=line.stars) + " " + "★" * line.stars, Size.SMALL)
    quantity = written_quantity(line.quantity, line.unit)
    label = f" {line.unit_label}" if line.unit_label else ""
    full = line.amount + line.discount
    yield Pair(f"{quantity}{label} × {figures(line.price)}", figures(full), indent=1)
    if line.list_price is not None:
        yield Text(
            gettext("Price set for you; otherwise %(price)s", price=figures(line.list_price)), Size.SMALL, indent=1
        )
    for off in line.discounts:
        yield Pair(off.name or discount_word(off.kind), figures(-off.amount), Size.SMALL, indent=1)
    if line.note:
        yield Text(line.note, Size.SMALL, indent=1)


def _sums(receipt: Receipt, width: int) -> Iterator[Block]:
    yield Gap(1)
    if receipt.discounts:
        whole = sum((off.amount for off in receipt.discounts), receipt.total)
        yield Pair(gettext("Together"), figures(whole))
        for off in receipt.discounts:
            yield Pair(discount_word(off.kind), figures(-off.amount))
        yield Gap(1)
    yield Pair(gettext("TOTAL"), dong(receipt.total), Size.HUGE, bold=True, figures=False)
    said = [gettext("%(count)s kinds of goods", count=len(receipt.lines))]
    said += [gettext("prices include VAT")] if receipt.taxes else []
    yield Text(" · ".join(said), Size.SMALL)
    if receipt.saved:
        yield Text(gettext("You save %(amount)s", amount=dong(receipt.saved)), bold=True)
    yield from tax_table(receipt.taxes, width)
    yield Gap(1)
    yield Rule("dotted")
    for payment in receipt.payments:
        yield Pair(payment_word(payment.kind), figures(payment.amount))
        if payment.reference and payment.reference != receipt.order_code:
            yield Text(payment.reference, Size.SMALL, indent=1)
    if receipt.change:
        yield Pair(gettext("Change"), figures(receipt.change), bold=True)


def _proof(receipt: Receipt) -> Iterator[Block]:
    yield Rule("dotted")
    words = [gettext("Order code %(code)s", code=receipt.order_code)] if receipt.order_code else []
    words += [gettext("Buyer %(phone)s", phone=receipt.buyer)] if receipt.buyer else []
    seal = receipt.seal
    if seal is None:
        yield from (Text(word, Size.SMALL) for word in words)
        return
    yield Gap(1)
    yield Code(seal.qr, (*words, *seal_words(seal)))
    if not seal.signed:
        yield Gap(1)
        yield Banner(gettext("NOT SIGNED"))


def seal_words(seal: Seal) -> tuple[str, ...]:
    """What stands beside the QR: the record and its check code in groups, readable over the telephone."""
    groups = [seal.short_hash[at : at + 4] for at in range(0, len(seal.short_hash), 4)]
    return (gettext("Journal record %(seq)s", seq=seal.seq), gettext("Check code"), "-".join(groups))


def fair_words(until: date) -> str:
    """What the law gives whoever bought away from the shop's usual place (config/reference/return_rights.csv)."""
    return gettext(
        "Sold at a fair: you may bring these goods back until %(day)s (Law 19/2023/QH15, Article 47).",
        day=written_day(until),
    )


def _closing_words(receipt: Receipt) -> Iterator[Block]:
    if receipt.fair_until:
        yield Gap(2)
        yield Text(fair_words(receipt.fair_until), Size.SMALL, Align.CENTRE)
    if receipt.return_terms:
        yield Gap(2)
        yield Text(receipt.return_terms, Size.SMALL, Align.CENTRE)
    if receipt.footer:
        yield Gap(2)
        yield Text(receipt.footer, Size.NORMAL, Align.CENTRE, bold=True)
    yield from demo_notice(receipt.demo)
