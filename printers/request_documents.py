"""A delivery request as a paper, as data; as in `printers.documents`, it is frozen and asks nobody anything."""

from dataclasses import dataclass, field
from datetime import date, datetime

from core.quantity import Quantity
from printers.documents import CopyMark, ShopHead


@dataclass(frozen=True, slots=True)
class RequestedLine:
    """So much of one product."""

    name: str
    sku: str
    quantity: Quantity
    unit_label: str


@dataclass(frozen=True, slots=True)
class RequestPaper:
    """Đề nghị giao hàng: what a producer is asked to bring, and by when."""

    shop: ShopHead
    number: int
    day: date
    wanted_on: date
    weekday: str
    producer: str
    producer_code: str
    lines: tuple[RequestedLine, ...]
    by: str
    printed_at: datetime
    note: str = ""
    mark: CopyMark = field(default_factory=CopyMark)
    demo: bool = False
    language: str = "vi"
