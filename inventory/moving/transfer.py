"""Goods sent to another point (chuyển hàng sang điểm khác): on the way until its signed answer says what it accepted.

Only that answer closes a transfer. A point that could take its goods back by itself might count what the other one has
accepted: so a transfer that was a mistake is answered there with nothing.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from core.clock import today
from core.current_settings import current_settings
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import next_seq, write_record
from core.journal.record import Kind, uuid7
from core.journal.seal import current_terminal
from core.quantity import NONE, Quantity
from core.skipped_number import Series, last_skipped
from core.staff import Staff
from core.text import clean
from inventory.consignment.claim import raise_claim
from inventory.consignment.loss_cause import ClaimCause
from inventory.location import LOSS, ON_THE_WAY, OTHER_POINT, set_up_locations
from inventory.lot import Lot
from inventory.moving.move_slip import Portion, check_portions
from inventory.moving.other_point import OtherPoint, point_of
from inventory.moving.signed_file import FileUnreadable, SignedFile, check_signature, read_signed_file, sign_file
from inventory.moving.transfer_body import line_to_send
from inventory.moving.transfer_table import Transfer, TransferAnswer
from inventory.stock_move import Move, StockMove, post_moves
from inventory.tracing.hold import refuse_held

TRANSFER, ANSWER = "transfer", "answer"


class ForAnotherPoint(RuleBroken):
    message = N_("This file is for point %(tid)s, not for this one. Nothing was taken.")


class TransferUnknown(RuleBroken):
    message = N_("This answers a transfer that this point never sent, or that a restore has lost. Nothing was changed.")


class AnsweredAlready(RuleBroken):
    message = N_("Transfer %(number)s was answered already, on %(day)s. Nothing was changed.")


class AnswerOfAnother(RuleBroken):
    message = N_(
        "The answer does not fit what was sent with transfer %(number)s. Nothing was changed; ask for it again."
    )


def send_goods(portions: Sequence[Portion], *, source: str, to: OtherPoint, by: Staff) -> Transfer:
    """Send goods off: they leave their place, and a signed file goes along. Lots on hold stay."""
    check_portions(portions, source)
    for one in portions:
        refuse_held(one.lot)
    set_up_locations(by=by)
    number, uid, day, seq = next_transfer_number(), uuid7(), today(), next_seq()
    file = sign_file(
        {
            "kind": TRANSFER,
            "uid": uid,
            "no": number,
            "from": {"tid": current_terminal().tid, "name": clean(current_settings().shop.name, limit=200)},
            "to": to.tid,
            "day": day.isoformat(),
            "lines": [line_to_send(n, one) for n, one in enumerate(portions, start=1)],
        }
    )
    body = {"act": "sent", "no": number, "uid": uid, "to": to.tid, "day": day.isoformat(), "from": source}
    lines = [{"n": n, "lot": one.lot.number, "qty": one.quantity.thousandths} for n, one in enumerate(portions, 1)]
    record = write_record(Kind.TRANSFER, {**body, "lines": lines, "file": file.text, "sig": file.signature}, by=by)
    assert record.seq == seq
    row = Transfer(
        record_seq=seq, number=number, uid=uid, to_tid=to.tid, source=source, day=day, text=file.text,
        signature=file.signature, staff_code=by.code,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    post_moves([Move(one.lot, source, ON_THE_WAY, one.quantity, n) for n, one in enumerate(portions, 1)], seq)
    return row


def next_transfer_number() -> int:
    """One more than the last; gap-free but for a restore."""
    return last_transfer_number() + 1


def last_transfer_number() -> int:
    """The last number given out or skipped."""
    return max(db.session.scalar(select(func.max(Transfer.number))) or 0, last_skipped(Series.TRANSFER))


def sent_portions(transfer: Transfer) -> dict[int, Portion]:
    """What was sent, by the number of its line."""
    rows = db.session.execute(
        select(StockMove, Lot)
        .join(Lot, Lot.id == StockMove.lot_id)
        .where(StockMove.record_seq == transfer.record_seq)
        .order_by(StockMove.line)
    )
    return {move.line: Portion(lot, move.quantity) for move, lot in rows}


def take_answer(data: bytes | str, *, rest_is_lost: bool, by: Staff) -> Transfer:
    """Close a transfer by what the other point says it accepted; the rest comes back, or is lost and claimed."""
    file = read_signed_file(data, ANSWER)
    transfer, accepted = _checked(file)
    portions, seq, day = sent_portions(transfer), next_seq(), today()
    moves, lines = [], []
    for n, one in portions.items():
        rest = one.quantity - accepted[n]
        line: dict[str, Any] = {
            "n": n, "lot": one.lot.number, "own": one.lot.owner_code, "acc": accepted[n].thousandths,
            "rest": rest.thousandths, "to": LOSS if rest_is_lost else transfer.source,
        }  # fmt: skip
        if accepted[n] > NONE:
            moves.append(Move(one.lot, ON_THE_WAY, OTHER_POINT, accepted[n], 2 * n - 1))
        if rest > NONE:
            moves.append(Move(one.lot, ON_THE_WAY, line["to"], rest, 2 * n))
            claim = (
                raise_claim(one.lot, rest, ClaimCause.OTHER, record_seq=seq, line=n, day=day) if rest_is_lost else None
            )
            if claim is not None:
                line["claim"] = claim.as_body()
        lines.append(line)
    _close(transfer, file, lines, by=by)
    post_moves(moves, seq)
    return transfer


def _checked(file: SignedFile) -> tuple[Transfer, dict[int, Quantity]]:
    """The transfer that an answer is about, and how much of each line was accepted."""
    try:
        says = file.says
        told = {line["n"]: Quantity(line["qty"]) for line in says["lines"]}
        sender, to, uid, answered = says["from"]["tid"], says["to"], says["uid"], says["file"]
    except (KeyError, TypeError, ValueError) as trouble:
        raise FileUnreadable() from trouble
    check_signature(file, point_of(str(sender)).public, str(sender)[:40])
    if to != current_terminal().tid:
        raise ForAnotherPoint(tid=str(to)[:40])
    transfer = db.session.scalar(select(Transfer).where(Transfer.uid == str(uid)))
    if transfer is None:
        raise TransferUnknown()
    if transfer.answer is not None:
        raise AnsweredAlready(number=transfer.number, day=transfer.answer.day)
    sent = sent_portions(transfer)
    fits = (
        transfer.to_tid == sender and SignedFile(transfer.text, "", {}).hash == answered and told.keys() == sent.keys()
    )
    if not fits or any(not NONE <= told[n] <= sent[n].quantity for n in sent):
        raise AnswerOfAnother(number=transfer.number)
    return transfer, told


def _close(transfer: Transfer, file: SignedFile, lines: list[dict[str, Any]], *, by: Staff) -> None:
    day = today()
    body = {"act": "answered", "uid": transfer.uid, "day": day.isoformat(), "of": transfer.record_seq, "lines": lines}
    record = write_record(Kind.TRANSFER, {**body, "file": file.text, "sig": file.signature}, by=by)
    db.session.add(
        TransferAnswer(
            record_seq=record.seq, transfer_seq=transfer.record_seq, day=day, text=file.text,
            signature=file.signature, staff_code=by.code,
        )
    )  # fmt: skip
    db.session.flush()
    db.session.expire(transfer, ["answer"])


def latest_transfers(limit: int | None = 50) -> list[Transfer]:
    """What was sent, the newest first."""
    return list(db.session.scalars(select(Transfer).order_by(Transfer.number.desc()).limit(limit)))
