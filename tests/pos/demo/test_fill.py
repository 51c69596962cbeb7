"""The demo's goods: real products, everything invented marked, entered through the shop's verbs."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from config.settings import load_settings
from core.clock import VIETNAM, stopped_at, today
from core.current_settings import install_settings
from core.database import Base, db, install_database, transaction
from core.file_store import install_file_store
from core.journal.replay import compare
from core.journal.seal import SigningKey, Terminal, install_terminal
from core.staff import Role, hire
from inventory.catalogue.barcode import ScanKind, read_scan
from inventory.catalogue.certificate import Certificate
from inventory.catalogue.eligibility import CertificateLapsed, PastItsDay, Recalled, papers_for
from inventory.catalogue.licence import Licence
from inventory.catalogue.price import Price, prices_for
from inventory.catalogue.product import Product
from inventory.catalogue.product_number import NumberKind, ProductNumber
from inventory.catalogue.recall import RecallLift
from inventory.catalogue.tax import tax_classes_for
from inventory.lot import Lot, TermsKind, lot_of_label
from inventory.replay import REPLAY
from inventory.stock_level import on_hand_by_lot
from inventory.tracing.hold import lots_on_hold
from pos import demo
from pos.demo.fill import fill_demo_shop, opening
from pos.demo.stock import EXPIRED, RECALLED, SIDE_BY_SIDE
from pos.demo.tracing import ENDING_LOT, ENDS_IN_DAYS, HELD_LOT, THREE_LOTS

ELSEWHERE = {"GENESIS", "STAFF", "CLOCK_ADJ"}
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=VIETNAM)


def filled(now: datetime) -> Iterator[None]:
    app = Flask(__name__)
    install_settings(app, load_settings())
    install_database(app, "sqlite://")
    install_terminal(app, Terminal("T-TEST", SigningKey.from_seed(bytes(32)), None))
    with stopped_at(now), app.app_context(), tempfile.TemporaryDirectory() as place:
        install_file_store(app, Path(place))
        Base.metadata.create_all(db.engine)
        with stopped_at(opening()), transaction():
            manager = hire(name="Lan", role=Role.MANAGER, pin="135790", by=None)
        fill_demo_shop(manager)
        yield
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def demo_shop() -> Iterator[None]:
    yield from filled(NOW)


def products() -> list[Product]:
    return list(db.session.scalars(select(Product).order_by(Product.id)))


def named(name: str) -> Product:
    return next(product for product in products() if product.name == name)


def test_most_goods_can_be_sold_and_some_have_lapsed_on_purpose(demo_shop):
    goods = products()
    papers = papers_for(goods, today())
    lapsed = [product for product in goods if isinstance(papers.missing_paper(product), CertificateLapsed)]
    starless = [product for product in goods if papers.stars(product) is None and papers.basis(product) is not None]

    assert len(goods) > 100
    assert len(lapsed) >= 10
    assert len(starless) >= 20  # sold on another basis, with evidence marked as the demo's
    assert {papers.stars(product) for product in goods} == {None, 3, 4}


def test_every_product_has_a_price_and_a_tax_class_and_some_prices_have_changed(demo_shop):
    ids = [product.id for product in products()]

    assert len(prices_for(ids, today())) == len(tax_classes_for(ids, today())) == len(ids)
    assert len(db.session.scalars(select(Price)).all()) > len(ids)


def test_the_same_honey_stands_there_on_three_kinds_of_terms(demo_shop):
    honey = named(SIDE_BY_SIDE)
    lots = on_hand_by_lot([honey.id])[honey.id]

    assert {one.lot.terms for one in lots} == set(TermsKind)
    assert {one.lot.owner is None for one in lots} == {True, False}


def test_one_lot_has_expired_and_one_is_recalled(demo_shop):
    troubles = []
    for name in (EXPIRED, RECALLED):
        product = named(name)
        papers = papers_for([product], today())
        troubles += [papers.trouble(product, one.lot) for one in on_hand_by_lot([product.id])[product.id]]

    assert [type(trouble) for trouble in troubles if trouble] == [PastItsDay, Recalled]


def test_a_lot_is_on_hold_one_ends_within_a_week_and_a_recall_was_lifted(demo_shop):
    coffee, honey = named(THREE_LOTS), named(SIDE_BY_SIDE)
    lots = {one.lot.producer_lot: one.lot for one in on_hand_by_lot([coffee.id])[coffee.id]}

    assert [lot.number for lot in lots_on_hold()] == [lots[HELD_LOT].number]
    assert lots[ENDING_LOT].sell_by == today() + timedelta(days=ENDS_IN_DAYS)
    assert papers_for([coffee], today()).trouble(coffee, lots[ENDING_LOT]) is None
    assert db.session.scalars(select(RecallLift)).one()
    assert papers_for([honey], today()).trouble(honey) is None


def test_fresh_goods_by_weight_have_neither_barcode_nor_best_before_day(demo_shop):
    lots = db.session.scalars(select(Lot).where(Lot.received_on == today())).all()
    weighed = [lot for lot in lots if lot.product.unit.divisible]
    kinds = set(db.session.scalars(select(ProductNumber.kind).where(ProductNumber.product_id == weighed[0].product_id)))

    assert weighed
    assert all(lot.best_before is None and lot.sell_by is not None for lot in weighed)
    assert kinds == {NumberKind.SCALE}


def test_every_kind_of_number_is_there(demo_shop):
    numbers = db.session.scalars(select(ProductNumber)).all()

    assert {row.kind for row in numbers} == set(NumberKind)
    assert any(row.pack.thousandths == 12_000 for row in numbers)
    assert all(row.shown.lstrip("1").startswith("893") for row in numbers if row.kind is NumberKind.GTIN)


def test_invented_papers_say_so_in_their_own_text(demo_shop):
    papers = [*db.session.scalars(select(Certificate.decision)), *db.session.scalars(select(Licence.number))]

    assert all("(demo)" in text for text in papers)


def test_liquor_is_sold_under_a_licence(demo_shop):
    spirits = [product for product in products() if product.is_liquor]

    assert spirits
    assert any(papers_for([product], today()).trouble(product) is None for product in spirits)


def test_nobody_is_made_up_for_a_producer_without_name(demo_shop):
    with (Path(demo.__file__).parent / "products.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {row["producer"].casefold() for row in rows if row["producer"]}

    for product in products():
        name = product.producer.name
        assert name.casefold() in known or name.startswith("Hộ sản xuất (chưa rõ tên) – ")
    assert {row["confidence"] for row in rows} == {"high", "medium"}
    assert all(row["origin"] for row in rows)


def test_the_journal_tells_what_the_demo_holds(demo_shop):
    found = [one for one in compare(REPLAY, db.session) if one.key[0] not in ELSEWHERE]

    assert found == []


def test_what_the_readme_offers_to_scan_can_be_scanned(demo_shop):
    """The table in pos/demo/README.md, held to the code."""
    readme = (Path(demo.__file__).parent / "README.md").read_text(encoding="utf-8")
    offered = re.findall(r"^\| `([^`]+)` \| (.+) \|$", readme, re.MULTILINE)
    layouts = load_settings().scan.weight_layouts
    kinds = set()
    for text, what in offered:
        scan = read_scan(text, layouts=layouts)
        assert scan.product is not None, text
        assert scan.product.name in what or "Digital Link" in what or "same tea" in what or "separator" in what, text
        assert ("not guessed" in what) == (scan.trouble is not None), text
        assert ("past its day" in what) == (scan.last_day is not None and scan.last_day < today()), text
        if scan.lot is not None:
            assert lot_of_label(scan.product, scan.lot) is not None, text
        kinds.add(scan.kind)

    assert kinds == {ScanKind.GTIN, ScanKind.IN_STORE, ScanKind.WEIGHED, ScanKind.GS1, ScanKind.DIGITAL_LINK,
                     ScanKind.AMBIGUOUS}  # fmt: skip


def numbers_and_codes() -> list[tuple[str, str]]:
    lots = db.session.execute(select(Lot.number, Product.sku).join(Product, Product.id == Lot.product_id))
    numbers = db.session.execute(select(ProductNumber.number, Product.sku).join_from(ProductNumber, Product))
    return sorted([tuple(row) for row in lots] + [tuple(row) for row in numbers])


def test_the_same_day_gives_the_same_codes_numbers_and_lots():
    seen = []
    for _ in range(2):
        for _ in filled(NOW):
            seen.append(numbers_and_codes())

    assert seen[0] == seen[1]
    assert len(seen[0]) > 200


@pytest.mark.parametrize("day", [datetime(2027, 2, 28, 0, 1, tzinfo=VIETNAM), datetime(2031, 6, 1, 23, tzinfo=VIETNAM)])
def test_the_demo_can_be_opened_on_any_later_day(day):
    for _ in filled(day):
        goods = products()
        papers, shelf = papers_for(goods, today()), on_hand_by_lot([product.id for product in goods])
        sellable = [product for product in goods if product.id in shelf and papers.trouble(product) is None]
        assert len(sellable) > 50
