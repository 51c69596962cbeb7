"""What the journal tells of other points and of goods between them and this one."""

from collections.abc import Iterator

from sqlalchemy import select

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from inventory.consignment.claim_mirror import claims_told
from inventory.location import ON_THE_WAY, OTHER_POINT
from inventory.moving.other_point import OtherPoint
from inventory.moving.transfer_table import ArrivedTransfer, Transfer, TransferAnswer

TRANSFERS = Replay()
TRANSFERS.mirror(
    Mirror(
        "other_points",
        select(
            OtherPoint.tid, OtherPoint.name, OtherPoint.public.label("pub"), OtherPoint.trusted, OtherPoint.record_seq
        ),
        key=("record_seq",),
    )
)
TRANSFERS.mirror(
    Mirror(
        "transfers",
        select(
            Transfer.number.label("no"), Transfer.uid, Transfer.to_tid.label("to"), Transfer.source.label("from"),
            Transfer.day, Transfer.text.label("file"), Transfer.signature.label("sig"),
            Transfer.staff_code.label("usr"), Transfer.record_seq,
        ),
        key=("record_seq",),
    )
)  # fmt: skip
TRANSFERS.mirror(
    Mirror(
        "transfer_answers",
        select(
            TransferAnswer.transfer_seq.label("of"), TransferAnswer.day, TransferAnswer.text.label("file"),
            TransferAnswer.signature.label("sig"), TransferAnswer.staff_code.label("usr"), TransferAnswer.record_seq,
        ),
        key=("record_seq",),
    )
)  # fmt: skip
TRANSFERS.mirror(
    Mirror(
        "arrived_transfers",
        select(
            ArrivedTransfer.uid, ArrivedTransfer.from_tid.label("from"), ArrivedTransfer.number.label("no"),
            ArrivedTransfer.day, ArrivedTransfer.text.label("file"), ArrivedTransfer.signature.label("sig"),
            ArrivedTransfer.answer_text.label("answer"), ArrivedTransfer.answer_signature.label("asig"),
            ArrivedTransfer.staff_code.label("usr"), ArrivedTransfer.record_seq,
        ),
        key=("record_seq",),
    )
)  # fmt: skip


@TRANSFERS.kind(Kind.POINT)
def _point(record: Replayed) -> Iterator[Told]:
    body = record.body
    told = {name: body[name] for name in ("tid", "name", "pub")}
    yield "other_points", {**told, "trusted": body["act"] == "trusted"}


@TRANSFERS.kind(Kind.TRANSFER)
def _transfer(record: Replayed) -> Iterator[Told]:
    acts = {"sent": _sent, "answered": _answered, "received": _received}
    yield from acts[record.body["act"]](record)


def _told(record: Replayed, *names: str) -> dict[str, object]:
    return {**{name: record.body[name] for name in names}, "usr": record.usr}


def _sent(record: Replayed) -> Iterator[Told]:
    body = record.body
    yield "transfers", _told(record, "no", "uid", "to", "from", "day", "file", "sig")
    for line in body["lines"]:
        move = {"line": line["n"], "lot": line["lot"], "qty": line["qty"]}
        yield "stock_moves", {**move, "source": body["from"], "target": ON_THE_WAY}


def _answered(record: Replayed) -> Iterator[Told]:
    yield "transfer_answers", _told(record, "of", "day", "file", "sig")
    for line in record.body["lines"]:
        for place, target, quantity in ((1, OTHER_POINT, line["acc"]), (0, line["to"], line["rest"])):
            if quantity:
                move = {"line": 2 * line["n"] - place, "lot": line["lot"], "qty": quantity}
                yield "stock_moves", {**move, "source": ON_THE_WAY, "target": target}
        yield from claims_told(line, record.body["day"])


def _received(record: Replayed) -> Iterator[Told]:
    body = record.body
    yield "arrived_transfers", _told(record, "uid", "from", "no", "day", "file", "sig", "answer", "asig")
    for line in body["lines"]:
        yield "lots", {**{name: value for name, value in line.items() if name != "qty"}, "day": body["day"]}
        move = {"line": line["n"], "lot": line["lot"], "qty": line["qty"]}
        yield "stock_moves", {**move, "source": OTHER_POINT, "target": body["to"]}
