"""Closing a shift of a thousand sales, as the page does it: the counts, the day's seal, the Z report left to print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.crowded_shop import clerk_of_bench, crowded_shop
from bench.figure import Figure, Stopwatch, stopwatch
from bench.floor import Floor, copy_database, written_by
from bench.sale import fill_basket, sell
from core.database import db, transaction
from core.money import Money
from pos.cash.cash_move import Told, move_drawer_cash
from pos.cash.cash_move_table import Purpose, Way
from pos.data_folder import DataFolder
from pos.register import register_by_code
from pos.reports.day_report import draw_z_report, print_z_report
from pos.shifts.shift import close_shift, need_open_shift
from pos.tender import TenderKind
from printers.raster import draw

SALES = 1_000
BOUND_MS = 2_000
DOTS = 576


def measure(folder: Path, *, products: int = 2_000, sales: int = SALES) -> Iterator[Figure]:
    """The press that closes, beside the floor of the rows that it writes; then the report as it is drawn for paper."""
    with crowded_shop(folder / "closing", products):
        path = DataFolder(folder / "closing").database
        trade(sales)
        copy_database(path, folder / "closing_floor.sqlite")
        close, report = stopwatch(), stopwatch()
        with written_by(db.engine) as writes, close.lap():
            press_close()
        floor = Floor(folder / "closing_floor.sqlite")
        floor.time(writes)
        with report.lap():
            draw(draw_z_report(1, 0, False), DOTS)
        db.session.rollback()
    yield from figures(floor.watch, close, report)


def figures(floor: Stopwatch, close: Stopwatch, report: Stopwatch) -> Iterator[Figure]:
    """The three as they are printed."""
    yield Figure("shift_close_1000_sales_floor", floor.median(), "ms")
    yield Figure("shift_close_1000_sales", close.median(), "ms", BOUND_MS)
    yield Figure("z_report_of_1000_sales_drawn", report.median(), "ms", BOUND_MS)


def trade(sales: int) -> None:
    """A busy shift: baskets of three, and an errand paid out of the drawer now and then."""
    register = register_by_code("1")
    assert register is not None
    for n in range(sales):
        order, total = fill_basket(n)
        sell(order, total)
        if n % 100 == 99:
            told = Told(Purpose.EXPENSE, Money(20_000), payee="Anh Tư", reason="chở hàng")
            with transaction():
                move_drawer_cash(register, Way.OUT, told, by=clerk_of_bench())


def press_close() -> None:
    """What the page does in its transaction."""
    register = register_by_code("1")
    assert register is not None
    with transaction():
        shift, clerk = need_open_shift(register), clerk_of_bench()
        counts = {TenderKind.CARD: Money(0), TenderKind.TRANSFER: Money(0)}
        close_shift(shift, counted=Money(50_000_000), counts=counts, by=clerk)
        print_z_report(shift, by=clerk)
