"""Post a stocktake: the book follows what was counted, lot by lot, and missing goods of a producer become a claim.

Compared is the book of the minute of counting, so what was sold or came since stays sold and received. A wrong count is
answered by another count: more goods of an owner than the book has take back what earlier counts claimed for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import func, insert, select

from core.clock import now, today
from core.columns import iso_instant
from core.current_settings import current_settings
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import next_seq, write_record
from core.journal.record import Kind
from core.quantity import NONE, Quantity
from core.skipped_number import Series, last_skipped
from core.staff import Role, Staff
from inventory.consignment.claim import raise_claim, take_back_for_surplus
from inventory.consignment.loss_cause import LossCause
from inventory.counting.comparison import Compared, Comparison, LotCompared, Uncounted, compare_with_book
from inventory.counting.count_sheet import newest_record
from inventory.counting.stock_count_table import StockCount, StockCountEntry, StockCountLine
from inventory.counting.stocktake_table import CountedLine, CountSheet, Stocktake
from inventory.location import DIFFERENCE, set_up_locations
from inventory.stock_move import Move, post_moves

_LINES: Any = StockCountLine.__table__
_ENTRIES: Any = StockCountEntry.__table__
_INSERT_LINES, _INSERT_ENTRIES = insert(_LINES), insert(_ENTRIES)


class SheetsOpen(RuleBroken):
    """Somebody is still counting."""

    message = N_("%(counter)s is still counting %(zone)s. Wait until the sheet is handed in, or have it handed in.")


class NothingCounted(RuleBroken):
    """A stocktake in which nobody has counted anything."""

    message = N_("Nothing has been counted yet, so there is nothing to post. Count first, or drop the stocktake.")


class CountAgainFirst(RuleBroken):
    """Goods of which nobody can say what was counted."""

    message = N_("%(product)s must be counted again before this is posted. Ask for it on its line.")


class SomebodyElsePosts(RuleBroken):
    """Whoever counted everything alone would also be the one who accepts it."""

    message = N_("You have counted all of this yourself. Another manager or the owner posts it, "
                 "unless the setting says otherwise.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Posted:
    """One lot as it is posted, with its line number and what it was counted among."""

    n: int
    goods: Compared
    one: LotCompared


def post_stocktake(stocktake: Stocktake, *, by: Staff) -> StockCount:
    """Accept what was counted: moves to and from the differences, claims, one journal record; the sheets go into it.

    Goods that nobody counted stay as the book has them.
    """
    refuse_unready(stocktake, by)
    comparison = compare_with_book(stocktake)
    if not comparison.counted:
        raise NothingCounted()
    for goods in comparison.unsure:
        raise CountAgainFirst(product=goods.product.full_name)
    set_up_locations(by=by)
    seq = next_seq()
    lines = numbered(comparison)
    claims = claims_in(lines, seq)
    count = StockCount(
        number=next_count_number(), day=today(), place=stocktake.place, scope=stocktake.scope,
        scope_code=stocktake.scope_code, rolling=stocktake.rolling, note=stocktake.note,
        opened_at=stocktake.opened_at, left_out=len(comparison.uncounted), staff_code=by.code, record_seq=seq,
    )  # fmt: skip
    entries = counted_lines(comparison)
    record = write_record(Kind.STOCK_COUNT, count_body(count, lines, entries, claims), by=by)
    assert record.seq == seq
    write_rows(count, lines, entries)
    post_moves([move_of(line, stocktake.place) for line in lines if line.one.difference], seq)
    db.session.delete(stocktake)
    db.session.flush()
    return count


def refuse_unready(stocktake: Stocktake, by: Staff) -> None:
    """Refuse to post what is still being counted, or what one person counted and would accept alone."""
    for sheet in stocktake.sheets:
        if sheet.finished_at is None:
            raise SheetsOpen(counter=sheet.counter.name, zone=sheet.zone)
    counters = {sheet.staff_id for sheet in stocktake.sheets if sheet.lines and not sheet.office}
    if counters == {by.id} and current_settings().stocktake.other_person_posts and somebody_else_may_post(by):
        raise SomebodyElsePosts()


def somebody_else_may_post(by: Staff) -> bool:
    """Whether another manager or owner works here."""
    others = select(Staff).where(Staff.id != by.id, Staff.role.in_([Role.MANAGER, Role.OWNER]))
    return any(other.works_here for other in db.session.scalars(others))


def count_as_none(stocktake: Stocktake, goods: Uncounted, *, by: Staff, at_till: Quantity = NONE) -> None:
    """Say of goods that nobody found that there are none: the manager's word, on a sheet of the office."""
    sheet = next((one for one in stocktake.sheets if one.office and one.staff_id == by.id), None)
    if sheet is None:
        sheet = CountSheet(
            staff_id=by.id, zone="", zone_folded=f"\N{SECTION SIGN} {by.code}", office=True, opened_at=now(),
            finished_at=now(),
        )  # fmt: skip
        stocktake.sheets.append(sheet)
    seq = newest_record()
    sheet.lines.append(
        CountedLine(
            product_id=goods.product.id, product=goods.product, whose=goods.whose, lot_id=None, lot=None,
            round=stocktake.round_of(goods.product.id), quantity=NONE, first_seq=seq, last_seq=seq, at_till=at_till,
            unsteady=False, counted_at=now(),
        )
    )  # fmt: skip
    db.session.flush()


def next_count_number() -> int:
    """One more than the last; gap-free but for a restore."""
    last = db.session.scalar(select(func.max(StockCount.number))) or 0
    return max(last, last_skipped(Series.STOCK_COUNT)) + 1


def numbered(comparison: Comparison) -> list[Posted]:
    """The lots of everything counted, by owner and product, each with its line number."""
    goods = sorted(
        comparison.counted,
        key=lambda one: (one.owner.code if one.owner else "", one.product.name_folded, one.product.id),
    )
    lots = [(one, lot) for one in goods for lot in one.lots]
    return [Posted(n, one, lot) for n, (one, lot) in enumerate(lots, start=1)]


def claims_in(lines: Sequence[Posted], seq: int) -> dict[int, dict[str, object]]:
    """What missing goods of producers raise and found ones take back, as parts of their lines."""
    parts: dict[int, dict[str, object]] = {}
    for _, mine in groupby(lines, key=lambda line: id(line.goods)):
        parts |= claims_of(list(mine), seq)
    return parts


def claims_of(mine: Sequence[Posted], seq: int) -> dict[int, dict[str, object]]:
    """The same for the lots of one product and owner.

    They answer each other: what is too many of one is not missing of another.
    """
    goods = mine[0].goods
    if goods.owner is None:
        return {}
    found = sum((line.one.difference for line in mine if line.one.difference > NONE), NONE)
    parts: dict[int, dict[str, object]] = {}
    for line in mine:
        missing = max(-line.one.difference, NONE)
        answered = min(missing, found)
        found -= answered
        if missing > answered:
            claim = raise_claim(
                line.one.lot, missing - answered, LossCause.COUNT, record_seq=seq, line=line.n, day=today()
            )
            assert claim is not None, "the goods have an owner"
            parts[line.n] = {"claim": claim.as_body()}
    if found > NONE:
        last = [line for line in mine if line.one.difference > NONE][-1]
        back = take_back_for_surplus(goods.product, goods.owner.id, found, record_seq=seq, line=last.n, day=today())
        if back:
            parts[last.n] = {"back": [one.as_body() for one in back]}
    return parts


def counted_lines(comparison: Comparison) -> list[CountedLine]:
    """What stood on the sheets of everything that is posted, in the order it was counted."""
    lines = [line for goods in comparison.counted for line in goods.lines]
    return sorted(lines, key=lambda line: line.id)


def count_body(
    count: StockCount, lines: Sequence[Posted], entries: Sequence[CountedLine], claims: dict[int, dict[str, object]]
) -> dict[str, object]:
    """A posted stocktake as the journal keeps it (docs/journal.md, STOCK_COUNT)."""
    return {
        "no": count.number,
        "day": count.day.isoformat(),
        "place": count.place,
        "scope": count.scope.value,
        "code": count.scope_code,
        "rolling": count.rolling,
        "note": count.note,
        "opened": iso_instant(count.opened_at),
        "left": count.left_out,
        "lines": [{**line_body(line), **claims.get(line.n, {})} for line in lines],
        "sheets": [entry_body(n, entry) for n, entry in enumerate(entries, start=1)],
    }


def line_body(line: Posted) -> dict[str, object]:
    """One lot of a posted stocktake as the journal keeps it."""
    return {
        "n": line.n,
        "sku": line.goods.product.sku,
        "lot": line.one.lot.number,
        "own": line.one.lot.owner_code,
        "book": line.one.book.thousandths,
        "qty": line.one.counted.thousandths,
        "at": line.goods.at,
        "ts": iso_instant(line.goods.counted_at),
        "why": line.goods.reason,
    }


def entry_body(n: int, entry: CountedLine) -> dict[str, object]:
    """One line of a sheet as the journal keeps it."""
    return {
        "n": n,
        "zone": entry.sheet.zone,
        "office": entry.sheet.office,
        "usr": entry.sheet.counter.code,
        "sku": entry.product.sku,
        "whose": entry.whose,
        "lot": entry.lot.number if entry.lot is not None else None,
        "qty": (entry.quantity or NONE).thousandths,
        "till": entry.at_till.thousandths,
        "first": entry.first_seq,
        "last": entry.last_seq,
        "ts": iso_instant(entry.counted_at),
    }


def write_rows(count: StockCount, lines: Sequence[Posted], entries: Sequence[CountedLine]) -> None:
    """The document with its lots and sheets, a few thousand at once."""
    db.session.add(count)
    db.session.flush()
    seq = count.record_seq
    rows = [
        {
            "lot_id": line.one.lot.id, "book": line.one.book, "counted": line.one.counted, "at_seq": line.goods.at,
            "counted_at": line.goods.counted_at, "reason": line.goods.reason, "record_seq": seq, "line": line.n,
        }
        for line in lines
    ]  # fmt: skip
    sheets = [
        {
            "zone": entry.sheet.zone, "office": entry.sheet.office, "staff_code": entry.sheet.counter.code,
            "product_id": entry.product_id, "whose": entry.whose, "lot_id": entry.lot_id,
            "quantity": entry.quantity or NONE, "at_till": entry.at_till, "first_seq": entry.first_seq,
            "last_seq": entry.last_seq, "counted_at": entry.counted_at, "record_seq": seq, "line": n,
        }
        for n, entry in enumerate(entries, start=1)
    ]  # fmt: skip
    connection = db.session.connection()
    if rows:
        connection.execute(_INSERT_LINES, rows)
    if sheets:
        connection.execute(_INSERT_ENTRIES, sheets)


def move_of(line: Posted, place: str) -> Move:
    """The move that makes the book say what was counted."""
    missing = line.one.difference < NONE
    source, target = (place, DIFFERENCE) if missing else (DIFFERENCE, place)
    amount = Quantity(abs(line.one.difference.thousandths))
    return Move(line.one.lot, source, target, amount, line.n)
