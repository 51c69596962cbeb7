"""Acts on buyers' data as the journal sees them. Who the buyers are stands in tables that no record tells of."""

from collections.abc import Iterator

from sqlalchemy import select

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from pos.buyers.customer_table import Consent

CONSENTS = Replay()
CONSENTS.mirror(
    Mirror(
        "consents",
        select(
            Consent.who,
            Consent.act,
            Consent.purpose,
            Consent.wording,
            Consent.language,
            Consent.hash,
            Consent.why,
            Consent.at,
            Consent.staff_code.label("staff"),
            Consent.record_seq,
        ),
        key=("record_seq",),
    )
)


@CONSENTS.kind(Kind.CONSENT)
def _consent(record: Replayed) -> Iterator[Told]:
    yield "consents", {**record.body, "at": record.ts, "staff": record.usr}
