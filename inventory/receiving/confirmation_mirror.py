"""What the journal tells of counter codes and of producers' words, compared with the tables."""

from collections.abc import Iterator

from sqlalchemy import select

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from inventory.catalogue.producer import Producer
from inventory.receiving.confirmation import KeptConfirmation
from inventory.receiving.counter_code import CounterCode

CONFIRMED_KINDS = (
    Kind.CONSIGN_IN,
    Kind.CONSIGN_OUT,
    Kind.GOODS_IN,
    Kind.GOODS_OUT,
    Kind.AGREEMENT,
    Kind.MARKDOWN_CONSENT,
)
REPLAY = Replay()

REPLAY.mirror(
    Mirror(
        "counter_codes",
        select(Producer.code.label("own"), CounterCode.record_seq).join(
            Producer, Producer.id == CounterCode.producer_id
        ),
        key=("own",),
        appended=False,
    )
)
REPLAY.mirror(
    Mirror(
        "confirmations",
        select(
            Producer.code.label("own"),
            KeptConfirmation.way,
            KeptConfirmation.signature.label("sha"),
            KeptConfirmation.record_seq,
        ).join(Producer, Producer.id == KeptConfirmation.producer_id),
        key=("record_seq",),
    )
)


@REPLAY.kind(Kind.COUNTER_CODE)
def _counter_code(record: Replayed) -> Iterator[Told]:
    yield "counter_codes", {"own": record.body["own"]}


@REPLAY.kind(*CONFIRMED_KINDS)
def _confirmed(record: Replayed) -> Iterator[Told]:
    word = record.body.get("confirmed")
    if word is not None:
        yield "confirmations", {name: word[name] for name in ("own", "way", "sha")}
