"""Claims as the journal sees them: parts of the lines of the records that lose goods, and of those that find them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from core.journal.replay import Mirror, Replay, Told
from inventory.catalogue.producer import Producer
from inventory.consignment.claim_table import Claim, ClaimReversal
from inventory.lot import Lot

CLAIMS = Replay()

CLAIMS.mirror(
    Mirror(
        "claims",
        select(
            Claim.line,
            Producer.code.label("own"),
            Lot.number.label("lot"),
            Claim.day,
            Claim.quantity.label("qty"),
            Claim.cause,
            Claim.bearer,
            Claim.amount.label("amt"),
            Claim.due,
            Claim.record_seq,
        )
        .join(Lot, Lot.id == Claim.lot_id)
        .join(Producer, Producer.id == Claim.owner_id),
        key=("record_seq", "line"),
    )
)

_answered = aliased(Claim)
CLAIMS.mirror(
    Mirror(
        "claim_reversals",
        select(
            ClaimReversal.line,
            _answered.record_seq.label("of"),
            _answered.line.label("n"),
            ClaimReversal.day,
            ClaimReversal.quantity.label("qty"),
            ClaimReversal.amount.label("amt"),
            ClaimReversal.due,
            ClaimReversal.record_seq,
        ).join(_answered, _answered.id == ClaimReversal.claim_id),
        key=("record_seq", "line", "of", "n"),
    )
)


def claims_told(line: dict[str, Any], day: str) -> Iterator[Told]:
    """What a line of a record tells of claims: `claim` is raised by it, those in `back` are taken back by it.

    The line names itself `n`, its lot `lot` and the lot's owner `own`.
    """
    if line.get("claim"):
        yield "claims", {"line": line["n"], "own": line["own"], "lot": line["lot"], "day": day, **line["claim"]}
    for back in line.get("back", ()):
        yield "claim_reversals", {"line": line["n"], "day": day, **back}
