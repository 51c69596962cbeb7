"""Goods brought back on the clerk's screen: what is found, what is refused and in which words, who is asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.approval import Approval
from core.database import db
from core.journal.chain import JournalRecord
from core.money import Money
from core.staff import Role
from pos.basket import current_basket
from pos.receipt import seal_of
from pos.replay import verify_shop
from pos.returns.refund_table import Refund
from pos.sale import Sale
from tests.factories import PIN, Shop, card, count_of, goods, open_shift, receive, sell, transfer
from tests.pos.web.conftest import Screen, words
from tests.returning import refund


@pytest.fixture
def till(shop: Shop, screen: Screen) -> Screen:
    """A clerk with an open shift, honey and tea on the shelf."""
    open_shift(shop)
    shop.honey = receive(shop, "mật ong", 10)
    receive(shop, "chè Shan", 10, price=60_000)
    return screen


MINUS = "\N{MINUS SIGN}"


def qr(sale: Sale) -> str:
    return seal_of(sale.record_seq, sale.total).qr


def lay(till: Screen, sale: Sale, quantity: str = "1", condition: str = "good", **more: str) -> str:
    fields = {"quantity_1": quantity, "condition_1": condition, "reason": "Khách đổi ý", **more}
    return words(till.press(f"/till/returns/receipts/{sale.number}", **fields))


def give_back(till: Screen, order: str, total: int, **ways: str) -> str:
    return words(till.press("/till/returns/money", order=order, total=str(total), **ways))


def basket_order(shop: Shop) -> str:
    basket = current_basket(shop.register)
    assert basket is not None
    return basket.order_code


def by_manager(shop: Shop) -> dict[str, str]:
    return {"approver": str(shop.manager.id), "approver_pin": PIN}


def test_a_receipts_qr_scanned_anywhere_at_the_till_opens_its_return(shop: Shop, till: Screen) -> None:
    sale = sell(shop, "mật ong", 3)

    said = words(till.scan(qr(sale)))

    assert "Khách trả lại gì?" in said
    assert "Biên lai số 1" in said
    assert "mật ong" in said


def test_a_scanner_that_sends_small_letters_is_understood(shop: Shop, till: Screen) -> None:
    assert "Khách trả lại gì?" in words(till.scan(qr(sell(shop, "mật ong", 1)).lower()))


def changed(text: str, place: int, part: str) -> str:
    parts = text.split("|")
    parts[place] = part
    return "|".join(parts)


FORGED = [
    (0, "T-OTHER", "cửa hàng khác"),
    (1, "3", "bị mất bản ghi"),
    (2, "1", "Ở đây không có đơn bán nào"),
    (2, "999999", "Ở đây không có đơn bán nào"),
    (3, "1000000", "Giấy đã bị sửa"),
    (4, "A" * 16, "Mã kiểm tra trên giấy không khớp"),
]


@pytest.mark.parametrize(("place", "part", "said"), FORGED)
def test_each_part_of_the_qr_is_held_against_the_books(
    shop: Shop, till: Screen, place: int, part: str, said: str
) -> None:
    sale = sell(shop, "mật ong", 3)

    answer = till.scan(changed(qr(sale), place, part))

    assert answer.status_code == 422
    assert said in words(answer)


def test_the_qr_of_a_return_slip_is_no_receipt(shop: Shop, till: Screen) -> None:
    back = refund(shop, sell(shop, "mật ong", 1), "mật ong", 1)

    assert "Đây là phiếu trả hàng số 1" in words(till.scan(seal_of(back.record_seq, back.total).qr))


def test_a_qr_that_a_keyboard_program_changed_is_told_as_such(shop: Shop, till: Screen) -> None:
    sale = sell(shop, "mật ong", 1)

    answer = till.scan(qr(sale).replace(qr(sale)[-3:], "Â\ufffdĂ"))

    assert "tắt bộ gõ tiếng Việt" in words(answer)


def test_an_exchange_with_nothing_to_give_back_says_what_was_taken(shop: Shop, till: Screen) -> None:
    lay(till, sell(shop, "chè Shan", 1))
    till.press("/till/lines", sku=shop.honey.product.sku)

    answer = till.press("/till/payment", order=basket_order(shop), total="40000", kind="cash", amount="40.000")

    assert "không phải thối lại" in words(answer)
    assert "Tiền mặt 40.000 ₫" in words(answer)


def test_a_part_comes_back_and_the_money_with_it(shop: Shop, till: Screen) -> None:
    sale = sell(shop, "mật ong", 3)

    laid = lay(till, sale, "2")
    asked = words(till.part("/till/payment"))
    done = give_back(till, basket_order(shop), 200_000, cash="200.000")

    assert MINUS + "200.000" in laid
    assert "Trả lại khách" in asked
    assert "Phiếu trả hàng số 1" in done
    assert count_of(Refund) == 1
    assert verify_shop().clean


REFUSED = [
    ({"quantity": "4"}, "chỉ còn được trả 3"),
    ({"quantity": "0,5"}, "không phải là số nguyên"),
    ({"quantity": ""}, "Số lượng: Ô này còn trống"),
    ({"condition": "service"}, "không có trong danh sách"),
    ({"reason": ""}, "Hãy ghi lý do khách trả hàng"),
]


@pytest.mark.parametrize(("asked", "said"), REFUSED)
def test_what_cannot_come_back_is_refused_with_the_reason(
    shop: Shop, till: Screen, asked: dict[str, str], said: str
) -> None:
    assert said in lay(till, sell(shop, "mật ong", 3), **asked)
    assert count_of(Refund) == 0


def test_another_sum_than_the_screen_showed_is_refused(shop: Shop, till: Screen) -> None:
    lay(till, sell(shop, "mật ong", 3), "1")

    assert "100.000" in give_back(till, basket_order(shop), 150_000, cash="150.000")
    assert "Phải trả lại 100.000" in give_back(till, basket_order(shop), 100_000, cash="90.000")
    assert "số tham chiếu" in give_back(till, basket_order(shop), 100_000, transfer="100.000")
    assert count_of(Refund) == 0


def test_giving_up_goods_only_brought_back_says_what_happens_to_them(shop: Shop, till: Screen) -> None:
    lay(till, sell(shop, "mật ong", 1))

    asked = words(till.part("/till/baskets/giving-up"))

    assert "Khách giữ lại hàng mang trả" in asked
    assert "0 dòng" not in asked


def test_nobody_types_an_exchange_as_a_payment(shop: Shop, till: Screen) -> None:
    till.press("/till/lines", sku=goods(shop, "mật ong").sku)

    answer = till.press(
        "/till/payment", order=basket_order(shop), total="100000", kind="exchange", amount="100.000", reference="1"
    )

    assert answer.status_code == 422
    assert till.part("/till/payment", kind="exchange").status_code == 422
    assert count_of(Sale) == 0


def approvals() -> list[tuple[str, str]]:
    return [(row.act.value, row.approver.code) for row in db.session.scalars(select(Approval).order_by(Approval.id))]


def test_after_the_shops_days_a_manager_is_asked(shop: Shop, till: Screen) -> None:
    sale = sell(shop, "mật ong", 3)
    shop.clock.move(timedelta(days=8))
    fields = {"quantity_1": "1", "condition_1": "good", "reason": "Khách đổi ý"}

    asked = till.press("/till/returns/receipts/1", **fields)
    assert asked.status_code == 403
    assert "Quản lý nhập PIN" in words(asked)
    assert MINUS + "100.000" not in words(till.part("/till"))

    till.press(f"/till/returns/receipts/{sale.number}", **fields, **by_manager(shop))
    assert MINUS + "100.000" in words(till.part("/till"))
    assert approvals() == [("return_late", shop.manager.code)]


def test_at_a_fair_the_law_stands_above_the_shops_days(shop: Shop, till: Screen) -> None:
    till.press("/till/returns/fair")
    till.press("/till/lines", sku=goods(shop, "mật ong").sku)
    till.press("/till/payment", order=basket_order(shop), total="100000", note="100000")
    sale = db.session.scalars(select(Sale)).one()
    shop.clock.move(timedelta(days=30))

    assert sale.fair
    assert "20/12/2026" in words(till.scan(qr(sale)))
    assert MINUS + "100.000" in lay(till, sale, "1")
    assert approvals() == []


def test_without_a_receipt_a_manager_allows_it_and_says_the_price(shop: Shop, till: Screen) -> None:
    product = goods(shop, "mật ong")
    fields = {
        "sku": product.sku, "quantity": "1", "price": "120.000", "lot": shop.honey.number,
        "condition": "good", "other_reason": "Mất biên lai",
    }  # fmt: skip

    asked = till.press("/till/returns/without-receipt", **fields)
    assert asked.status_code == 403
    done = till.press("/till/returns/without-receipt", **fields, **by_manager(shop))
    assert MINUS + "120.000" in words(done)
    give_back(till, basket_order(shop), 120_000, cash="120.000")

    back = db.session.scalars(select(Refund)).one()
    assert (back.sale_number, back.total, back.reason) == (None, Money(120_000), "Mất biên lai")
    assert approvals() == [("return_without_receipt", shop.manager.code)]
    assert verify_shop().clean


def test_a_card_payment_goes_back_in_cash_only_with_a_managers_word(shop: Shop, till: Screen) -> None:
    lay(till, sell(shop, "mật ong", 1, card(100_000)), "1")
    order = basket_order(shop)
    fields = {"order": order, "total": "100000", "cash": "100.000"}

    asked = till.press("/till/returns/money", **fields)
    assert asked.status_code == 403
    assert count_of(Refund) == 0

    assert "Phiếu trả hàng số 1" in words(till.press("/till/returns/money", **fields, **by_manager(shop)))
    assert approvals() == [("other_tender", shop.manager.code)]


def test_a_transfer_is_paid_out_by_the_bank_app_and_its_number_is_kept(shop: Shop, till: Screen) -> None:
    lay(till, sell(shop, "mật ong", 1, transfer(100_000)), "1")

    panel = words(till.part("/till/payment"))
    give_back(till, basket_order(shop), 100_000, transfer="100.000", transfer_reference="FT26324 11")

    assert "Chuyển khoản trước bằng ứng dụng ngân hàng của cửa hàng" in panel
    back = db.session.scalars(select(Refund)).one()
    assert [(t.kind.value, t.reference) for t in back.tenders] == [("transfer", "FT26324 11")]


def test_an_empty_drawer_is_said_and_stops_nobody(shop: Shop, till: Screen) -> None:
    fields = {
        "sku": goods(shop, "mật ong").sku, "quantity": "6", "price": "100.000", "lot": shop.honey.number,
        "condition": "good", "other_reason": "Mất biên lai",
    }  # fmt: skip
    till.press("/till/returns/without-receipt", **fields, **by_manager(shop))

    assert "Trong ngăn kéo chắc không đủ số tiền này" in words(till.part("/till/payment"))  # 500.000 were laid in
    assert "Phiếu trả hàng số 1" in give_back(till, basket_order(shop), 600_000, cash="600.000")


def test_the_slip_is_seen_beside_its_receipt_and_printed_again(shop: Shop, till: Screen) -> None:
    sale = sell(shop, "mật ong", 3)
    refund(shop, sale, "mật ong", 1)

    assert "Đã trả lại của biên lai này" in words(till.get(f"/receipts/{sale.number}"))
    assert "Hàng trả lại ngày 20/11/2026" in words(till.get("/receipts"))
    slip = words(till.get("/returns/1"))
    assert "Còn tốt như mới" in slip
    till.press("/returns/1/copies")
    assert "Bản sao 1" in words(till.get("/returns/1"))
    assert "Bản sao 1 của phiếu trả hàng 1" in words(till.get("/shift"))
    assert till.get("/returns/1.png").mimetype == "image/png"
    assert till.get("/returns/2").status_code == 404


def test_the_settings_of_returns_are_changed_on_their_page(shop: Shop, till: Screen) -> None:
    manager = Screen(shop, Role.MANAGER)
    page = manager.get("/settings/returns")
    seen = page.text.partition('name="seen"')[2].partition('value="')[2].partition('"')[0]

    manager.press(
        "/settings/returns", seen=seen, days="14", fair_from="05/12/2026", fair_until="06/12/2026", fair_registers="1"
    )
    assert "14" in words(manager.get("/settings/returns"))
    assert "2026-12-05" in manager.get("/settings/returns").text
    newest = db.session.scalars(select(JournalRecord).order_by(JournalRecord.seq.desc()).limit(1)).one()
    assert '"fair_registers":["1"]' in newest.record
