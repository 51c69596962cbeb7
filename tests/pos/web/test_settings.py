"""The pages on which a manager changes the shop: what holds, who may, and that nobody overwrites unseen."""

from __future__ import annotations

import re
import unicodedata

import pytest

from core.current_settings import current_settings
from core.database import transaction
from core.journal.record import Kind
from core.staff import Role, hire
from pos.replay import verify_shop
from tests.factories import PIN, Shop, open_shift, receive, records, sell
from tests.pos.web.conftest import Screen, words

SHOP = {
    "name": "Điểm OCOP Mẫu Sơn",
    "code": "01",
    "address": "1 Trần Đăng Ninh",
    "phone": "0205 3 123 456",
    "tax_code": "4900123456",
    "location_code": "",
    "owner_kind": "cooperative",
    "commune": "",
}
RECEIPT = {"language": "vi", "return_terms": "Đổi trong 3 ngày.", "footer": "Hẹn gặp lại!"}


@pytest.fixture
def manager(shop: Shop) -> Screen:
    return Screen(shop, Role.MANAGER)


@pytest.fixture
def owner(shop: Shop) -> Screen:
    return Screen(shop, Role.OWNER)


def seen(screen: Screen, page: str, nth: int = 0) -> str:
    """What a form on a page was drawn from."""
    return re.findall(r'name="seen" value="(\d+)"', screen.get(page).get_data(as_text=True))[nth]


def send(screen: Screen, page: str, act: str = "", *, nth: int = 0, **fields: object):
    return screen.press(act or page, seen=seen(screen, page, nth), **fields)


def test_a_manager_changes_who_the_shop_is(manager: Screen) -> None:
    send(manager, "/settings/shop", **{**SHOP, "commune": "đông kinh lạng sơn"})

    shop = current_settings().shop
    assert (shop.name, shop.owner_kind, shop.tax_method) == ("Điểm OCOP Mẫu Sơn", "cooperative", "deduction")
    assert "Đông Kinh" in words(manager.get("/settings/shop"))
    assert "Điểm OCOP Mẫu Sơn" in words(manager.get("/menu"))


def test_the_page_names_the_field_that_is_wrong(manager: Screen) -> None:
    answer = send(manager, "/settings/shop", **{**SHOP, "tax_code": "123"})

    assert answer.status_code == 422
    assert "Mã số thuế: Hãy gõ 10 chữ số" in words(answer)


def test_a_commune_whose_name_means_several_is_asked_about(manager: Screen) -> None:
    answer = send(manager, "/settings/shop", **{**SHOP, "commune": "tân tiến"})

    assert answer.status_code == 422
    assert "Tân Tiến" in words(answer)


def test_a_commune_stays_while_nothing_is_typed_about_it(manager: Screen) -> None:
    send(manager, "/settings/shop", **{**SHOP, "commune": "đông kinh lạng sơn"})
    locality = current_settings().shop.locality
    assert "Đông Kinh" in words(manager.get("/settings/shop"))

    send(manager, "/settings/shop", **{**SHOP, "locality": locality, "phone": "1"})

    assert current_settings().shop.locality == locality


def test_the_history_says_who_changed_what(manager: Screen) -> None:
    send(manager, "/settings/receipt", **RECEIPT)

    said = words(manager.get("/settings/receipt"))
    assert "Lan" in said
    assert re.search("Lời cuối biên lai.*Hẹn gặp lại!", said)


def test_the_second_of_two_managers_does_not_overwrite_the_first_unseen(shop: Shop, manager: Screen) -> None:
    drawn = seen(manager, "/settings/receipt")
    send(Screen(shop, Role.OWNER), "/settings/receipt", **RECEIPT)

    answer = manager.press("/settings/receipt", seen=drawn, **{**RECEIPT, "footer": "Lời khác"})

    assert answer.status_code == 422
    assert "Chủ" in words(answer)
    assert "Hẹn gặp lại!" in words(answer)
    assert current_settings().receipt.footer == "Hẹn gặp lại!"


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        (unicodedata.normalize("NFD", "Cảm ơn quý khách!"), 200),
        ("Cảm ơn\x00 quý\x1b khách!\u202e", 200),
        ("x" * 2000, 422),
        ("\ufffd", 422),
    ],
)
def test_text_from_outside_is_kept_clean_or_refused(manager: Screen, typed: str, status: int) -> None:
    answer = send(manager, "/settings/receipt", **{**RECEIPT, "footer": typed})

    assert answer.status_code == status
    if status == 200:
        assert current_settings().receipt.footer == "Cảm ơn quý khách!"
    assert verify_shop().clean


def test_the_preview_is_a_picture_before_and_after_the_first_sale(shop: Shop, manager: Screen) -> None:
    before = manager.get("/settings/receipt/preview.png", footer="Lời thử")
    receive(shop, "mật ong")
    open_shift(shop)
    sell(shop, "mật ong")

    after = manager.get("/settings/receipt/preview.png", footer="Lời thử")

    assert before.mimetype == after.mimetype == "image/png"
    assert before.data != after.data
    assert "footer=L" in manager.part("/settings/receipt/preview", footer="Lời thử").get_data(as_text=True)
    assert manager.get("/settings/receipt/preview.png", language="xx").status_code == 200


OWNERS_ONLY = [
    ("/settings/bank", {"bin": "970436", "account": "999", "holder": "KE GIAN"}),
    ("/settings/tax", {"tax_method": "household", "from_day": "20/11/2026"}),
]


@pytest.mark.parametrize(("page", "fields"), OWNERS_ONLY)
def test_only_the_owner_changes_the_account_and_the_tax(manager: Screen, page: str, fields: dict[str, str]) -> None:
    assert "Chỉ chủ cửa hàng được đổi mục này." in words(manager.get(page))
    assert manager.press(page, seen="0", **fields).status_code == 403
    assert records(Kind.CONFIG) == []


@pytest.mark.parametrize(("page", "fields"), OWNERS_ONLY)
def test_the_owner_changes_them(owner: Screen, page: str, fields: dict[str, str]) -> None:
    assert send(owner, page, **fields).status_code == 200
    assert [record["body"]["source"] for record in records(Kind.CONFIG)] == ["file", "page"]


def test_a_clerk_sees_no_settings(screen: Screen) -> None:
    pages = ("", "/shop", "/receipt", "/tax", "/bank", "/selling", "/people", "/registers", "/printers")

    assert {screen.get(f"/settings{page}").status_code for page in pages} == {403}


def test_the_auditor_reads_all_and_changes_nothing(shop: Shop) -> None:
    auditor = Screen(shop, Role.MANAGER)
    with transaction():
        hire(name="Kiểm", role=Role.AUDITOR, pin=PIN, by=shop.owner)
    auditor.sign_in(Role.AUDITOR)

    for page in ("shop", "receipt", "tax", "bank", "selling", "people", "registers", "registers/1", "printers"):
        answer = auditor.get(f"/settings/{page}")
        assert answer.status_code == 200, page
        assert 'name="seen"' not in answer.get_data(as_text=True), page
        assert auditor.press(f"/settings/{page}", seen="0").status_code in (403, 405), page


def test_without_a_bank_there_are_no_transfers(owner: Screen) -> None:
    send(owner, "/settings/bank", bin="", account="", holder="")

    assert not current_settings().bank.takes_transfers
    assert owner.get("/settings/bank").status_code == 200


def test_habits_and_labels_of_the_scale_are_changed_on_one_page(manager: Screen) -> None:
    send(manager, "/settings/selling", max_quantity="50", clerk_discount_percent="5")
    row = {"item_digits": 4, "value_digits": 6, "unit": "dag"}
    layouts = {f"{name}_{n}": value for n in (0, 1) for name, value in row.items()}
    send(
        manager, "/settings/selling", "/settings/scan", nth=1,
        in_store_prefix="21", prefix_0="26", prefix_1="27", **layouts,
    )  # fmt: skip

    settings = current_settings()
    assert settings.selling.max_quantity == 50
    assert [layout.prefix for layout in settings.scan.weight_layouts] == ["26", "27"]
    assert settings.scan.in_store_prefix == "21"


def test_locking_and_approvals_are_changed(manager: Screen) -> None:
    send(manager, "/settings/people", idle_minutes="10")
    send(manager, "/settings/people", "/settings/approval", nth=1, open_drawer="yes")

    settings = current_settings()
    assert settings.people.idle_minutes == 10
    assert (settings.approval.open_drawer, settings.approval.empty_lot) == (True, False)


def test_a_planned_tax_method_is_shown(owner: Screen) -> None:
    send(owner, "/settings/tax", tax_method="household", from_day="01/01/2027")

    assert "Từ 01/01/2027" in words(owner.get("/settings/tax"))
    assert current_settings().shop.tax_method == "deduction"


def test_words_change_and_the_old_receipt_keeps_its_own(shop: Shop, manager: Screen) -> None:
    receive(shop, "mật ong")
    open_shift(shop)
    number = sell(shop, "mật ong").number
    before = manager.get(f"/receipts/{number}.png").data

    send(manager, "/settings/receipt", **RECEIPT)
    send(manager, "/settings/shop", **SHOP)

    assert manager.get(f"/receipts/{number}.png").data == before
    assert manager.get(f"/receipts/{sell(shop, 'mật ong').number}.png").data != before


def test_only_registers_of_the_shop_can_stand_at_a_fair(manager: Screen) -> None:
    answer = send(manager, "/settings/returns", days="7", fair_registers="1 99")

    assert "99" in words(answer)
    assert current_settings().returns.fair_registers == ()
