from core.clock import now
from core.journal.restore import Loss
from core.skipped_number import Series
from pos.restoring.known import NONE, Seen, numbers_to_skip
from tests.factories import sell


class Made:
    """As much of a backup's manifest as the numbers ask for."""

    ep, seq = 0, 100

    def __init__(self):
        self.made_at = now()


def test_a_restore_leaves_out_every_number_that_may_have_gone_to_the_tax_office(numbered):
    for _ in range(3):
        sell(numbered, "mật ong")

    known = numbers_to_skip(Seen(), Loss(105, NONE, is_all=True), Made())
    unknown = numbers_to_skip(Seen(), Loss(None, NONE, is_all=False), Made())

    assert (known[Series.INVOICE], known[Series.INVOICE_CODE]) == (2026_00000003 + 15, 3 + 15)
    assert unknown[Series.INVOICE_CODE] >= 3 + 2_000


def test_a_shop_without_invoices_has_none_to_leave_out(shop):
    assert numbers_to_skip(Seen(), Loss(105, NONE, is_all=True), Made())[Series.INVOICE] == 15
