"""Corrections of the catalogue: recorded again, found by search, never reaching into what was sold."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from config.settings import WeightLayout
from core.database import db, transaction
from core.journal.chain import write_record
from core.journal.history import history_of
from core.journal.record import Kind
from core.journal.replay import compare
from core.quantity import ONE, Unit
from inventory.catalogue.correction import NothingCorrected
from inventory.catalogue.producer import Producer, ProducerRetired, ProducerUnnamed, add_producer
from inventory.catalogue.producer_correction import (
    NotRetired,
    bring_back_producer,
    correct_producer,
    retire_producer,
)
from inventory.catalogue.product import Product, ProductExists, retire_product
from inventory.catalogue.product_correction import (
    ProducerInTrade,
    ScaleCounts,
    UnitInTrade,
    bring_back_product,
    correct_product,
)
from inventory.catalogue.product_number import add_in_store_number, add_scale_item
from inventory.catalogue.product_search import find_products
from inventory.receiving.delivery_draft import add_to_draft, begin_delivery
from inventory.replay import REPLAY


def verified() -> bool:
    """Whether journal and tables agree on everything of goods."""
    found = [one for one in compare(REPLAY, db.session) if one.table != "journal_records"]
    db.session.rollback()
    return found == []


def found(words: str) -> list[str]:
    return [product.name for product in find_products(words)]


def test_products_are_found_under_the_corrected_name_of_their_producer(shop):
    shop.product("Mật ong", of="HTX Quang Lac")
    shop.product("Na", of="HTX Khác")
    with transaction():
        correct_producer(shop.producers["HTX Quang Lac"], name="HTX Quảng Lạc", by=shop.by)

    assert found("quảng lạc") == found("quang lac") == ["Mật ong"]
    assert verified()


def test_what_is_not_named_stays_and_the_history_says_what_changed(shop):
    with transaction():
        maker = add_producer(name="Hộ Hà", form="farm", old_district="Chi Lăng", phone="0912 345 678", by=shop.by)
    with transaction():
        correct_producer(maker, name="Hộ Hà Thị", phone="0912 345 679", reason="gõ nhầm", by=shop.by)

    newest, first = history_of(Kind.PRODUCER, code=maker.code)

    assert (maker.form, maker.old_district) == ("farm", "Chi Lăng")
    assert newest.before == {"name": "Hộ Hà", "phone": first.after["phone"]}
    assert newest.after["reason"] == "gõ nhầm"
    assert first.after["phone"] != newest.after["phone"]
    assert verified()


def test_the_journal_says_only_that_private_fields_changed(shop):
    with transaction():
        maker = add_producer(name="Hộ Hà", form="farm", phone="0912345678", tax_code="001199012345", by=shop.by)
    mark = maker.phone_mark
    with transaction():
        correct_producer(maker, address="12 Bắc Sơn", by=shop.by)
    assert maker.phone_mark == mark
    with transaction():
        correct_producer(maker, phone="", tax_code=None, by=shop.by)

    removed, entered, _ = history_of(Kind.PRODUCER, code=maker.code)

    assert set(removed.before) == {"phone", "personal"}
    assert set(entered.before) == {"address"}
    assert (maker.phone_mark, maker.personal_mark) == ("", "")
    journal = " ".join(db.session.scalars(text("SELECT record FROM journal_records")))
    assert not any(private in journal for private in ("0912345678", "001199012345", "12 Bắc Sơn"))


@pytest.mark.parametrize("column", ["phone", "address", "tax_code"])
def test_a_private_field_changed_past_the_verbs_is_found(shop, column):
    with transaction():
        add_producer(name="Hộ Hà", form="farm", phone="1", address="2", tax_code="001199012345", by=shop.by)
    db.session.connection().exec_driver_sql(f"UPDATE producers SET {column} = '001199012346'")

    assert {one.column for one in compare(REPLAY, db.session) if one.table == "producers"} == {column}


@pytest.mark.parametrize("key", ["search_exact", "search_folded"])
def test_a_search_key_changed_past_the_verbs_is_found(shop, key):
    shop.product("Mật ong")
    db.session.connection().exec_driver_sql(f"UPDATE products SET {key} = 'x'")

    assert {one.column for one in compare(REPLAY, db.session) if one.table == "products"} == {key}


def test_records_of_the_version_before_corrections_still_verify(shop):
    body = {"code": "0009", "uid": "u9", "name": "HTX Cũ", "form": "cooperative", "province": None, "locality": None,
            "old_commune": "", "old_district": "", "tax_code": None}  # fmt: skip
    licence = {"uid": "l1", "kind": "liquor_retail", "sku": None, "no": "1", "issuer": "UBND", "from": "2026-01-01",
               "until": None}  # fmt: skip
    with transaction():
        seq = write_record(Kind.PRODUCER, body, by=shop.by).seq
        paper = write_record(Kind.LICENCE, licence, by=shop.by).seq
        run = db.session.connection().exec_driver_sql
        run(
            "INSERT INTO producers (id, code, uid, name, name_folded, form, old_commune, old_district, phone, address, "
            f"record_seq) VALUES (9, '0009', 'u9', 'HTX Cũ', 'htx cu', 'cooperative', '', '', '0912', '', {seq})"
        )
        run("INSERT INTO licences (id, uid, kind, number, issuer, first_day, struck, record_seq) "
            f"VALUES (9, 'l1', 'liquor_retail', '1', 'UBND', '2026-01-01', 0, {paper})")  # fmt: skip
    assert verified()
    with transaction():
        correct_producer(db.session.get_one(Producer, 9), name="HTX Mới", by=shop.by)

    assert verified()


def test_a_correction_that_changes_nothing_is_not_recorded(shop):
    honey = shop.product("Mật ong")
    with pytest.raises(NothingCorrected), transaction():
        correct_producer(honey.producer, name="HTX Qua\u0309ng Lạc", by=shop.by)  # NFD, the same name
    with pytest.raises(NothingCorrected), transaction():
        correct_product(honey, pack="", by=shop.by)
    with pytest.raises(ProducerUnnamed), transaction():
        correct_producer(honey.producer, name=" ", by=shop.by)


def test_no_new_goods_come_from_a_producer_the_shop_has_stopped_working_with(shop):
    honey = shop.product("Mật ong")
    maker = honey.producer
    with transaction():
        retire_producer(maker, reason="nghỉ sản xuất", by=shop.by)

    with pytest.raises(ProducerRetired):
        shop.receive(honey)
    with pytest.raises(ProducerRetired):
        shop.product("Trà", of=maker.name)
    with pytest.raises(ProducerRetired), transaction():
        retire_producer(maker, by=shop.by)
    with transaction():
        bring_back_producer(maker, by=shop.by)
    with pytest.raises(NotRetired), transaction():
        bring_back_producer(maker, by=shop.by)
    assert shop.receive(honey).supplier_id == maker.id
    assert verified()


def test_a_product_is_found_under_its_corrected_name_only(shop):
    honey = shop.product("Mật ong bac ha", pack="hũ 500g")
    with transaction():
        correct_product(honey, name="Mật ong bạc hà", pack="hũ 500 g", unit_label="hũ", group_code="I.3.d",
                        sell_within_days=30, by=shop.by)  # fmt: skip

    assert found("bạc hà hũ 500 g") == ["Mật ong bạc hà"]
    assert found("500g") == []
    assert verified()


def test_a_correction_does_not_make_two_of_one_article(shop):
    shop.product("Mật ong", pack="hũ 500 g")
    other = shop.product("Mật ong", pack="hũ 1 kg")

    with pytest.raises(ProductExists), transaction():
        correct_product(other, pack="hũ 500 g", by=shop.by)


def test_unit_and_producer_stay_once_goods_came(shop):
    honey, other = shop.product("Mật ong"), shop.producer("HTX Khác")
    shop.receive(honey)

    with pytest.raises(UnitInTrade), transaction():
        correct_product(honey, unit=Unit.KILOGRAM, by=shop.by)
    with pytest.raises(ProducerInTrade), transaction():
        correct_product(honey, producer=other, by=shop.by)
    with transaction():
        correct_product(honey, name="Mật ong rừng", unit=Unit.PIECE, producer=honey.producer, by=shop.by)


def test_what_lies_on_a_delivery_being_entered_counts_as_traded(shop):
    honey = shop.product("Mật ong")
    with transaction():
        draft = begin_delivery(honey.producer, by=shop.by)
        add_to_draft(draft, honey, ONE)

    with pytest.raises(UnitInTrade), transaction():
        correct_product(honey, unit=Unit.KILOGRAM, by=shop.by)


def test_before_goods_come_unit_and_producer_may_be_corrected(shop):
    fruit, other = shop.product("Na", unit=Unit.PIECE), shop.producer("HTX Khác")
    with transaction():
        correct_product(fruit, unit=Unit.KILOGRAM, unit_label="kg", producer=other, by=shop.by)

    assert (fruit.unit, fruit.producer.name) == (Unit.KILOGRAM, "HTX Khác")
    assert found("khac") == ["Na"]
    assert verified()


def test_goods_with_a_number_of_the_scale_stay_goods_by_weight(shop):
    fruit = shop.product("Na", unit=Unit.KILOGRAM)
    with transaction():
        add_scale_item(fruit, WeightLayout("26", 5, 5, "g"), by=shop.by)

    with pytest.raises(ScaleCounts), transaction():
        correct_product(fruit, unit=Unit.PIECE, by=shop.by)


def test_a_retired_product_comes_back(shop):
    honey = shop.product("Mật ong")
    with transaction():
        retire_product(honey, reason="hết mùa", by=shop.by)
    assert found("mật ong") == []
    with transaction():
        bring_back_product(honey, by=shop.by)
    with pytest.raises(NotRetired), transaction():
        bring_back_product(honey, by=shop.by)

    assert found("mật ong") == ["Mật ong"]
    assert [change.after.get("reason") for change in history_of(Kind.PRODUCT, sku=honey.sku)] == [None, "hết mùa", None]
    assert verified()


def test_the_last_word_of_a_number_is_kept_beside_corrections(shop):
    honey = shop.product("Mật ong")
    with transaction():
        number = add_in_store_number(honey, prefix="2", by=shop.by)
        correct_product(honey, name="Mật ong rừng", by=shop.by)

    assert db.session.get_one(Product, honey.id).name == number.product.name == "Mật ong rừng"
