"""What the journal tells of slips by which people moved goods."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from inventory.consignment.claim_mirror import claims_told
from inventory.location import LOSS, USED
from inventory.moving.move_slip import MoveSlip

MOVES = Replay()
MOVES.mirror(
    Mirror(
        "move_slips",
        select(
            MoveSlip.kind,
            MoveSlip.number.label("no"),
            MoveSlip.day,
            MoveSlip.cause,
            MoveSlip.reason,
            MoveSlip.staff_code.label("usr"),
            MoveSlip.answers.label("of"),
            MoveSlip.record_seq,
        ),
        key=("record_seq",),
    )
)


@MOVES.kind(Kind.SHELF_MOVE, Kind.WRITE_OFF, Kind.OWN_USE, Kind.MOVE_BACK)
def _slip(record: Replayed) -> Iterator[Told]:
    body = record.body
    yield (
        "move_slips",
        {
            "kind": record.typ.value.lower(),
            "no": body["no"],
            "day": body["day"],
            "cause": body.get("cause"),
            "reason": body["reason"],
            "usr": record.usr,
            "of": body.get("of"),
        },
    )
    for line in body["lines"]:
        source, target = _way(record, line)
        move = {"line": line["n"], "lot": line["lot"], "qty": line["qty"], "source": source, "target": target}
        yield "stock_moves", move
        yield from claims_told(line, body["day"])


def _way(record: Replayed, line: dict[str, Any]) -> tuple[str, str]:
    if record.typ is Kind.MOVE_BACK:
        return line["from"], line["to"]
    if record.typ is Kind.SHELF_MOVE:
        return record.body["from"], record.body["to"]
    return record.body["from"], LOSS if record.typ is Kind.WRITE_OFF else USED
