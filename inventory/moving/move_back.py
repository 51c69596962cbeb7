"""Moving back (chuyển ngược): a slip that was wrong, or goods that turned up, answered once by a slip of its own."""

from collections.abc import Mapping
from typing import Any

from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import next_seq, write_record
from core.quantity import NONE, Quantity
from core.staff import Staff
from inventory.consignment.claim import claim_of, reverse_claim
from inventory.location import SHELF, STOCKROOM
from inventory.moving.move_slip import (
    MoveSlip,
    NothingToMove,
    QuantityNotMoved,
    SlipKind,
    SlipLine,
    lines_of,
    new_slip,
    slip_answering,
)
from inventory.moving.slip_record import post_slip
from inventory.moving.write_off import need_words
from inventory.stock_level import on_hand
from inventory.stock_move import Move


class MovedBackAlready(RuleBroken):
    message = N_("This slip was moved back already, by slip %(number)s. Enter a new slip for the rest.")


class MoveBackIsFinal(RuleBroken):
    message = N_("A slip that moves back is not moved back itself. Enter a new slip.")


class MoreThanCanGoBack(RuleBroken):
    message = N_("Of lot %(lot)s, %(product)s, at most %(left)s can go back. What is missing was sold or moved since.")


def move_back(slip: MoveSlip, quantities: Mapping[int, Quantity], *, reason: str, by: Staff) -> MoveSlip:
    """Move goods of a slip back to where they came from: so much of each line, at most what is still there.

    Claims that the slip raised are taken back with the goods.
    """
    if slip.kind is SlipKind.MOVE_BACK:
        raise MoveBackIsFinal()
    before = slip_answering(slip)
    if before is not None:
        raise MovedBackAlready(number=before.number)
    chosen = [(line, quantities[line.n]) for line in lines_of(slip) if quantities.get(line.n, NONE) > NONE]
    _check(chosen)
    seq = next_seq()
    answer = new_slip(SlipKind.MOVE_BACK, reason=need_words(reason), by=by, record_seq=seq, answers=slip.record_seq)
    body = {
        "no": answer.number,
        "day": answer.day.isoformat(),
        "of": slip.record_seq,
        "reason": answer.reason,
        "lines": [_line(answer, slip, line, quantity) for line, quantity in chosen],
    }
    record = write_record(answer.kind.record, body, by=by)
    assert record.seq == seq
    return post_slip(
        answer, [Move(line.lot, line.target, line.source, quantity, line.n) for line, quantity in chosen]
    )  # fmt: skip


def left_to_move_back(line: SlipLine) -> Quantity:
    """How much of a line can go back: all of what left the stock; of what stayed in the shop, what is still there."""
    if line.target not in {SHELF, STOCKROOM}:
        return line.quantity
    return max(min(line.quantity, on_hand(line.lot, line.target)), NONE)


def _check(chosen: list[tuple[SlipLine, Quantity]]) -> None:
    if not chosen:
        raise NothingToMove()
    for line, quantity in chosen:
        product = line.lot.product
        if not product.unit.takes(quantity):
            raise QuantityNotMoved(product=product.full_name)
        left = left_to_move_back(line)
        if quantity > left:
            raise MoreThanCanGoBack(lot=line.lot.number, product=product.full_name, left=left)


def _line(answer: MoveSlip, slip: MoveSlip, line: SlipLine, quantity: Quantity) -> dict[str, Any]:
    """A line keeps the number of the line that it answers."""
    body: dict[str, Any] = {
        "n": line.n, "lot": line.lot.number, "own": line.lot.owner_code, "from": line.target, "to": line.source,
        "qty": quantity.thousandths,
    }  # fmt: skip
    claim = claim_of(slip.record_seq, line.n)
    if claim is not None:
        back = reverse_claim(claim, quantity, record_seq=answer.record_seq, line=line.n, day=answer.day)
        body["back"] = [back.as_body()]
    return body
