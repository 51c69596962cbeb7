"""What the journal tells of reordering, compared with the tables by `shop verify`."""

from collections.abc import Iterator

from sqlalchemy import select

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.reordering.delivery_request import DeliveryRequest, RequestClosing, RequestLine
from inventory.reordering.past_demand import PastDemandList
from inventory.reordering.supply import ProducerSupply, ProductSupply

REPLAY = Replay()

REPLAY.mirror(
    Mirror(
        "product_supply",
        select(
            Product.sku,
            ProductSupply.pack,
            ProductSupply.least,
            ProductSupply.display,
            ProductSupply.months,
            ProductSupply.shelf_days,
            ProductSupply.service_percent.label("service"),
            ProductSupply.record_seq,
        ).join(Product, Product.id == ProductSupply.product_id),
        key=("sku",),
        appended=False,
    )
)
REPLAY.mirror(
    Mirror(
        "producer_supply",
        select(
            Producer.code.label("producer"),
            ProducerSupply.lead_days.label("lead"),
            ProducerSupply.weekdays,
            ProducerSupply.review_days.label("review"),
            ProducerSupply.record_seq,
        ).join(Producer, Producer.id == ProducerSupply.producer_id),
        key=("producer",),
        appended=False,
    )
)
REPLAY.mirror(
    Mirror(
        "delivery_requests",
        select(
            DeliveryRequest.number.label("no"),
            DeliveryRequest.day,
            Producer.code.label("to"),
            DeliveryRequest.wanted_on.label("wanted"),
            DeliveryRequest.note,
            DeliveryRequest.staff_code.label("usr"),
            DeliveryRequest.record_seq,
        ).join(Producer, Producer.id == DeliveryRequest.producer_id),
        key=("record_seq",),
    )
)
REPLAY.mirror(
    Mirror(
        "delivery_request_lines",
        select(
            RequestLine.line.label("n"),
            Product.sku,
            RequestLine.quantity.label("qty"),
            RequestLine.suggested.label("sug"),
            DeliveryRequest.record_seq,
        )
        .join(DeliveryRequest, DeliveryRequest.number == RequestLine.number)
        .join(Product, Product.id == RequestLine.product_id),
        key=("record_seq", "n"),
    )
)
REPLAY.mirror(
    Mirror(
        "delivery_request_closings",
        select(RequestClosing.number.label("no"), RequestClosing.day, RequestClosing.reason, RequestClosing.record_seq),
        key=("record_seq",),
    )
)
REPLAY.mirror(
    Mirror(
        "past_demand_lists",
        select(
            PastDemandList.number.label("no"),
            PastDemandList.file_name.label("file"),
            PastDemandList.day,
            PastDemandList.rows,
            PastDemandList.first_day.label("first"),
            PastDemandList.last_day.label("last"),
            PastDemandList.taken_back.label("back"),
            PastDemandList.record_seq,
        ),
        key=("no",),
        appended=False,
    )
)


@REPLAY.kind(Kind.SUPPLY)
def _supply(record: Replayed) -> Iterator[Told]:
    yield ("product_supply" if "sku" in record.body else "producer_supply"), record.body


@REPLAY.kind(Kind.REQUEST)
def _request(record: Replayed) -> Iterator[Told]:
    body = record.body
    yield (
        "delivery_requests",
        {name: body[name] for name in ("no", "day", "to", "wanted", "note")} | {"usr": record.usr},
    )
    for line in body["lines"]:
        yield "delivery_request_lines", line


@REPLAY.kind(Kind.REQUEST_CLOSE)
def _closing(record: Replayed) -> Iterator[Told]:
    yield "delivery_request_closings", record.body


@REPLAY.kind(Kind.PAST_DEMAND)
def _past_demand(record: Replayed) -> Iterator[Told]:
    yield "past_demand_lists", record.body
