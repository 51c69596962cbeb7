import pytest

from core.database import db, transaction
from core.errors import RuleBroken
from core.journal.record import Kind
from core.money import Money
from core.staff import Role, hire
from pos.cash.hand_over import hand_over
from pos.replay import verify_shop
from pos.reports.day_report import draw_z_report, report_of
from pos.shifts.shift import open_shift_of
from pos.shifts.shift_table import Shift
from pos.tender import TenderKind
from printers.text_writer import as_text
from tests.factories import close_shift, count_of, open_shift, person, receive, records, sell


def give(shop, counted, *, to=None, **more):
    with transaction():
        shift = open_shift_of(shop.register)
        return hand_over(shift, counted=Money(counted), by=shop.clerk, to=to or shop.manager, **more)


@pytest.fixture
def till(shop):
    receive(shop, "mật ong", 20)
    open_shift(shop, float_=500_000)
    sell(shop, "mật ong", 2)
    return shop


def test_the_count_of_one_is_the_float_of_the_next_and_the_register_never_stands_still(till):
    handed = give(till, 690_000)

    assert (handed.from_number, handed.shift_number, handed.difference) == (1, 2, Money(0))
    shift = open_shift_of(till.register)
    assert (shift.number, shift.float_, shift.staff.name) == (2, Money(690_000), "Lan")
    assert db.session.get_one(Shift, 1).closing.difference == Money(-10_000)  # the leaving clerk's own


def test_the_records_name_both_and_the_day_goes_on(till):
    give(till, 700_000)

    (closed,) = records(Kind.SHIFT_CLOSE)
    opened = records(Kind.SHIFT_OPEN)[-1]
    assert (closed["usr"], opened["usr"]) == (till.clerk.code, till.manager.code)
    assert opened["body"] == {
        "no": 2,
        "reg": "1",
        "day": "2026-11-20",
        "float": 700_000,
        "sticker": None,
        "from": 1,
        "handed": 700_000,
    }
    assert records(Kind.DAY_CLOSE) == []
    close_shift(till, 700_000)
    (day,) = records(Kind.DAY_CLOSE)
    assert (day["body"]["sales"], day["body"]["total"]) == (1, 200_000)
    assert verify_shop().clean


def test_a_recount_that_differs_is_the_hand_overs_own_difference(till):
    handed = give(till, 700_000, recounted=Money(650_000))

    assert handed.difference == Money(-50_000)
    assert db.session.get_one(Shift, 1).closing.difference == Money(0)
    assert open_shift_of(till.register).float_ == Money(650_000)
    paper = as_text(draw_z_report(1, 0, False))
    for words in ("Bàn giao", "Lan", "700.000", "650.000", "\u221250.000", "Người nhận ca"):
        assert words in paper


def test_card_and_transfer_are_counted_in_the_same_gesture(till):
    give(till, 700_000, counts={TenderKind.CARD: Money(0)})

    tenders = {t.kind: t.counted for t in report_of(db.session.get_one(Shift, 1)).tenders}
    assert tenders == {"transfer": None, "card": Money(0)}


def test_nobody_takes_over_from_themselves(till):
    with pytest.raises(RuleBroken, match="cannot take the drawer over from themselves"):
        give(till, 700_000, to=till.clerk)
    assert count_of(Shift) == 1


def test_an_auditor_takes_no_drawer(till):
    with transaction():
        auditor = hire(name="Hà", role=Role.AUDITOR, pin="246813", by=person(Role.OWNER))

    with pytest.raises(RuleBroken, match="does not sell"):
        give(till, 700_000, to=auditor)


def test_a_closed_shift_is_not_handed_over(till):
    shift = open_shift_of(till.register)
    close_shift(till, 700_000)

    with pytest.raises(RuleBroken, match="closed already"), transaction():
        hand_over(shift, counted=Money(700_000), by=till.clerk, to=till.manager)
