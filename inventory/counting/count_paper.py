"""Papers of counting on A4: the sheet to count on, blind or with the book's quantities, and the minutes to sign."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from core.clock import now
from core.current_settings import current_settings
from core.database import db
from core.i18n import N_, current_language, gettext, written_day, written_instant
from core.money import ZERO, Money
from core.quantity import Quantity
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.consignment.claim_table import Claim
from inventory.counting.share_out import in_order_of_sale
from inventory.counting.stock_count_table import StockCount, StockCountLine
from inventory.lot import Lot
from inventory.stock_level import LotOnHand, on_hand_by_lot
from printers.a4.document import A4Document, A4Signature, A4Table, Row
from printers.blocks import Align
from printers.documents import ShopHead

_SIGN = N_("Sign and write your name")


@dataclass(frozen=True, slots=True)
class Titles:
    """What stands over a paper: its name, and which goods of which place it is about."""

    place: str
    goods: str


def sheet_to_count(titles: Titles, product_ids: Sequence[int], place: str, *, with_book: bool) -> A4Document:
    """A sheet for hand and pen: the goods of each owner with their lots, and a place for the number.

    Blind it says nothing of how many there should be; an inspector gets it with the book's quantities.
    """
    headings = [N_("Product"), N_("Lot"), N_("Use by"), N_("Unit")]
    if with_book:
        headings.append(N_("In the book"))
    headings += [N_("Counted"), N_("Note")]
    title = N_("Stock count sheet: book and counted") if with_book else N_("Stock count sheet")
    table = A4Table(
        headings=tuple(gettext(heading) for heading in headings),
        rows=tuple(_rows_by_owner(on_hand_by_lot(product_ids, place), with_book=with_book)),
        widths=(30, 16, 16, 8, 10, 10, 10) if with_book else (34, 16, 16, 9, 12, 13),
        aligns=(Align.LEFT,) * 4 + ((Align.RIGHT,) * 2 if with_book else (Align.RIGHT,)) + (Align.LEFT,),
        empty=gettext(N_("The book has nothing here.")),
        boxed=True,
        row_mm=9,
    )
    return _document(gettext(title), titles, (table,), signatures=_people(N_("Counted by"), N_("Seen by")))


def _rows_by_owner(here: dict[int, list[LotOnHand]], *, with_book: bool) -> Iterable[Row]:
    products = {one.id: one for one in db.session.scalars(select(Product).where(Product.id.in_(here.keys())))}
    by_owner: dict[Producer | None, list[tuple[Product, LotOnHand]]] = defaultdict(list)
    for product_id, lots in here.items():
        for one in lots:
            by_owner[one.lot.owner].append((products[product_id], one))
    for owner in sorted(by_owner, key=lambda one: one.code if one else ""):
        yield _owner_row(owner)
        goods = sorted(by_owner[owner], key=lambda found: (found[0].name_folded, found[0].id, found[1].lot.id))
        for product, one in goods:
            book = (str(one.quantity),) if with_book else ()
            yield (product.full_name, one.lot.number, _use_by(one.lot), product.unit_label, *book, "", "")


def _owner_row(owner: Producer | None) -> str:
    if owner is None:
        return gettext(N_("Goods of the shop itself"))
    return gettext(N_("Goods of %(owner)s (%(code)s)")) % {"owner": owner.name, "code": owner.code}


def _use_by(lot: Lot) -> str:
    return written_day(lot.sell_by) if lot.sell_by is not None else ""


def minutes_of(count: StockCount, titles: Titles, *, people: dict[str, str]) -> A4Document:
    """The minutes of a posted stocktake (biên bản kiểm kê): every lot by owner, differences, claims, places to sign."""
    due = {
        claim.line: claim.due for claim in db.session.scalars(select(Claim).where(Claim.record_seq == count.record_seq))
    }
    right = (Align.RIGHT,) * 3
    headings = (N_("Product"), N_("Lot"), N_("In the book"), N_("Counted"), N_("Difference"), N_("Claim"), N_("Reason"))
    table = A4Table(
        headings=tuple(gettext(heading) for heading in headings),
        rows=tuple(_minute_rows(count.lines, due)),
        widths=(30, 16, 9, 9, 10, 13, 13),
        aligns=(Align.LEFT, Align.LEFT, *right, Align.RIGHT, Align.LEFT),
        totals=((gettext(N_("In all")), "", "", "", "", str(sum(due.values(), ZERO)), ""),),
    )
    counters = sorted({entry.staff_code for entry in count.entries if not entry.office})
    facts = (
        (gettext(N_("Counted from")), written_instant(count.opened_at)),
        (gettext(N_("Posted on")), f"{written_day(count.day)}, {people.get(count.staff_code, count.staff_code)}"),
        (gettext(N_("Counted by")), ", ".join(people.get(code, code) for code in counters)),
        (gettext(N_("Lots counted")), str(len(count.lines))),
        (gettext(N_("Different from the book")), str(sum(bool(line.difference) for line in count.lines))),
        (gettext(N_("Not counted")), str(count.left_out)),
        (gettext(N_("Note")), count.note or "–"),
    )
    notes = (
        gettext(N_("Each quantity is compared with the book of the minute in which it was counted.")),
        gettext(N_("Journal record %(seq)s")) % {"seq": count.record_seq},
    )
    return _document(
        gettext(N_("Minutes of the stocktake")), titles, (table,), facts=facts, notes=notes,
        number=gettext(N_("No. %(number)s")) % {"number": count.number},
        signatures=_people(N_("Counted by"), N_("Posted by"), N_("Head of the point")),
    )  # fmt: skip


def _minute_rows(lines: Sequence[StockCountLine], due: dict[int, Money]) -> Iterable[Row]:
    by_owner: dict[Producer | None, list[StockCountLine]] = defaultdict(list)
    for line in lines:
        by_owner[line.lot.owner].append(line)
    for owner, mine in by_owner.items():
        yield _owner_row(owner)
        order = {lot.id: n for n, lot in enumerate(in_order_of_sale([line.lot for line in mine]))}
        for line in sorted(mine, key=lambda one: (one.lot.product.name_folded, order[one.lot_id])):
            yield (
                line.lot.product.full_name, line.lot.number, str(line.book), str(line.counted),
                _signed(line.difference), str(due[line.line]) if line.line in due else "", line.reason,
            )  # fmt: skip


def _signed(difference: Quantity) -> str:
    if not difference:
        return ""
    return str(difference) if difference.thousandths < 0 else f"+{difference}"


def _people(*roles: str) -> tuple[A4Signature, ...]:
    return tuple(A4Signature(gettext(role), note=gettext(_SIGN)) for role in roles)


def _document(
    title: str,
    titles: Titles,
    parts: tuple[A4Table, ...],
    *,
    facts: tuple[tuple[str, str], ...] = (),
    notes: tuple[str, ...] = (),
    number: str = "",
    signatures: tuple[A4Signature, ...] = (),
) -> A4Document:
    settings = current_settings()
    return A4Document(
        shop=ShopHead.of(settings.shop), title=title, subtitle=f"{titles.place}: {titles.goods}", printed_at=now(),
        parts=parts, facts=facts, notes=notes, number=number, signatures=signatures, demo=settings.demo,
        language=current_language(),
    )  # fmt: skip
