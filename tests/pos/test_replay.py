import pytest
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import inspect
from sqlalchemy.sql.util import find_tables

from core.clock import today
from core.database import db, transaction
from core.money import Money
from core.quantity import Quantity
from inventory.lot import Terms
from pos import basket as baskets
from pos.cash.cash_mirror import CASH
from pos.cash.cash_move import Told, move_drawer_cash, see_deposit
from pos.cash.cash_move_table import Purpose, Way
from pos.cash.drawer import open_drawer
from pos.cash.hand_over import hand_over
from pos.receipt import reprint
from pos.replay import SHOP, verify_shop
from pos.returns.refund_mirror import REFUNDS
from pos.returns.return_condition import Condition
from pos.sale_mirror import SALES
from pos.shifts.shift import open_shift_of
from pos.shifts.shift_mirror import SHIFTS
from pos.shifts.visitor import count_visitor
from pos.tender import TenderKind
from tests.factories import (
    card,
    cash,
    close_shift,
    fill_basket,
    open_shift,
    pay,
    price_by_right,
    receive,
    records,
    sell,
    take_off,
    transfer,
)
from tests.returning import refund


@pytest.fixture
def day_of_trade(shop):
    """A shop after a day in which everything happened that can happen at the till."""
    receive(shop, "mật ong", 20, terms=Terms.on_commission(1500), of="HTX Mẫu Sơn", best_before=None)
    receive(shop, "chè Shan", 20, terms=Terms.at_delivery_price(shop_price(70_000)))
    by_hand = receive(shop, "vịt quay", 1)
    open_shift(shop)
    with transaction():
        count_visitor(shop.register, by=shop.clerk)
        open_drawer(shop.register, reason="đổi tiền lẻ", by=shop.clerk)
    sale = sell(shop, "mật ong", 2, cash(50_000), transfer(150_000))
    pay(shop, fill_basket(shop, ("mật ong", 1), ("chè Shan", 3)), card(400_000))
    lowered = fill_basket(shop, ("chè Shan", 3), ("mật ong", 1), ("vịt quay", 2))
    with transaction():
        baskets.change_quantity(lowered.line(1), Quantity.of(1), by=shop.clerk)
        baskets.remove_line(lowered.line(2), by=shop.clerk)
        baskets.choose_lot(lowered.line(3), by_hand, reason="hàng còn trên kệ", by=shop.clerk)
    pay(shop, lowered)
    cheaper = fill_basket(shop, ("mật ong", 2))
    price_by_right(shop, cheaper.line(1), 80_000)
    take_off(shop, cheaper, percent=10)
    pay(shop, cheaper)
    given_up = fill_basket(shop, ("chè Shan", 1))
    with transaction():
        baskets.void_basket(given_up, reason="khách đổi ý", by=shop.clerk)
        reprint(sale, by=shop.clerk)
    refund(shop, sale, "mật ong", 1)
    refund(shop, sale, "mật ong", 1, condition=Condition.OPENED)
    cash_moves(shop)
    shift = open_shift_of(shop.register)
    with transaction():
        hand_over(
            shift, counted=Money(900_000), counts={TenderKind.CARD: Money(400_000)}, by=shop.clerk, to=shop.manager
        )
    close_shift(shop, 900_000)
    db.session.remove()
    return shop


def cash_moves(shop):
    """Change brought, an expense, a deposit at the bank that was seen there."""
    with transaction():
        move_drawer_cash(shop.register, Way.IN, Told(Purpose.CHANGE, Money(90_000)), by=shop.clerk)
        spent = Told(Purpose.EXPENSE, Money(20_000), payee="Anh Tư", reason="chở hàng")
        move_drawer_cash(shop.register, Way.OUT, spent, by=shop.clerk)
        brought = Told(Purpose.DEPOSIT, Money(100_000), reference="GNT 17")
        deposit = move_drawer_cash(shop.register, Way.OUT, brought, by=shop.clerk)
        see_deposit(deposit, day=today(), amount=Money(100_000), note="", by=shop.manager)


def shop_price(dong):
    from core.money import Money

    return Money(dong)


def test_a_day_of_trade_verifies(day_of_trade):
    verdict = verify_shop()

    assert verdict.differences == ()
    assert verdict.report.fault is None
    assert verdict.report.kinds["SALE"] == 4


def tampered(shop, *statements):
    """Change the database behind the shop's back, past its triggers, as someone with the file could."""
    db.session.remove()
    db.engine.dispose()
    file = sqlite.connect(shop.folder.database)
    for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        file.execute(f'DROP TRIGGER "{name}"')
    for statement in statements:
        changed = file.execute(statement).rowcount
        assert changed == 1, f"{statement} changed {changed} rows"
    file.commit()
    file.close()


CHANGES = {
    "registers": "UPDATE registers SET name = 'Quầy khác' WHERE code = '1'",
    "shifts": "UPDATE shifts SET float = float + 1000 WHERE number = 1",
    "shift_closings": "UPDATE shift_closings SET counted = counted + 1000 WHERE shift_number = 1",
    "day_closes": "UPDATE day_closes SET sales_total = sales_total - 1 WHERE number = 1",
    "sales": "UPDATE sales SET total = total - 1000 WHERE number = 2",
    "sale_lines": "UPDATE sale_lines SET due = due - 1000 WHERE sale_number = 2 AND n = 1",
    "line_discounts": "UPDATE line_discounts SET bearer = 'producer' WHERE kind = 'basket'",
    "tenders": "UPDATE tenders SET amount = amount - 1000 WHERE sale_number = 1 AND n = 1",
    "refunds": "UPDATE refunds SET total = total + 1000 WHERE number = 2",
    "refund_lines": "UPDATE refund_lines SET vat = vat + 1 WHERE refund_number = 1 AND n = 1",
    "refund_tenders": "UPDATE refund_tenders SET kind = 'cash' WHERE refund_number = 2 AND n = 1",
    "owed_reversals": "UPDATE owed_reversals SET due = due + 1000 WHERE id = 2",
    "corrections": "UPDATE corrections SET amount = 0 WHERE kind = 'void'",
    "visitors": "UPDATE visitors SET day = '2026-11-19' WHERE id = 1",
    "drawer_openings": "UPDATE drawer_openings SET reason = '' WHERE id = 1",
    "cash_moves": "UPDATE cash_moves SET amount = amount - 1000 WHERE purpose = 'expense'",
    "deposits_seen": "UPDATE deposits_seen SET amount = 0 WHERE move_id = 3",
    "hand_overs": "UPDATE hand_overs SET handed = handed - 1000 WHERE shift_number = 2",
    "shift_counts": "UPDATE shift_counts SET counted = NULL WHERE kind = 'card'",
}


@pytest.mark.parametrize("table", CHANGES)
def test_a_changed_row_is_found_and_named(day_of_trade, table):
    tampered(day_of_trade, CHANGES[table])

    verdict = verify_shop()

    assert verdict.report.fault is None
    assert {difference.table for difference in verdict.differences} == {table}


def test_a_payee_is_in_no_record_and_cannot_be_exchanged_unseen(day_of_trade):
    tampered(day_of_trade, "UPDATE cash_moves SET payee = 'Anh Năm' WHERE purpose = 'expense'")

    verdict = verify_shop()

    assert {(difference.table, difference.column) for difference in verdict.differences} == {("cash_moves", "payee")}
    assert "Anh Tư" not in str(records())


DELETED = {
    "sale_lines": "DELETE FROM sale_lines WHERE sale_number = 2 AND n = 2",
    "tenders": "DELETE FROM tenders WHERE sale_number = 3",
    "line_discounts": "DELETE FROM line_discounts",
    "owed_reversals": "DELETE FROM owed_reversals WHERE id = 1",
    "refund_lines": "DELETE FROM refund_lines WHERE refund_number = 1",
    "visitors": "DELETE FROM visitors",
    "corrections": "DELETE FROM corrections WHERE kind = 'removal'",
    "shift_closings": "DELETE FROM shift_closings WHERE shift_number = 2",
    "shift_counts": "DELETE FROM shift_counts WHERE kind = 'transfer'",
    "cash_moves": "DELETE FROM cash_moves WHERE purpose = 'change'",
    "day_closes": "DELETE FROM day_closes",
}


@pytest.mark.parametrize("table", DELETED)
def test_a_deleted_row_is_found_and_named(day_of_trade, table):
    tampered(day_of_trade, DELETED[table])

    verdict = verify_shop()

    assert {difference.table for difference in verdict.differences} == {table}


def test_a_row_that_no_record_tells_of_is_found(day_of_trade):
    tampered(
        day_of_trade,
        "INSERT INTO visitors (shift_number, day, counted_at, record_seq) "
        "SELECT shift_number, day, counted_at, record_seq - 1 FROM visitors WHERE id = 1",
    )

    verdict = verify_shop()

    assert {difference.table for difference in verdict.differences} == {"visitors"}


WORKING = {
    "waiting_point_files",
    # rows that lie about until they become a sale, a receipt of goods, or nothing
    "baskets", "basket_lines", "basket_discounts", "basket_returns", "taken_tenders",
    "delivery_drafts", "delivery_draft_lines", "move_drafts", "move_draft_lines", "goods_imports",
    "delivery_draft_files", "goods_return_drafts", "goods_return_draft_lines",
    "label_wishes",
    "stocktakes", "stocktake_goods", "count_sheets", "counted_lines",
    "request_draft_lines", "past_demand_drafts",
    # what another till sold: no fact of this shop
    "past_demand",
    # who buyers are: told by no record, so that it can be erased
    "customers", "basket_buyers", "invoice_buyers",
    # what the tax office has not accepted yet, and the bytes that are sent again until it answers
    "unsettled_invoices", "invoice_messages",
    # what senders of transfers wrote, until their money is sorted out
    "bank_arrival_words",
    # who sits at which browser, and which forms were answered
    "sign_ins", "answered_forms", "enrolment_codes",
    # the journal itself, which is walked
    "journal_records",
    "alembic_version",
}  # fmt: skip


def test_every_table_is_either_told_by_the_journal_or_known_as_a_working_one(shop):
    tables = set(inspect(db.engine).get_table_names())
    told = {table.name for mirror in SHOP.mirrors.values() for table in tables_of(mirror.rows)}

    assert tables - told - WORKING == set()
    assert told & WORKING == set()


def tables_of(rows):
    """The tables that a mirror reads."""
    return [table for source in rows.get_final_froms() for table in find_tables(source, include_joins=False)]


def test_every_table_of_the_till_has_a_planted_change():
    of_the_till = {name for replay in (SHIFTS, CASH, SALES, REFUNDS) for name in replay.mirrors} | {"owed_reversals"}

    assert of_the_till == set(CHANGES)


def test_a_changed_record_is_named_by_its_number(day_of_trade):
    tampered(
        day_of_trade,
        "UPDATE journal_records SET record = replace(record, '\"change\":0', '\"change\":1') "
        "WHERE seq = (SELECT record_seq FROM sales WHERE number = 2)",
    )

    verdict = verify_shop()

    assert verdict.report.fault is not None
    assert verdict.report.fault.kind == "signature"
