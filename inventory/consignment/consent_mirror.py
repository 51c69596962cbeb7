"""Consents as the journal tells of them, for `shop verify`."""

from collections.abc import Iterator

from sqlalchemy import select

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.consignment.consent_table import MarkdownConsent, MarkdownConsentEnd
from inventory.lot import Lot

MARKDOWN_CONSENTS = Replay()

MARKDOWN_CONSENTS.mirror(
    Mirror(
        "markdown_consents",
        select(
            MarkdownConsent.uid,
            Producer.code.label("producer"),
            Product.sku,
            Lot.number.label("lot"),
            MarkdownConsent.price,
            MarkdownConsent.share,
            MarkdownConsent.first_day.label("from"),
            MarkdownConsent.last_day.label("until"),
            MarkdownConsent.reason,
            MarkdownConsent.record_seq,
        )
        .join(Producer, Producer.id == MarkdownConsent.producer_id)
        .join(Product, Product.id == MarkdownConsent.product_id)
        .outerjoin(Lot, Lot.id == MarkdownConsent.lot_id),
        key=("record_seq",),
    )
)
MARKDOWN_CONSENTS.mirror(
    Mirror(
        "markdown_consent_ends",
        select(
            MarkdownConsent.uid, MarkdownConsentEnd.ended_at, MarkdownConsentEnd.reason, MarkdownConsentEnd.record_seq
        ).join(MarkdownConsent, MarkdownConsent.id == MarkdownConsentEnd.consent_id),
        key=("record_seq",),
    )
)
_OF_THE_ROW = ("uid", "producer", "sku", "lot", "price", "share", "from", "until", "reason")


@MARKDOWN_CONSENTS.kind(Kind.MARKDOWN_CONSENT)
def _consent(record: Replayed) -> Iterator[Told]:
    body = record.body
    if body["act"] == "ended":
        yield "markdown_consent_ends", {"uid": body["uid"], "ended_at": record.ts, "reason": body["reason"]}
        return
    yield "markdown_consents", {name: body[name] for name in _OF_THE_ROW}
