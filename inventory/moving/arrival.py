"""Goods that come from another point: taken in once, all or a part, with owner and terms; a signed answer goes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from core.clock import now, today
from core.current_settings import current_settings
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import next_seq, write_record
from core.journal.record import Kind
from core.journal.seal import current_terminal
from core.quantity import NONE, Quantity, Unit
from core.staff import Staff
from core.text import clean
from inventory.catalogue.eligibility import check_receivable
from inventory.catalogue.product import Product
from inventory.location import OTHER_POINT, set_up_locations
from inventory.lot import Lot
from inventory.moving.move_slip import QuantityNotMoved
from inventory.moving.other_point import point_of
from inventory.moving.signed_file import FileUnreadable, SignedFile, check_signature, read_signed_file, sign_file
from inventory.moving.told_goods import ToldLine, producer_here, product_here, told_lines
from inventory.moving.transfer import ANSWER, TRANSFER, ForAnotherPoint
from inventory.moving.transfer_table import ArrivedTransfer, WaitingFile
from inventory.receiving.delivery import lots_of_day
from inventory.stock_move import Move, post_moves


class TakenAlready(RuleBroken):
    message = N_(
        "These goods were taken in already, on %(day)s. Nothing was counted twice; hand over the answer again."
    )


class MoreThanSent(RuleBroken):
    message = N_("Of %(product)s only %(sent)s were sent. Take at most that much in; what is over is counted later.")


class DifferenceUnsaid(RuleBroken):
    message = N_("Less of %(product)s is taken in than was sent. Say why: missing, broken, past its day …")


@dataclass(frozen=True, slots=True)
class Accepted:
    """How much of a line is taken in, and why not all of it."""

    quantity: Quantity
    why: str = ""


def look_at(data: bytes | str) -> SignedFile:
    """A transfer's file that is for us, from a point we trust, unchanged and not taken in yet."""
    file = read_signed_file(data, TRANSFER)
    try:
        sender, to, uid = str(file.says["from"]["tid"]), str(file.says["to"]), str(file.says["uid"])
        int(file.says["no"])
    except (KeyError, TypeError, ValueError) as trouble:
        raise FileUnreadable() from trouble
    check_signature(file, point_of(sender).public, sender[:40])
    if to != current_terminal().tid:
        raise ForAnotherPoint(tid=to[:40])
    before = arrived(uid)
    if before is not None:
        raise TakenAlready(day=before.day)
    told_lines(file)
    return file


def arrived(uid: str) -> ArrivedTransfer | None:
    """What was taken in of a transfer."""
    return db.session.scalar(select(ArrivedTransfer).where(ArrivedTransfer.uid == uid))


def lay_by(data: bytes | str) -> WaitingFile:
    """Keep a file until somebody has counted the goods; once more changes nothing."""
    file = look_at(data)
    row = db.session.get(WaitingFile, file.says["uid"])
    if row is None:
        row = WaitingFile(uid=file.says["uid"], line=file.line, taken_at=now())
        db.session.add(row)
        db.session.flush()
    return row


def take_in(data: bytes | str, accepted: Mapping[int, Accepted], *, target: str, by: Staff) -> ArrivedTransfer:
    """Take goods in: each line becomes a lot of ours with the owner and terms that it has there, and one move."""
    file = look_at(data)
    lines = told_lines(file)
    for line in lines:
        _check(line, accepted.get(line.n, Accepted(NONE)))
    set_up_locations(by=by)
    goods = _goods(lines, accepted, by=by)
    answer, seq = _answer(file, lines, accepted), next_seq()
    lots = _lots(lines, accepted, goods, seq, by=by)
    seq = next_seq()
    body = {
        "act": "received", "uid": file.says["uid"], "no": file.says["no"], "from": file.says["from"]["tid"],
        "day": today().isoformat(), "to": target, "lines": [_line_body(lot, quantity) for lot, quantity in lots],
        "file": file.text, "sig": file.signature, "answer": answer.text, "asig": answer.signature,
    }  # fmt: skip
    record = write_record(Kind.TRANSFER, body, by=by)
    for lot, _ in lots:
        lot.record_seq = record.seq
    row = ArrivedTransfer(
        record_seq=record.seq, uid=file.says["uid"], from_tid=file.says["from"]["tid"], number=file.says["no"],
        day=today(), text=file.text, signature=file.signature, answer_text=answer.text,
        answer_signature=answer.signature, staff_code=by.code,
    )  # fmt: skip
    db.session.add_all([row, *(lot for lot, _ in lots)])
    db.session.flush()
    post_moves([Move(lot, OTHER_POINT, target, quantity, lot.line) for lot, quantity in lots], record.seq)
    waiting = db.session.get(WaitingFile, file.says["uid"])
    if waiting is not None:
        db.session.delete(waiting)
        db.session.flush()
    return row


def _check(line: ToldLine, one: Accepted) -> None:
    if one.quantity < NONE or not Unit(line.product["unit"]).takes(one.quantity):
        raise QuantityNotMoved(product=line.name)
    if one.quantity > line.quantity:
        raise MoreThanSent(product=line.name, sent=line.quantity)
    if one.quantity < line.quantity and not clean(one.why):
        raise DifferenceUnsaid(product=line.name)


def _goods(lines: list[ToldLine], accepted: Mapping[int, Accepted], *, by: Staff) -> dict[int, Product]:
    """Our product of each line that is taken in, if it may be sold here."""
    goods = {}
    for line in lines:
        if line.n in accepted and accepted[line.n].quantity > NONE:
            goods[line.n] = product_here(line, by=by)
            check_receivable(goods[line.n], today(), sell_by=line.sell_by)
    return goods


def _lots(
    lines: list[ToldLine], accepted: Mapping[int, Accepted], goods: Mapping[int, Product], seq: int, *, by: Staff
) -> list[tuple[Lot, Quantity]]:
    day, lots = today(), []
    first = lots_of_day(day)
    for count, line in enumerate((line for line in lines if line.n in goods), start=1):
        supplier, terms = producer_here(line.supplier, by=by), line.terms
        lot = Lot(
            number=f"{day:%y%m%d}{first + count:03d}", product_id=goods[line.n].id, product=goods[line.n],
            supplier_id=supplier.id, supplier=supplier, owner_id=supplier.id if terms.consigned else None,
            owner=supplier if terms.consigned else None, terms=terms.kind, cost=terms.cost, commission=terms.commission,
            delivery_price=terms.delivery_price, received_on=day, best_before=line.best_before, sell_by=line.sell_by,
            producer_lot=line.producer_lot, papers=line.papers, record_seq=seq, line=line.n,
        )  # fmt: skip
        lots.append((lot, accepted[line.n].quantity))
    return lots


def _line_body(lot: Lot, quantity: Quantity) -> dict[str, Any]:
    return {
        "n": lot.line, "lot": lot.number, "sku": lot.product.sku, "from": lot.supplier.code,
        "own": lot.owner.code if lot.owner is not None else None, "qty": quantity.thousandths,
        "terms": lot.terms.value, "cost": lot.cost.dong if lot.cost is not None else None, "rate": lot.commission,
        "delivery": lot.delivery_price.dong if lot.delivery_price is not None else None,
        "before": lot.best_before.isoformat() if lot.best_before else None,
        "until": lot.sell_by.isoformat() if lot.sell_by else None, "plot": lot.producer_lot, "papers": lot.papers,
    }  # fmt: skip


def _answer(file: SignedFile, lines: list[ToldLine], accepted: Mapping[int, Accepted]) -> SignedFile:
    told = [(line.n, accepted.get(line.n, Accepted(NONE))) for line in lines]
    return sign_file(
        {
            "kind": ANSWER,
            "uid": file.says["uid"],
            "from": {"tid": current_terminal().tid, "name": clean(current_settings().shop.name, limit=200)},
            "to": file.says["from"]["tid"],
            "file": file.hash,
            "day": today().isoformat(),
            "lines": [{"n": n, "qty": one.quantity.thousandths, "why": clean(one.why, limit=300)} for n, one in told],
        }
    )


def latest_arrivals(limit: int | None = 50) -> list[ArrivedTransfer]:
    """What came from other points, the newest first."""
    return list(db.session.scalars(select(ArrivedTransfer).order_by(ArrivedTransfer.record_seq.desc()).limit(limit)))


def waiting_files() -> list[WaitingFile]:
    """Files whose goods nobody has taken in yet."""
    return list(db.session.scalars(select(WaitingFile).order_by(WaitingFile.taken_at)))
