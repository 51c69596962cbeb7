"""Agreements as the journal tells of them, for `shop verify`."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.consignment.agreed_loss import AgreedLoss
from inventory.consignment.agreed_terms import AgreedTerms
from inventory.consignment.agreement_table import Agreement, AgreementEnd, AgreementNotice
from inventory.consignment.lot_agreement import LotAgreement
from inventory.lot import Lot

AGREEMENTS = Replay()
_SAME_RECORD = ("record_seq",)
_NOT_OF_THE_ROW = ("act", "terms", "losses", "confirmed", "files")

AGREEMENTS.mirror(
    Mirror(
        "agreements",
        select(
            Agreement.number.label("no"),
            Agreement.paper,
            Producer.code.label("producer"),
            Agreement.point,
            Agreement.first_day.label("from"),
            Agreement.last_day.label("until"),
            Agreement.grace_days.label("grace"),
            Agreement.rhythm,
            Agreement.batch_quantity.label("batch"),
            Agreement.minimum_payout.label("least"),
            Agreement.payment_days.label("pay"),
            Agreement.notice_days.label("notice"),
            Agreement.tax,
            Agreement.note,
            Agreement.record_seq,
        ).join(Producer, Producer.id == Agreement.producer_id),
        key=_SAME_RECORD,
    )
)
AGREEMENTS.mirror(
    Mirror(
        "agreement_terms",
        select(
            AgreedTerms.line.label("n"),
            AgreedTerms.uid,
            AgreedTerms.agreement_number.label("no"),
            AgreedTerms.first_day.label("from"),
            Product.sku,
            AgreedTerms.group_code.label("group"),
            AgreedTerms.price_from.label("step"),
            AgreedTerms.kind.label("terms"),
            AgreedTerms.commission.label("rate"),
            AgreedTerms.delivery_price.label("delivery"),
            AgreedTerms.minimum_price.label("minimum"),
            AgreedTerms.discount_share.label("share"),
            AgreedTerms.discount_limit.label("limit"),
            AgreedTerms.record_seq,
        ).outerjoin(Product, Product.id == AgreedTerms.product_id),
        key=("record_seq", "n"),
    )
)
AGREEMENTS.mirror(
    Mirror(
        "agreement_losses",
        select(
            AgreedLoss.agreement_number.label("no"),
            AgreedLoss.cause,
            AgreedLoss.first_day.label("from"),
            AgreedLoss.bearer,
            AgreedLoss.record_seq,
        ),
        key=("record_seq", "cause"),
    )
)
AGREEMENTS.mirror(
    Mirror(
        "agreement_notices",
        select(
            AgreementNotice.agreement_number.label("no"),
            AgreementNotice.given_on.label("day"),
            AgreementNotice.given_by.label("side"),
            AgreementNotice.reason,
            AgreementNotice.record_seq,
        ),
        key=_SAME_RECORD,
    )
)
AGREEMENTS.mirror(
    Mirror(
        "agreement_ends",
        select(
            AgreementEnd.agreement_number.label("no"),
            AgreementEnd.last_day.label("until"),
            AgreementEnd.ended_by.label("side"),
            AgreementEnd.reason,
            AgreementEnd.record_seq,
        ),
        key=_SAME_RECORD,
    )
)
AGREEMENTS.mirror(
    Mirror(
        "lot_agreements",
        select(Lot.number.label("lot"), AgreedTerms.uid.label("agr"), LotAgreement.record_seq)
        .join(Lot, Lot.id == LotAgreement.lot_id)
        .join(AgreedTerms, AgreedTerms.id == LotAgreement.terms_id),
        key=("record_seq", "lot"),
    )
)


@AGREEMENTS.kind(Kind.AGREEMENT)
def _agreement(record: Replayed) -> Iterator[Told]:
    body, act = record.body, record.body["act"]
    if act == "made":
        yield "agreements", {name: value for name, value in body.items() if name not in _NOT_OF_THE_ROW}
    if act in ("made", "terms"):
        for line in body["terms"]:
            yield "agreement_terms", {"no": body["no"], "from": body["from"], **line}
    if act in ("made", "losses"):
        yield from _losses(body)
    if act == "notice":
        yield "agreement_notices", {name: value for name, value in body.items() if name != "act"}
    if act == "ended":
        yield "agreement_ends", {name: value for name, value in body.items() if name != "act"}


@AGREEMENTS.kind(Kind.CONSIGN_IN)
def _received(record: Replayed) -> Iterator[Told]:
    for line in record.body["lines"]:
        if "agr" in line:
            yield "lot_agreements", {"lot": line["lot"], "agr": line["agr"]}


def _losses(body: dict[str, Any]) -> Iterator[Told]:
    for cause, bearer in body["losses"].items():
        row = {"no": body["no"], "from": body["from"], "cause": cause, "bearer": bearer}
        yield "agreement_losses", row
