"""A goods receipt as the journal keeps it (docs/journal.md, CONSIGN_IN and GOODS_IN)."""

from collections.abc import Sequence
from typing import Protocol

from core.attached_file import AttachedFile, files_body
from core.quantity import Quantity
from inventory.consignment.agreed_terms import AgreedTerms
from inventory.lot import Lot
from inventory.receiving.confirmation import Confirmation, confirmation_body
from inventory.receiving.receipt_table import GoodsReceipt
from inventory.receiving.refusal import Refusal, refusal_body
from inventory.receiving.slip_line import SlipLine


class Placed(Protocol):
    """As much of an arrival as its record needs besides the lot."""

    @property
    def quantity(self) -> Quantity: ...
    @property
    def target(self) -> str | None: ...
    @property
    def agreed(self) -> AgreedTerms | None: ...


def receipt_body(
    receipt: GoodsReceipt,
    *,
    target: str,
    lines: Sequence[Placed],
    lots: Sequence[Lot],
    words: Sequence[SlipLine],
    refusals: Sequence[Refusal],
    confirmed: Confirmation | None,
    files: Sequence[AttachedFile],
) -> dict[str, object]:
    """The whole receipt; the producer's word only where he was asked."""
    body: dict[str, object] = {
        "no": receipt.number,
        "day": receipt.day.isoformat(),
        "from": receipt.supplier.code,
        "to": target,
        "note": receipt.note,
        "lines": [line_body(*parts) for parts in zip(lines, lots, words, strict=True)],
        "refused": [refusal_body(refusal) for refusal in refusals],
    }
    if files:
        body["files"] = files_body(files)
    if confirmed is not None:
        body["confirmed"] = confirmation_body(confirmed)
    return body


def line_body(line: Placed, lot: Lot, words: SlipLine) -> dict[str, object]:
    """One line: its lot and what was said of it; where it went only if not where the others did."""
    body: dict[str, object] = {
        "n": lot.line,
        "lot": lot.number,
        "sku": lot.product.sku,
        "qty": line.quantity.thousandths,
        "terms": lot.terms.value,
        "cost": lot.cost.dong if lot.cost is not None else None,
        "rate": lot.commission,
        "delivery": lot.delivery_price.dong if lot.delivery_price is not None else None,
        "before": lot.best_before.isoformat() if lot.best_before else None,
        "until": lot.sell_by.isoformat() if lot.sell_by else None,
        "plot": lot.producer_lot,
        "papers": lot.papers,
        "ann": words.announced.thousandths if words.announced is not None else None,
        "price": words.price.dong if words.price is not None else None,
    }
    if line.target is not None:
        body["to"] = line.target
    if line.agreed is not None:
        body["agr"] = line.agreed.uid
    return body
