"""Settings that a manager changes while the shop runs: checked, written down, in force, and never backwards."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.current_settings import current_settings
from core.database import db, transaction
from core.errors import RuleBroken
from core.journal.history import history_of
from core.journal.record import Kind
from pos.replay import verify_shop
from pos.settings.change import CodeStandsOnReceipts, TaxOfPastDay, WrongSetting, change_settings
from pos.settings.config_record import note_settings
from pos.settings.in_force import settings_as_of
from pos.settings.printer import PrinterPlan, add_printer, take_over_printers
from tests.factories import open_shift, opened, receive, records, sell, shop_settings

TOMORROW = date(2026, 11, 21)


def change(shop, topic, **values):
    from_day = values.pop("from_day", None)
    with transaction():
        return change_settings(topic, values, by=shop.manager, from_day=from_day)


def change_both(shop):
    with transaction():
        change_settings("receipt", {"footer": "Hẹn gặp lại!"}, by=shop.manager)
        change_settings("bank", {"account": "not an account"}, by=shop.owner)


def test_what_is_changed_holds_after_the_commit_and_not_before(shop):
    before = current_settings().receipt.footer

    with transaction():
        change_settings("receipt", {"footer": "Hẹn gặp lại!"}, by=shop.manager)
        assert current_settings().receipt.footer == before

    assert current_settings().receipt.footer == "Hẹn gặp lại!"


def test_a_change_that_fails_changes_nothing(shop):
    before = current_settings()

    with pytest.raises(WrongSetting):
        change_both(shop)

    assert current_settings() == before
    assert records(Kind.CONFIG) == []


def test_who_wants_to_know_is_told_of_the_new_settings(shop):
    told = []
    shop.app.extensions["settings_changed"].append(lambda settings: told.append(settings.selling.max_quantity))

    change(shop, "selling", max_quantity=50)

    assert told == [50]


def test_the_next_start_knows_what_was_changed(shop, folder):
    change(shop, "shop", name="Điểm OCOP Mẫu Sơn", phone="0205 3 123 456")

    with opened(folder, shop_settings()):
        assert current_settings().shop.name == "Điểm OCOP Mẫu Sơn"
        assert current_settings().shop.tax_code == shop_settings().shop.tax_code


def test_the_database_stands_above_shop_toml(shop, folder):
    change(shop, "receipt", footer="Hẹn gặp lại!")

    with opened(folder, shop_settings(receipt={"footer": "Từ tệp"}, selling={"max_quantity": 7})):
        assert current_settings().receipt.footer == "Hẹn gặp lại!"
        assert current_settings().selling.max_quantity == 7


def test_a_change_is_recorded_with_what_was_before_and_by_whom(shop):
    change(shop, "bank", account="0123456789")

    newest, before = history_of(Kind.CONFIG, topic="bank")
    assert (newest.by, newest.before, newest.after["account"]) == (
        shop.manager.code,
        {"account": "KHONGCHUYENTIEN", "source": "file"},
        "0123456789",
    )
    assert before.by is None


def test_the_same_values_again_are_no_change(shop):
    assert change(shop, "receipt", language="vi") is None
    assert records(Kind.CONFIG) == []


def test_a_shop_that_is_set_up_enters_its_facts_without_a_person(shop):
    with transaction():
        change_settings("shop", {"name": "OCOP Bắc Sơn", "code": "07"}, by=None)

    assert current_settings().shop.code == "07"
    assert records(Kind.CONFIG)[-1]["usr"] is None


WRONG = [
    # topic, values, the field that the sentence names
    ("shop", {"name": " \u200b "}, "name"),
    ("shop", {"code": "A1"}, "code"),
    ("shop", {"tax_code": "123"}, "tax_code"),
    ("shop", {"locality": "c99999999"}, "locality"),
    ("shop", {"owner_kind": "ngo"}, "owner_kind"),
    ("tax", {"tax_method": "none"}, "tax_method"),
    ("receipt", {"language": "fr"}, "language"),
    ("bank", {"bin": ""}, "bin"),
    ("bank", {"bin": "999999"}, "bin"),
    ("bank", {"account": "12 34"}, "account"),
    ("selling", {"max_quantity": 0}, "max_quantity"),
    ("scan", {"in_store_prefix": "3"}, "in_store_prefix"),
    ("scan", {"weight_layouts": [{"prefix": "26", "item_digits": 5, "value_digits": 4, "unit": "g"}]}, "prefix"),
    ("scan", {"weight_layouts": [{"prefix": "26", "item_digits": 10, "value_digits": 0, "unit": "g"}]}, "item_digits"),
    (
        "scan",
        {"weight_layouts": [{"prefix": "26", "item_digits": 5, "value_digits": 5, "unit": "g"}] * 2},
        "weight_layouts",
    ),
    ("people", {"idle_minutes": 0}, "idle_minutes"),
]


@pytest.mark.parametrize(("topic", "values", "field"), WRONG)
def test_a_wrong_setting_is_refused_and_named(shop, topic, values, field):
    with pytest.raises(WrongSetting) as refused:
        change(shop, topic, **values)

    assert refused.value.field == field
    assert refused.value.sentence()


def test_text_is_kept_in_one_form_and_on_one_line(shop):
    change(shop, "receipt", footer="Ca\u0309m o\u031bn\r\nquy\u0301\x07 kha\u0301ch\u200b!")

    assert current_settings().receipt.footer == "Cảm ơn quý khách!"
    assert verify_shop().clean


def test_a_text_that_is_too_long_is_refused_not_cut(shop):
    with pytest.raises(RuleBroken, match="2000 characters; at most 300"):
        change(shop, "receipt", return_terms="ạ" * 2000)


def test_the_number_of_the_shop_stays_once_something_was_sold(shop):
    change(shop, "shop", code="02")
    receive(shop, "mật ong")
    open_shift(shop)
    sell(shop, "mật ong")

    with pytest.raises(CodeStandsOnReceipts, match="stays 02"):
        change(shop, "shop", code="03")


# how the tax is paid: from a day on


def test_the_tax_method_changes_on_its_day(shop):
    change(shop, "tax", tax_method="household", from_day=TOMORROW)
    assert current_settings().shop.tax_method == "deduction"

    shop.clock.move(timedelta(days=1))

    assert current_settings().shop.tax_method == "household"


def test_a_restart_on_the_day_after_finds_the_new_tax_method(shop, folder):
    change(shop, "tax", tax_method="household", from_day=TOMORROW)
    shop.clock.move(timedelta(days=2))

    with opened(folder, shop_settings()):
        assert current_settings().shop.tax_method == "household"


def test_a_name_changed_meanwhile_is_not_undone_when_the_tax_method_changes(shop):
    change(shop, "tax", tax_method="household", from_day=TOMORROW)
    change(shop, "shop", name="Điểm OCOP Mẫu Sơn")

    shop.clock.move(timedelta(days=1))

    assert (current_settings().shop.name, current_settings().shop.tax_method) == ("Điểm OCOP Mẫu Sơn", "household")


def test_the_tax_method_never_changes_backwards(shop):
    with pytest.raises(TaxOfPastDay):
        change(shop, "tax", tax_method="household", from_day=date(2026, 11, 19))


def test_a_clock_set_back_opens_no_day_that_is_over(shop):
    open_shift(shop)
    shop.clock.instant -= timedelta(days=3)

    with pytest.raises(TaxOfPastDay):
        change(shop, "tax", tax_method="household", from_day=date(2026, 11, 19))
    change(shop, "tax", tax_method="household", from_day=TOMORROW)


def test_the_last_word_for_a_day_counts(shop):
    change(shop, "tax", tax_method="household", from_day=TOMORROW)
    change(shop, "tax", tax_method="deduction", from_day=TOMORROW)

    shop.clock.move(timedelta(days=1))

    assert current_settings().shop.tax_method == "deduction"


# the past


def test_the_past_stays_as_it_was(shop):
    with transaction():
        note_settings()
    receive(shop, "mật ong")
    open_shift(shop)
    sale = sell(shop, "mật ong")
    sold = sale.record_seq, sale.day

    change(shop, "shop", name="Tên mới")
    change(shop, "receipt", footer="Lời mới")

    then = settings_as_of(*sold)
    assert (then.shop.name, then.receipt.footer) == (shop_settings().shop.name, shop_settings().receipt.footer)


def test_settings_verify_and_a_planted_change_is_found(shop):
    change(shop, "receipt", footer="Hẹn gặp lại!")
    change(shop, "tax", tax_method="household", from_day=TOMORROW)
    assert verify_shop().clean

    with transaction() as session:
        session.execute(db.text("DROP TRIGGER settings_changes_no_update"))
        session.execute(db.text("UPDATE settings_changes SET content = replace(content, 'Hẹn', 'Chào')"))

    assert [difference.table for difference in verify_shop().differences] == ["settings_changes"]


def test_a_planted_change_of_a_printer_is_found(shop):
    with transaction():
        add_printer(PrinterPlan("Máy 1", "receipt", "cups", "pos80"), by=shop.manager)
    assert verify_shop().clean

    with transaction() as session:
        session.execute(db.text("UPDATE printers SET address = 'other'"))

    (difference,) = verify_shop().differences
    assert (difference.table, difference.column) == ("printers", "address")


def test_printers_of_the_file_are_taken_over_once(folder):
    printer = {"name": "a", "role": "receipt", "kind": "cups", "address": "a", "dots": 576, "drawer": True, "cut": True}
    for given in ([printer], [{**printer, "address": "b"}]):
        with opened(folder, shop_settings(printers=given)), transaction():
            take_over_printers()

    with opened(folder, shop_settings(printers=[{**printer, "address": "b"}])):
        assert [(one.code, one.address) for one in current_settings().printers] == [("1", "a")]
