"""A slip on A4, in the house style: printed twice, one for each side; with the signature where one was drawn."""

from collections.abc import Iterator

from core.clock import now
from core.i18n import gettext, use, written_day, written_instant
from printers.a4.document import A4Code, A4Document, A4Part, A4Signature, A4Table, A4Text
from printers.blocks import Align
from printers.goods_documents import GoodsSlip, SlipGoods
from printers.layouts.goods_slip import in_words, title_of
from printers.layouts.parts import dong, figures

_WIDTHS = (6, 25, 15, 13, 18, 11, 12)
_ALIGNS = (Align.RIGHT, Align.LEFT, Align.LEFT, Align.RIGHT, Align.LEFT)  # price or place, and amount, follow


def a4_of(slip: GoodsSlip) -> A4Document:
    """The slip as an A4 paper."""
    with use(slip.language):
        return A4Document(
            shop=slip.shop,
            title=title_of(slip),
            subtitle=gettext("Two papers with the same fingerprint, one for each side"),
            number=gettext("No. %(number)s", number=f"{slip.number:06d}"),
            printed_at=now(),
            facts=facts_of(slip),
            parts=tuple(parts_of(slip)),
            signatures=signatures_of(slip),
            mark=slip.mark,
            demo=slip.demo,
            language=slip.language,
        )


def facts_of(slip: GoodsSlip) -> tuple[tuple[str, str], ...]:
    """Who, when, and how it was confirmed."""
    facts = (
        (gettext("Producer"), f"{slip.producer} ({slip.producer_code})"),
        (gettext("At"), written_instant(slip.at)),
        (gettext("The shop's side"), slip.clerk),
        (gettext("Confirmation"), slip.word or "–"),
        (gettext("Note"), slip.note),
    )
    return tuple(fact for fact in facts if fact[1])


def parts_of(slip: GoodsSlip) -> Iterator[A4Part]:
    """What went over, what was refused, and the fingerprint."""
    if slip.taken_back:
        yield A4Text(gettext("TAKEN BACK: ENTERED BY MISTAKE"), bold=True)
    yield goods_table(slip)
    if slip.refused:
        yield refused_table(slip)
    words = (
        gettext("Fingerprint, the same on both papers"),
        slip.fingerprint,
        gettext("Journal record %(seq)s", seq=slip.record),
    )
    yield A4Code(slip.fingerprint.replace(" ", ""), words)


def goods_table(slip: GoodsSlip) -> A4Table:
    """The goods with lot, terms or reason, and price."""
    headings = (
        gettext("No."),
        gettext("Product"),
        gettext("Lot, best before"),
        gettext("Quantity"),
        gettext("Terms") if slip.into else gettext("Reason"),
        gettext("Sold at") if slip.into else gettext("From"),
        gettext("Amount"),
    )
    total = ("", gettext("TOTAL"), "", "", "", "", dong(slip.total)) if slip.total is not None else None
    return A4Table(
        headings=headings,
        rows=tuple(row_of(n, line, into=slip.into) for n, line in enumerate(slip.goods, start=1)),
        widths=_WIDTHS,
        aligns=(*_ALIGNS, Align.RIGHT if slip.into else Align.LEFT, Align.RIGHT),
        totals=(total,) if total is not None else (),
        empty=gettext("Nothing was accepted."),
    )


def row_of(n: int, line: SlipGoods, *, into: bool) -> tuple[str, ...]:
    """One line of goods."""
    quantity = in_words(line.quantity, line.unit, line.unit_label)
    if line.announced is not None:
        announced = in_words(line.announced, line.unit, line.unit_label)
        quantity += "\n" + gettext("paper: %(quantity)s", quantity=announced)
    sold_at = figures(line.price) if line.price is not None else ""
    return (
        str(n),
        line.name,
        "\n".join(part for part in (line.lot, written_day(line.before) if line.before else "") if part),
        quantity,
        line.words,
        sold_at if into else line.place,
        figures(line.amount) if line.amount is not None else "",
    )


def refused_table(slip: GoodsSlip) -> A4Table:
    """What the producer takes home again, and why."""
    return A4Table(
        headings=(gettext("No."), gettext("Product"), gettext("Quantity"), gettext("Why refused")),
        rows=tuple(
            (str(n), line.name, in_words(line.quantity, line.unit, line.unit_label), line.why)
            for n, line in enumerate(slip.refused, start=1)
        ),
        widths=(6, 44, 16, 34),
        aligns=(Align.RIGHT, Align.LEFT, Align.RIGHT, Align.LEFT),
        title=gettext("NOT ACCEPTED"),
    )


def signatures_of(slip: GoodsSlip) -> tuple[A4Signature, ...]:
    """Both sides' places to sign; the producer's holds what he signed on the screen."""
    by_hand = gettext("Sign and write your name")
    return (
        A4Signature(gettext("Producer"), note=slip.word if slip.signed else by_hand, picture=slip.signature),
        A4Signature(gettext("The shop's side"), name=slip.clerk, note=by_hand),
    )
