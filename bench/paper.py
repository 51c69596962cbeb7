"""A receipt of thirty lines: drawn and encoded, in CPU time of one core."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from bench.figure import Figure, median_of_runs
from core.money import ZERO, Money
from core.quantity import Quantity
from printers.documents import CopyMark, Payment, Receipt, ReceiptLine, Seal, ShopHead, TaxLine
from printers.escpos_writer import encode
from printers.layouts.receipt import lay_out_receipt
from printers.raster import draw

LINES = 30
BOUND_MS = 150
WIDE, NARROW = 576, 384
COLUMNS = {WIDE: 48, NARROW: 32}


def measure(*, runs: int = 9) -> Iterator[Figure]:
    """Both paper widths; the first receipt of all, which loads the fonts, is not counted."""
    for dots in (WIDE, NARROW):
        size, counts = len(print_one(dots, 0)), itertools.count(1)
        took = median_of_runs(runs, partial(cpu_ms, dots, counts))
        yield Figure(f"receipt_of_30_lines_cpu_{dots}", took, "ms CPU", BOUND_MS)
        yield Figure(f"receipt_of_30_lines_bytes_{dots}", size, "bytes")


def cpu_ms(dots: int, counts: Iterator[int]) -> float:
    """What one receipt with names never drawn before costs."""
    started = time.process_time()
    print_one(dots, next(counts))
    return (time.process_time() - started) * 1000


def print_one(dots: int, count: int) -> bytes:
    """From the data of a receipt to what the printer gets."""
    return encode(draw(lay_out_receipt(receipt(count), COLUMNS[dots]), dots))


def receipt(count: int) -> Receipt:
    """Thirty different lines with names as long as the real ones."""
    price, quantity = Money(35_000), Quantity(2_000)
    lines = tuple(
        ReceiptLine(
            name=f"Măng ớt mắc mật Hữu Lũng số {count * LINES + n}",
            quantity=quantity,
            unit_label="lọ",
            price=price,
            amount=price.times(quantity),
            stars=3 if n % 3 == 0 else None,
        )
        for n in range(LINES)
    )
    total = sum((line.amount for line in lines), ZERO)
    return Receipt(
        shop=ShopHead(name="Cửa hàng OCOP Lạng Sơn", address="211 Trần Đăng Ninh", phone="0205 3888 888"),
        number=1234 + count,
        at=datetime(2026, 11, 22, 3, 30, tzinfo=UTC),
        register="Quầy 1",
        clerk="Nguyễn Thị Bình",
        lines=lines,
        total=total,
        payments=(Payment("cash", total, ""),),
        change=ZERO,
        taxes=(TaxLine("8", Money(1_944_444), Money(155_556)),),
        order_code="261122000012",
        seal=Seal(seq=4321, short_hash="ABCDEFGHIJKLMNOP", qr="T-BENCH|0|4321|2100000|ABCDEFGHIJKLMNOP"),
        return_terms="Đổi trả trong 3 ngày, còn nguyên tem nhãn.",
        footer="Cảm ơn quý khách!",
        mark=CopyMark(),
        demo=False,
        language="vi",
    )
