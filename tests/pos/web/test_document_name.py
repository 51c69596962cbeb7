"""Every record of what happened is called by its document, with the link that this person may follow."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask, g

from core.database import db
from core.i18n import use
from core.journal.record import Kind
from core.staff import Role, Staff
from core.web.document_name import DocumentKind, document_names, name_documents
from tests.factories import Shop, open_shift, person, receive, records, sell
from tests.pos.web.conftest import Statements
from tests.returning import refund


def named(shop: Shop, role: Role, *kinds: Kind, language: str = "vi"):
    """The names of all records of some kinds, as somebody sees them."""
    seqs = [record["seq"] for record in records(*kinds)]
    with shop.app.test_request_context(), use(language):
        _sit_down(person(role))
        found = document_names(seqs)
    return [found[seq] for seq in seqs]


def _sit_down(staff: Staff) -> None:
    g.locked, g.staff = False, staff


@pytest.fixture
def trade(shop: Shop) -> None:
    """A delivery, a sale of it and a jar brought back."""
    receive(shop, "mật ong")
    open_shift(shop)
    sale = sell(shop, "mật ong", 2)
    shop.clock.move(timedelta(minutes=5))
    refund(shop, sale, "mật ong")


def test_documents_are_called_by_name_and_number_with_their_page(shop, trade):
    kinds = (Kind.GOODS_IN, Kind.SALE, Kind.REFUND)

    found = named(shop, Role.MANAGER, *kinds)

    assert [(one.words, one.url) for one in found] == [
        ("Phiếu nhập số 1", "/inventory/receipts/1"),
        ("Biên lai số 1", "/receipts/1"),
        ("Phiếu trả hàng số 1", "/returns/1"),
    ]
    assert [one.who for one in found] == ["Lan", "Bình", "Bình"]
    assert found[2].at - found[1].at == timedelta(minutes=5)
    assert named(shop, Role.MANAGER, *kinds, language="en")[1].words == "Receipt 1"


def test_a_clerk_gets_no_link_to_a_page_that_stays_closed_to_him(shop, trade):
    goods_in, sale = named(shop, Role.CLERK, Kind.GOODS_IN, Kind.SALE)

    assert (goods_in.words, goods_in.url) == ("Phiếu nhập số 1", None)
    assert sale.url == "/receipts/1"


def test_what_nobody_named_is_called_by_its_record(shop, trade):
    opened, *_ = named(shop, Role.MANAGER, Kind.SHIFT_OPEN)

    assert opened.url is None
    assert opened.words == f"Bản ghi nhật ký số {opened.number}"


def test_a_hundred_records_cost_no_more_questions_than_one(shop, trade):
    with shop.app.test_request_context():
        _sit_down(person(Role.MANAGER))
        with Statements() as one:
            document_names([records(Kind.SALE)[0]["seq"]])
        with Statements() as all_of_them:
            document_names([record["seq"] for record in records()])
        assert document_names([]) == {}
        assert document_names([10**6]) == {}
    db.session.rollback()

    assert len(one.asked) == len(all_of_them.asked) == 3  # the list of records itself is the third


def test_a_kind_has_one_name_and_may_call_its_acts_otherwise():
    app = Flask(__name__)
    acts = {"held": "Hold %(number)s", "released": "Released"}
    called = DocumentKind(lambda body: acts[body["act"]], number=lambda body: body["uid"][:4])
    name_documents(app, {Kind.RECALL: called})

    with app.app_context(), use("en"):
        assert called.said({"act": "held", "uid": "0199-7"}) == "Hold 0199"
        assert called.said({"act": "released", "uid": "0199-7"}) == "Released"
    with pytest.raises(AssertionError, match="RECALL has a name already"):
        name_documents(app, {Kind.RECALL: called})
