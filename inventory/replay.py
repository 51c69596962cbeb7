"""What the journal tells of stock and of what is owed, compared with the tables by `shop verify`."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told, merge
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.catalogue.replay import REPLAY as CATALOGUE
from inventory.consignment.agreement_mirror import AGREEMENTS
from inventory.consignment.claim_mirror import CLAIMS
from inventory.consignment.consent_mirror import MARKDOWN_CONSENTS
from inventory.consignment.owed import OwedLine
from inventory.consignment.owed_reversal import OwedReversal
from inventory.counting.stock_count_mirror import COUNTS
from inventory.importing.goods_list_mirror import REPLAY as LISTS
from inventory.labels.label_mirror import REPLAY as LABELS
from inventory.location import CUSTOMER, SHELF, Location
from inventory.lot import Lot
from inventory.moving.move_mirror import MOVES
from inventory.moving.transfer_mirror import TRANSFERS
from inventory.receiving.confirmation_mirror import REPLAY as CONFIRMATIONS
from inventory.receiving.delivery_mirror import REPLAY as DELIVERIES
from inventory.receiving.goods_return_mirror import REPLAY as GOODS_RETURNS
from inventory.receiving.reversal_mirror import REPLAY as REVERSALS
from inventory.reordering.reordering_mirror import REPLAY as REORDERING
from inventory.stock_move import StockMove
from inventory.tracing.tracing_mirror import TRACING

_STOCK = Replay()
_LINE = ("record_seq", "line")

_supplier, _owner = aliased(Producer), aliased(Producer)

_STOCK.mirror(
    Mirror(
        "locations",
        select(Location.code, Location.name, Location.kind, Location.record_seq),
        key=("code",),
        appended=False,
    )
)
_STOCK.mirror(
    Mirror(
        "lots",
        select(
            Lot.line.label("n"),
            Lot.number.label("lot"),
            Product.sku,
            _supplier.code.label("from"),
            _owner.code.label("own"),
            Lot.terms,
            Lot.cost,
            Lot.commission.label("rate"),
            Lot.delivery_price.label("delivery"),
            Lot.received_on.label("day"),
            Lot.best_before.label("before"),
            Lot.sell_by.label("until"),
            Lot.producer_lot.label("plot"),
            Lot.papers,
            Lot.record_seq,
        )
        .join(Product, Product.id == Lot.product_id)
        .join(_supplier, _supplier.id == Lot.supplier_id)
        .outerjoin(_owner, _owner.id == Lot.owner_id),
        key=("record_seq", "n"),
    )
)
_STOCK.mirror(
    Mirror(
        "stock_moves",
        select(
            StockMove.line,
            Lot.number.label("lot"),
            StockMove.source,
            StockMove.target,
            StockMove.quantity.label("qty"),
            StockMove.record_seq,
        ).join(Lot, Lot.id == StockMove.lot_id),
        key=_LINE,
    )
)
_STOCK.mirror(
    Mirror(
        "owed_lines",
        select(
            OwedLine.line,
            Producer.code.label("own"),
            Lot.number.label("lot"),
            OwedLine.quantity.label("qty"),
            OwedLine.amount.label("amt"),
            OwedLine.due,
            OwedLine.record_seq,
        )
        .join(Lot, Lot.id == OwedLine.lot_id)
        .join(Producer, Producer.id == OwedLine.owner_id),
        key=_LINE,
    )
)
_STOCK.mirror(
    Mirror(
        "owed_reversals",
        select(
            OwedReversal.line,
            Producer.code.label("own"),
            Lot.number.label("lot"),
            OwedReversal.quantity.label("qty"),
            OwedReversal.amount.label("amt"),
            OwedReversal.due,
            OwedReversal.record_seq,
        )
        .join(Lot, Lot.id == OwedReversal.lot_id)
        .join(Producer, Producer.id == OwedReversal.owner_id),
        key=_LINE,
    )
)


@_STOCK.kind(Kind.LOCATION)
def _location(record: Replayed) -> Iterator[Told]:
    yield "locations", record.body


@_STOCK.kind(Kind.SALE)
def _sale(record: Replayed) -> Iterator[Told]:
    for line in record.body["lines"]:
        if line["lot"] is None:  # a service
            continue
        yield "stock_moves", _move(line, SHELF, CUSTOMER)
        if line["own"] is not None:
            yield "owed_lines", {"line": line["n"], **_only(line, "own", "lot", "qty", "amt", "due")}


@_STOCK.kind(Kind.REFUND)
def _refund(record: Replayed) -> Iterator[Told]:
    for line in record.body["lines"]:
        if line["lot"] is None:  # a service
            continue
        yield "stock_moves", _move(line, CUSTOMER, line["to"])
        if line["own"] is not None:
            yield "owed_reversals", {"line": line["n"], **_only(line, "own", "lot", "qty", "amt", "due")}


def _move(line: dict[str, Any], source: str, target: str) -> dict[str, Any]:
    return {"line": line["n"], "source": source, "target": target, **_only(line, "lot", "qty")}


def _only(body: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: body[name] for name in names}


REPLAY = merge(
    CATALOGUE,
    _STOCK,
    AGREEMENTS,
    CLAIMS,
    COUNTS,
    MARKDOWN_CONSENTS,
    LISTS,
    CONFIRMATIONS,
    DELIVERIES,
    GOODS_RETURNS,
    LABELS,
    REVERSALS,
    TRACING,
    REORDERING,
    MOVES,
    TRANSFERS,
)
