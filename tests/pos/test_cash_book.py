from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.clock import today
from core.database import transaction
from core.money import ZERO, Money
from pos.cash.cash_book import cash_book
from pos.cash.cash_move import Told, move_drawer_cash, move_safe_cash
from pos.cash.cash_move_table import Purpose, Way
from pos.cash.drawer_cash import cash_in_drawer
from pos.cash.hand_over import hand_over
from pos.cash.safe import cash_in_safe
from pos.register import all_registers
from pos.shifts.shift_table import latest_shifts, open_shift_of
from tests.factories import cash, close_shift, open_shift, receive, register_of, sell, transfer

FRIDAY = date(2026, 11, 20)


def lying_there():
    """What really lies in drawers and safe, by the last count of each drawer."""
    in_drawers = ZERO
    for register in all_registers():
        shift = open_shift_of(register)
        if shift is not None:
            in_drawers = in_drawers + cash_in_drawer(shift)
        elif closed := latest_shifts(register, limit=1):
            in_drawers = in_drawers + closed[0].closing.counted
    return in_drawers + cash_in_safe()


def lines_of(first, last=None):
    return [(line.what, line.amount.dong, line.left.dong) for line in cash_book(first, last or first).lines]


def test_a_day_ends_with_the_cash_that_lies_there(shop):
    receive(shop, "mật ong", 20)
    open_shift(shop, float_=500_000)
    sell(shop, "mật ong", 2, cash(500_000))
    sell(shop, "mật ong", 1, transfer(100_000))
    shop.clock.move(timedelta(minutes=1))
    with transaction():
        told = Told(Purpose.EXPENSE, Money(50_000), payee="Anh Tư", reason="chở hàng")
        move_drawer_cash(shop.register, Way.OUT, told, by=shop.clerk)
    shop.clock.move(timedelta(minutes=1))
    close_shift(shop, 640_000)

    assert lines_of(FRIDAY) == [
        ("Tiền đầu ca đầu tiên của Quầy 1", 500_000, 500_000),
        ("Tiền mặt bán hàng, ca 1", 200_000, 700_000),
        ("Lấy ra: Chi mua ngoài", -50_000, 650_000),
        ("Đếm tiền ca 1", -10_000, 640_000),
    ]
    assert lying_there() == Money(640_000)


def test_the_next_day_begins_with_what_the_day_before_left(shop):
    open_shift(shop, float_=500_000)
    close_shift(shop, 490_000)
    shop.clock.move(timedelta(days=1))
    open_shift(shop, float_=300_000)

    book = cash_book(today(), today())

    assert (book.before, book.lines, book.left) == (Money(490_000), (), Money(490_000))
    both = cash_book(FRIDAY, today())
    assert (both.before, both.came_in, both.went_out, both.left) == (
        ZERO,
        Money(500_000),
        Money(10_000),
        Money(490_000),
    )


def test_what_only_changes_places_is_no_line(shop):
    open_shift(shop, float_=500_000)
    with transaction():
        move_drawer_cash(shop.register, Way.OUT, Told(Purpose.TO_SAFE, Money(400_000)), by=shop.clerk)
        move_drawer_cash(shop.register, Way.IN, Told(Purpose.FROM_SAFE, Money(100_000)), by=shop.clerk)

    assert lines_of(FRIDAY) == [("Tiền đầu ca đầu tiên của Quầy 1", 500_000, 500_000)]
    assert lying_there() == Money(500_000)


def test_a_sale_after_midnight_stands_on_its_own_day(shop):
    receive(shop, "mật ong", 20)
    open_shift(shop, float_=0)
    sell(shop, "mật ong", 1)
    shop.clock.move(timedelta(hours=17))
    sell(shop, "mật ong", 2)

    saturday = FRIDAY + timedelta(days=1)
    assert lines_of(FRIDAY)[-1] == ("Tiền mặt bán hàng, ca 1", 100_000, 100_000)
    assert lines_of(saturday) == [("Tiền mặt bán hàng, ca 1", 200_000, 300_000)]


AMOUNTS = st.integers(1, 400_000)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["sell", "safe_in", "in", "out", "to_safe", "count", "hand_over"]), AMOUNTS),
        st.tuples(st.just("sell_at_2"), AMOUNTS),
    ),
    max_size=10,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_happens_the_book_ends_with_what_lies_in_drawers_and_safe(shop, acts):
    receive(shop, "mật ong", 100)
    for act, amount in acts:
        do(shop, act, Money(amount))

    assert cash_book(FRIDAY, FRIDAY).left == lying_there()


def do(shop, act, amount):
    """One act at a register that has a shift, opened with another float each time."""
    register = register_of("2") if act == "sell_at_2" else shop.register
    shift = open_shift_of(register) or open_shift(shop, register, float_=amount.dong)
    if act.startswith("sell"):
        sell(shop, "mật ong", 1, register=register)
    elif act == "count":
        close_shift(shop, amount.dong, register)
    elif act == "hand_over":
        other = shop.manager if shift.staff_id == shop.clerk.id else shop.clerk
        with transaction():
            hand_over(shift, counted=amount, recounted=amount + Money(500), by=shift.staff, to=other)
    else:
        move(shop, register, act, amount)


def move(shop, register, act, amount):
    """Cash in, out, to the safe, or brought into it from outside; never more than there is."""
    with transaction():
        if act == "safe_in":
            move_safe_cash(Way.IN, Told(Purpose.CHANGE, amount), by=shop.manager)
        elif act == "in":
            move_drawer_cash(register, Way.IN, Told(Purpose.CHANGE, amount), by=shop.clerk)
        elif amount <= cash_in_drawer(open_shift_of(register)):
            purpose = Purpose.TO_SAFE if act == "to_safe" else Purpose.OWNER
            move_drawer_cash(register, Way.OUT, Told(purpose, amount), by=shop.clerk)
