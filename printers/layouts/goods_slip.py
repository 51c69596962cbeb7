"""The slip that producer and point each keep: what came or went back, what was refused, one fingerprint for both."""

from collections.abc import Iterator

from core.i18n import N_, gettext, use, written_day, written_instant, written_quantity
from core.quantity import Quantity, Unit
from printers.blocks import Align, Banner, Block, Cells, Code, Gap, Pair, Rule, Size, Text
from printers.goods_documents import PRODUCERS, SHOPS, GoodsSlip, SlipGoods, SlipRefused
from printers.layouts.parts import copy_mark, demo_notice, dong, figures, shop_head

WIDE_COLUMNS = 48
SIDE_WORDS = {PRODUCERS: N_("Copy 1: kept by the producer"), SHOPS: N_("Copy 2: kept by the shop")}


def lay_out_goods_slip(slip: GoodsSlip, width: int = WIDE_COLUMNS) -> list[Block]:
    """Set the slip in its own language for paper of `width` columns (48 on 80 mm, 32 on 58 mm)."""
    with use(slip.language):
        return [
            *shop_head(slip.shop, width),
            *_title(slip),
            *_goods(slip),
            *_refused(slip),
            *_word(slip),
            *_fingerprint(slip),
            *demo_notice(slip.demo),
        ]


def title_of(slip: GoodsSlip) -> str:
    """What the paper is called."""
    if slip.into:
        return gettext("CONSIGNED GOODS RECEIVED") if slip.consigned else gettext("GOODS RECEIVED")
    return gettext("CONSIGNED GOODS SENT BACK") if slip.consigned else gettext("GOODS SENT BACK")


def in_words(quantity: Quantity, unit: Unit, label: str) -> str:
    """So much of it: "12 hũ", "1,5 kg"."""
    return f"{written_quantity(quantity, unit)} {label}".strip()


def _title(slip: GoodsSlip) -> Iterator[Block]:
    yield Gap(2)
    yield Rule("heavy")
    yield Gap(1)
    yield Text(title_of(slip), Size.LARGE, Align.CENTRE, bold=True)
    yield Text(gettext(SIDE_WORDS[slip.side]), Size.SMALL, Align.CENTRE)
    yield from copy_mark(slip.mark)
    if slip.taken_back:
        yield Gap(1)
        yield Banner(gettext("TAKEN BACK: ENTERED BY MISTAKE"))
    yield Gap(2)
    number = gettext("No. %(number)s", number=f"{slip.number:06d}")
    yield Pair(number, written_instant(slip.at), bold=True, figures=False)
    yield Text(gettext("Producer: %(name)s", name=f"{slip.producer} ({slip.producer_code})"), bold=True)
    yield Text(gettext("For the shop: %(name)s", name=slip.clerk), Size.SMALL)
    yield Text(slip.note, Size.SMALL)


def _goods(slip: GoodsSlip) -> Iterator[Block]:
    yield Rule()
    if not slip.goods:
        yield Text(gettext("Nothing was accepted."), bold=True)
    for line in slip.goods:
        yield from _line(line)
        yield Gap(1)
    if slip.total is not None:
        yield Rule()
        yield Pair(gettext("TOTAL"), dong(slip.total), Size.LARGE, bold=True, figures=False)


def _line(line: SlipGoods) -> Iterator[Block]:
    yield Text(line.name, bold=True)
    amount = figures(line.amount) if line.amount is not None else ""
    yield Pair(in_words(line.quantity, line.unit, line.unit_label), amount, indent=1, bold=True)
    if line.announced is not None:
        said = gettext("On the producer's paper: %(quantity)s",
                       quantity=in_words(line.announced, line.unit, line.unit_label))  # fmt: skip
        yield Text(said, Size.SMALL, indent=1)
    yield Text(line.words, Size.SMALL, indent=1)
    if line.price is not None:
        yield Text(gettext("Sold at %(price)s", price=dong(line.price)), Size.SMALL, indent=1)
    lot = gettext("Lot %(lot)s", lot=line.lot)
    before = gettext("best before %(day)s", day=written_day(line.before)) if line.before else ""
    yield Text(", ".join(part for part in (lot, before, line.place) if part), Size.SMALL, indent=1)


def _refused(slip: GoodsSlip) -> Iterator[Block]:
    if not slip.refused:
        return
    yield Rule()
    yield Banner(gettext("NOT ACCEPTED"))
    yield Gap(1)
    for line in slip.refused:
        yield from _refused_line(line)
        yield Gap(1)


def _refused_line(line: SlipRefused) -> Iterator[Block]:
    yield Text(line.name, bold=True)
    yield Text(f"{in_words(line.quantity, line.unit, line.unit_label)}: {line.why}", indent=1)
    if line.announced is not None:
        said = gettext("On the producer's paper: %(quantity)s",
                       quantity=in_words(line.announced, line.unit, line.unit_label))  # fmt: skip
        yield Text(said, Size.SMALL, indent=1)


def _word(slip: GoodsSlip) -> Iterator[Block]:
    """How he confirmed; who did not yet can sign the paper itself."""
    yield Rule()
    if slip.word:
        yield Text(slip.word, bold=True)
    if slip.signed:
        return
    yield Gap(2)
    yield Cells((gettext("Producer"), gettext("The shop's side")), (1, 1), bold=True)
    yield Gap(12)
    yield Cells(("." * 14, "." * 14), (1, 1))


def _fingerprint(slip: GoodsSlip) -> Iterator[Block]:
    """The same digits on both papers: what differs was made by nobody of the two."""
    yield Gap(1)
    yield Rule("dotted")
    yield Gap(1)
    groups = slip.fingerprint.split(" ")
    words = (
        gettext("Fingerprint, the same on both papers"),
        " ".join(groups[:2]),
        " ".join(groups[2:]),
        gettext("Journal record %(seq)s", seq=slip.record),
    )
    yield Code(slip.fingerprint.replace(" ", ""), words)
