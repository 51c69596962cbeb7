"""What the journal tells of papers is what the table of print jobs holds."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from core import people_mirror
from core.database import db, transaction
from core.journal.replay import compare, merge
from core.staff import Staff
from printers.job_list import job_called
from printers.replay import PAPERS
from printers.spool import JobState, print_again, settle_unknown
from printers.virtual_mechanism import Fault
from tests.printers.conftest import PaperShop

SHOP = merge(people_mirror.REPLAY, PAPERS)


@pytest.fixture
def printed(shop: PaperShop, clerk: Staff) -> PaperShop:
    """A shop with a printed paper, a copy, one in doubt that was printed again, one settled, one given up."""
    shop.work()
    shop.until_state(shop.sell(1, open_drawer=True), JobState.CONFIRMED)
    shop.until_state(shop.sell(1, copy=1, by=clerk), JobState.CONFIRMED)
    shop.printer.fail(Fault.SILENT)
    doubtful, other = shop.sell(2), shop.sell(3)
    shop.until_state(doubtful, JobState.UNKNOWN)
    with transaction():
        settle_unknown(job_called(doubtful), printed=True, by=clerk)
    shop.spoolers[-1].wake()
    shop.until_state(other, JobState.UNKNOWN)
    shop.printer.recover()
    with transaction():
        again = print_again(job_called(other), clerk).uid
    shop.until_state(again, JobState.CONFIRMED)
    return shop


def test_journal_and_table_agree(printed: PaperShop) -> None:
    shop = printed
    shop.printer.fail(Fault.PAPER_END)
    shop.sell(9)  # a job that waits has no record yet, and that is no difference

    assert list(compare(SHOP, db.session())) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("state", "'failed'"),
        ("copy", "7"),
        ("again", "1"),
        ("answer", "'printed'"),
        ("why", "'silent'"),
        ("pulsed", "0"),
    ],
)
def test_a_changed_row_is_found_with_its_record(printed: PaperShop, column: str, value: str) -> None:
    job = "SELECT min(id) FROM print_jobs"
    with db.engine.begin() as connection:
        connection.execute(text(f"UPDATE print_jobs SET {column} = {value} WHERE id = ({job})"))

    db.session.rollback()
    found = list(compare(SHOP, db.session()))

    assert [(difference.table, difference.column) for difference in found] == [("print_jobs", column)]
