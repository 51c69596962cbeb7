"""Count: goods go onto one's own sheet, by scan or by number, each with the moment of the book it belongs to.

Blind: nothing here says how many there should be, nor what others counted.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from core.clock import now
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import JournalRecord
from core.quantity import NONE, ONE, Quantity
from core.staff import Staff
from core.text import clean, fold
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product, ServiceNotGoods
from inventory.counting.scope import NotInScope, covers
from inventory.counting.stocktake_table import NOBODY_ASKED, SHOPS_OWN, CountedLine, CountSheet, Stocktake
from inventory.lot import Lot
from inventory.stock_level import on_hand_by_lot
from inventory.stock_move import StockMove


class ZoneTaken(RuleBroken):
    """Two people in one zone would count it twice."""

    message = N_("%(zone)s already has a sheet, of %(counter)s. Count another zone, or give yours another name.")


class SheetFinished(RuleBroken):
    """A sheet that was handed in."""

    message = N_("The sheet of %(zone)s is handed in. Open it again first, if something is missing on it.")


class NotYourSheet(RuleBroken):
    """Sheets are written by whoever counts."""

    message = N_("The sheet of %(zone)s belongs to %(counter)s. Open a sheet of your own.")


class NeverReceived(RuleBroken):
    """Goods that no receipt ever brought."""

    message = N_("%(product)s never came in by a receipt. Put it aside and tell the manager.")


class WhoseGoods(RuleBroken):
    """Several owners' goods of one product stand here, and the label does not tell which."""

    message = N_("%(product)s of several owners may stand here. Say whose goods you are counting.")


class NumberMissing(RuleBroken):
    """Goods by weight that nobody has weighed."""

    message = N_("%(product)s has no number yet. Type how much there is, or take the line out.")


class SoldMeanwhile(RuleBroken):
    """Some of it left or came between the first and the last of it that was counted."""

    message = N_("%(product)s was sold or moved while you were counting it. Count it again and type the whole number.")


@dataclass(frozen=True, slots=True)
class OwnerChoice:
    """An owner whose goods of a product may stand at a place; `name` is None for the shop itself."""

    whose: str
    name: str | None


def open_sheet(stocktake: Stocktake, *, zone: str, by: Staff) -> CountSheet:
    """A sheet for a zone, such as one board of a shelf; one's own is gone on with."""
    name = clean(zone, limit=60)
    folded = fold(name)
    taken = next((sheet for sheet in stocktake.sheets if sheet.zone_folded == folded), None)
    if taken is not None and taken.staff_id == by.id and not taken.office:
        return taken
    if taken is not None:
        raise ZoneTaken(zone=taken.zone, counter=taken.counter.name)
    sheet = CountSheet(staff_id=by.id, zone=name, zone_folded=folded, office=False, opened_at=now(), finished_at=None)
    stocktake.sheets.append(sheet)
    db.session.flush()
    return sheet


def owners_at(product: Product, place: str) -> list[OwnerChoice]:
    """Whose goods of a product may stand at a place: those the book has there, else all who ever brought some."""
    here = on_hand_by_lot([product.id], place).get(product.id, [])
    owners = {one.lot.owner_id for one in here}
    if not owners:
        owners = set(db.session.scalars(select(Lot.owner_id).where(Lot.product_id == product.id).distinct()))
    return choices_of(owners)


def choices_of(owners: Collection[int | None]) -> list[OwnerChoice]:
    """Owners as a counter may name them, the shop first."""
    ids = [owner for owner in owners if owner is not None]
    known = db.session.scalars(select(Producer).where(Producer.id.in_(ids)).order_by(Producer.code)) if ids else ()
    own = [OwnerChoice(SHOPS_OWN, None)] if None in owners else []
    return own + [OwnerChoice(producer.code, producer.name) for producer in known]


def count_goods(
    sheet: CountSheet,
    product: Product,
    quantity: Quantity | None,
    *,
    whose: str = NOBODY_ASKED,
    lot: Lot | None = None,
    at_till: Quantity = NONE,
) -> CountedLine:
    """Put so much more of a product on the sheet; None opens a line for goods that are still to be weighed.

    `at_till` is what lies in open baskets: it has left its board, and the book does not know yet. Raises WhoseGoods
    where the counter must say which owner's goods these are.
    """
    check_countable(sheet, product)
    owner = whose_of(sheet, product, whose, lot)
    line = line_for(sheet, product, owner, lot)
    seq = newest_record()
    if line is None:
        line = CountedLine(
            product_id=product.id, product=product, whose=owner, lot_id=lot.id if lot else None, lot=lot,
            round=sheet.stocktake.round_of(product.id), quantity=quantity, first_seq=seq, last_seq=seq,
            at_till=at_till, unsteady=False, counted_at=now(),
        )  # fmt: skip
        sheet.lines.append(line)
    elif quantity is not None:
        if line.quantity is None:
            line.first_seq, line.at_till = seq, at_till
        line.quantity = (line.quantity or NONE) + quantity
        touch(line, seq, at_till)
    db.session.flush()
    return line


def check_countable(sheet: CountSheet, product: Product) -> None:
    """Refuse what cannot be counted on this sheet."""
    if sheet.finished_at is not None:
        raise SheetFinished(zone=sheet.zone)
    if product.service:
        raise ServiceNotGoods(product=product.name)
    if not covers(sheet.stocktake, product):
        raise NotInScope(product=product.full_name)
    if db.session.scalar(select(Lot.id).where(Lot.product_id == product.id).limit(1)) is None:
        raise NeverReceived(product=product.full_name)


def whose_of(sheet: CountSheet, product: Product, whose: str, lot: Lot | None) -> str:
    """Whose goods are counted: the lot's owner, the one named, or nobody's question where there is only one."""
    if lot is not None:
        return lot.owner_code or SHOPS_OWN
    choices = [choice.whose for choice in owners_at(product, sheet.stocktake.place)]
    if whose:
        known = [choice.whose for choice in owners_ever(product)]
        if whose not in known:
            raise WhoseGoods(product=product.full_name)
        return whose
    if len(choices) > 1:
        raise WhoseGoods(product=product.full_name)
    return NOBODY_ASKED


def owners_ever(product: Product) -> list[OwnerChoice]:
    """Everybody whose goods of a product the shop ever had."""
    return choices_of(set(db.session.scalars(select(Lot.owner_id).where(Lot.product_id == product.id).distinct())))


def line_for(sheet: CountSheet, product: Product, whose: str, lot: Lot | None) -> CountedLine | None:
    """The line of the sheet that counts just these goods since they were last asked for."""
    wanted = (product.id, whose, lot.id if lot else None, sheet.stocktake.round_of(product.id))
    return next(
        (line for line in sheet.lines if (line.product_id, line.whose, line.lot_id, line.round) == wanted), None
    )


def newest_record() -> int:
    """The moment of the book: every move of a record up to it has happened, none after it."""
    newest: int | None = db.session.scalar(select(func.max(JournalRecord.seq)))
    assert newest is not None, "a shop with goods has a journal"
    return newest


def touch(line: CountedLine, seq: int, at_till: Quantity) -> None:
    """More of a line was counted, at this moment of the book."""
    line.unsteady = line.unsteady or at_till != line.at_till
    line.last_seq, line.counted_at = seq, now()


def set_counted(line: CountedLine, quantity: Quantity, *, at_till: Quantity = NONE) -> None:
    """Type the whole number of a line: what was counted of it before is forgotten, its moment is now."""
    if line.sheet.finished_at is not None:
        raise SheetFinished(zone=line.sheet.zone)
    line.quantity, line.at_till, line.unsteady = quantity, at_till, False
    line.first_seq = line.last_seq = newest_record()
    line.counted_at = now()
    db.session.flush()


def count_one_less(line: CountedLine, *, at_till: Quantity = NONE) -> None:
    """Take one off a line again; below nothing there is nothing."""
    if line.sheet.finished_at is not None:
        raise SheetFinished(zone=line.sheet.zone)
    line.quantity = max((line.quantity or NONE) - ONE, NONE)
    touch(line, newest_record(), at_till)
    db.session.flush()


def take_out(line: CountedLine) -> None:
    """Take a line off the sheet, as if it had never been counted."""
    if line.sheet.finished_at is not None:
        raise SheetFinished(zone=line.sheet.zone)
    line.sheet.lines.remove(line)
    db.session.flush()


def moved_meanwhile(sheet: CountSheet) -> set[int]:
    """The lines, by id, of which something left or came while they were being counted."""
    found = {line.id for line in sheet.lines if line.unsteady}
    open_long = [line for line in sheet.lines if line.first_seq < line.last_seq]
    if open_long:
        place = sheet.stocktake.place
        rows = db.session.execute(
            select(Lot.product_id, StockMove.record_seq)
            .join(Lot, Lot.id == StockMove.lot_id)
            .where(
                StockMove.record_seq > min(line.first_seq for line in open_long),
                Lot.product_id.in_({line.product_id for line in open_long}),
                (StockMove.source == place) | (StockMove.target == place),
            )
        ).all()
        found |= {
            line.id
            for line in open_long
            if any(id_ == line.product_id and line.first_seq < seq <= line.last_seq for id_, seq in rows)
        }
    return found


def finish_sheet(sheet: CountSheet) -> None:
    """Hand a sheet in: everything in its zone is counted. The manager compares when all are handed in."""
    moved = moved_meanwhile(sheet)
    for line in sheet.lines:
        if line.quantity is None:
            raise NumberMissing(product=line.product.full_name)
        if line.id in moved and line.round == sheet.stocktake.round_of(line.product_id):
            raise SoldMeanwhile(product=line.product.full_name)
    sheet.finished_at = now()
    db.session.flush()


def open_sheet_again(sheet: CountSheet) -> None:
    """Go on with a sheet that was handed in: something was forgotten, or is to be counted again."""
    sheet.finished_at = None
    db.session.flush()
