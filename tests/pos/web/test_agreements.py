"""Pages of agreements: entered by rows, said in plain words, changed forward, ended; goods to fetch; consents."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import select

from core.attached_file import files_of
from core.database import db, transaction
from core.money import Money
from core.staff import Role, hire
from inventory.consignment.agreed_terms import AgreedTerms, Clause, terms_in_force
from inventory.consignment.agreement import Conditions, agreement_of, make_agreement
from inventory.consignment.agreement_table import Agreement, AgreementEnd, AgreementNotice, SettlementRhythm
from inventory.consignment.consent_table import MarkdownConsent, MarkdownConsentEnd
from inventory.consignment.loss_cause import Bearer, LossCause
from inventory.lot import Terms
from inventory.receiving.confirmation import ConfirmedBy, confirmation_of
from tests.factories import PIN, Shop, count_of, goods, producer, receive
from tests.pos.test_attached_file import PDF
from tests.pos.web.conftest import Screen, words

TODAY = date(2026, 11, 20)
MAKER = "HTX Mẫu Sơn"
COMMISSION = Terms.on_commission(1500)
KEY = "0190b5a0-0000-7000-8000-000000000001"
LOSSES = {f"loss_{cause.value}": "shop" for cause in LossCause}
FORM = {
    "paper": "12/2026/HĐKG",
    "first_day": TODAY.isoformat(),
    "last_day": "",
    "grace_days": "30",
    "notice_days": "60",
    "goods_1": "all",
    "commission_1": "15",
    "rhythm": "month",
    "batch": "",
    "minimum_payout": "",
    "payment_days": "15",
    "tax": "household",
    "note": "",
} | LOSSES


@pytest.fixture
def office(shop: Shop) -> Screen:
    """A manager's browser, in a shop with a producer's honey."""
    goods(shop, "mật ong", of=MAKER)
    return Screen(shop, Role.MANAGER)


def enter(office: Screen, shop: Shop, **fields: object):
    """Send the form of a new agreement with the maker."""
    maker = producer(shop, MAKER)
    return office.press("/inventory/agreements", **{**FORM, "producer": maker.code, **fields})


def agree(shop: Shop, **more: object) -> Agreement:
    """An agreement with the maker at 15 % of everything."""
    maker = producer(shop, MAKER)
    with transaction():
        return make_agreement(
            maker, Conditions("12/2026/HĐKG", TODAY, **more), [Clause(COMMISSION)], losses={}, by=shop.manager
        )  # fmt: skip


def terms_now() -> list[AgreedTerms]:
    return terms_in_force(agreement_of(1), TODAY)


def test_an_agreement_is_entered_and_said_in_plain_words(shop: Shop, office: Screen) -> None:
    sku = goods(shop, "mật ong", of=MAKER).sku
    rows = {
        "share_1": "50", "limit_1": "20", "goods_2": f"product:{sku}", "delivery_2": "80.000", "minimum_2": "90k",
        "goods_3": "group:I.2", "commission_3": "12,5", "goods_4": "all", "commission_4": "10", "step_4": "500.000",
    }  # fmt: skip

    answer = enter(office, shop, loss_expiry="producer", **rows)

    assert count_of(Agreement) == 1, words(answer)
    shown = words(office.get("/inventory/agreements/1"))
    assert "mật ong: giá giao 80.000 ₫. Bán được một đơn vị thì 80.000 ₫ là của chủ thể" in shown
    assert "Không bán dưới 90.000 ₫ nếu chủ thể chưa đồng ý." in shown
    assert "hoa hồng 12,5 %. Bán được 100.000 ₫ thì 87.500 ₫ là của chủ thể và 12.500 ₫ là của cửa hàng." in shown
    assert "Mọi hàng hóa: hoa hồng 15 %. Bán được 100.000 ₫ thì 85.000 ₫ là của chủ thể" in shown
    assert "Chủ thể chịu 50 % khoản giảm giá trong phạm vi 20 % giá bán; phần còn lại cửa hàng chịu." in shown
    assert "Mọi hàng hóa, từ 500.000 ₫ trở lên: hoa hồng 10 %. Bán được 500.000 ₫ thì 450.000 ₫" in shown
    assert "Quá hạn chủ thể chịu" in shown
    assert "12/2026/HĐKG" in words(office.get("/inventory/agreements"))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"paper": " "}, "Ô này còn trống"),
        ({"commission_1": ""}, "Chưa thỏa thuận gì"),
        ({"delivery_1": "80.000"}, "Dòng 1: hãy nhập hoa hồng hoặc giá giao"),
        ({"commission_1": "", "minimum_1": "80.000"}, "Dòng 1: hãy nhập hoa hồng hoặc giá giao"),
        ({"commission_1": "mười"}, "“mười” không phải là phần trăm"),
        ({"commission_1": "15,555"}, "không phải là phần trăm"),
        ({"commission_1": "101"}, "không phải là phần trăm"),
        ({"commission_1": "", "delivery_1": "80.000"}, "Giá giao được thỏa thuận cho từng sản phẩm"),
        ({"goods_1": "group:XX"}, "Không có nhóm hàng XX"),
        ({"share_1": "50"}, "Hãy nhập giới hạn lớn hơn 0 phần trăm"),
        ({"step_1": "5.000"}, "Bậc giá bắt đầu từ 0 ₫"),
        ({"last_day": "2026-11-19"}, "không thể hết hạn ngày 19/11/2026"),
        ({"grace_days": "99999"}, "từ 0 đến 3650"),
        ({"rhythm": "batch"}, "Số lượng một đợt"),
        ({"producer": "9999"}, "Không có chủ thể"),
        ({"loss_theft": "nobody"}, "không có trong danh sách"),
    ],
)
def test_what_is_typed_wrongly_is_said_and_nothing_is_kept(shop, office, fields, said) -> None:
    answer = enter(office, shop, **fields)

    assert answer.status_code == 422
    assert said in words(answer)
    assert count_of(Agreement) == 0


def test_a_batch_takes_its_quantity(shop: Shop, office: Screen) -> None:
    enter(office, shop, rhythm="batch", batch="50")

    assert agreement_of(1).rhythm is SettlementRhythm.BATCH
    assert "Theo đợt, sau khi bán được 50" in words(office.get("/inventory/agreements/1"))


def test_pressing_twice_enters_one_agreement(shop: Shop, office: Screen) -> None:
    first, again = (enter(office, shop, key=KEY) for _ in range(2))

    assert first.status_code == again.status_code
    assert count_of(Agreement) == 1


def test_the_scan_of_the_paper_is_kept_with_it_also_later(shop: Shop, office: Screen) -> None:
    enter(office, shop, files=(io.BytesIO(PDF), "hop-dong.pdf"))

    office.press("/inventory/agreements/1/papers", files=(io.BytesIO(PDF), "phu-luc.pdf"))

    assert [file.name for file in files_of(agreement_of(1).record_seq)] == ["hop-dong.pdf"]
    shown = words(office.get("/inventory/agreements/1"))
    assert "hop-dong.pdf" in shown
    assert "phu-luc.pdf" in shown


def test_new_terms_and_rules_hold_from_their_day_on(shop: Shop, office: Screen) -> None:
    agree(shop)
    tomorrow = (TODAY + timedelta(days=1)).isoformat()

    office.press("/inventory/agreements/1/terms", first_day=tomorrow, goods_1="all", commission_1="20")
    office.press("/inventory/agreements/1/losses", first_day=tomorrow, **(LOSSES | {"loss_theft": "producer"}))

    assert [row.commission for row in terms_now()] == [1500]
    shown = words(office.get("/inventory/agreements/1"))
    assert "21/11/2026: Mọi hàng hóa: hoa hồng 20 %." in shown
    assert "Mất cắp, thất lạc: chủ thể" in shown


def test_an_agreement_is_ended_after_notice(shop: Shop, office: Screen) -> None:
    agree(shop, notice_days=0)
    early = office.press("/inventory/agreements/1/end", side="shop", last_day=TODAY.isoformat(), reason="bán chậm")

    office.press("/inventory/agreements/1/notices", side="shop", given_on=TODAY.isoformat(), reason="bán chậm")
    office.press("/inventory/agreements/1/end", side="shop", last_day=TODAY.isoformat(), reason="bán chậm")

    assert early.status_code == 422
    assert "Hãy ghi thông báo trước" in words(early)
    assert (count_of(AgreementNotice), count_of(AgreementEnd)) == (1, 1)
    assert "Sắp hết hạn" in words(office.get("/inventory/agreements"))


def test_what_is_to_be_fetched_stands_on_page_and_paper(shop: Shop, office: Screen) -> None:
    agree(shop, last_day=TODAY)
    lot = receive(shop, "mật ong", 7, terms=COMMISSION, of=MAKER)
    receive(shop, "mật ong", 99, of=MAKER)  # bought: not theirs to fetch

    page = words(office.get("/inventory/agreements/1/goods"))
    pdf = office.get("/inventory/agreements/1/goods.pdf")

    text = PdfDocument(pdf.data)[0].get_textpage().get_text_range()
    for said in (page, text):
        assert lot.number in said
        assert "7 " in said
        assert "99" not in said
        assert "20/12/2026" in said
    assert pdf.mimetype == "application/pdf"


def test_goods_without_an_agreement_are_pointed_out(shop: Shop, office: Screen) -> None:
    receive(shop, "mật ong", 7, terms=COMMISSION, of=MAKER)
    without = words(office.get("/inventory/agreements"))

    agree(shop)

    assert "Luật yêu cầu hợp đồng bằng văn bản" in without
    assert MAKER in without
    assert "Luật yêu cầu hợp đồng bằng văn bản" not in words(office.get("/inventory/agreements"))


def test_a_consent_is_entered_and_ended(shop: Shop, office: Screen) -> None:
    lot = receive(shop, "mật ong", 7, terms=COMMISSION, of=MAKER)
    maker = producer(shop, MAKER)
    form = {"producer": maker.code, "goods": f"lot:{lot.number}", "price": "70.000", "share": "40",
            "first_day": TODAY.isoformat(), "last_day": TODAY.isoformat(), "reason": "sắp hết hạn",
            "confirmed": "absent", "confirmed_by": producer(shop, MAKER).code}  # fmt: skip

    office.press("/inventory/consents", **form)

    given = db.session.scalars(select(MarkdownConsent)).one()
    assert (given.lot_id, given.price, given.share) == (lot.id, Money(70_000), 4_000)
    assert confirmation_of(given.record_seq).way is ConfirmedBy.ABSENT
    shown = words(office.get("/inventory/consents", producer=maker.code))
    assert "70.000 ₫ 40 %" in shown
    assert "Chủ thể không có mặt" in shown
    office.press(f"/inventory/consents/{given.uid}/end", reason="ghi nhầm")
    assert db.session.scalars(select(MarkdownConsentEnd)).one().reason == "ghi nhầm"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"price": "0đ"}, "phải lớn hơn 0 ₫"),
        ({"share": "120"}, "không phải là phần trăm"),
        ({"goods": "lot:999"}, "999"),
        ({"first_day": "2026-11-19"}, "ngày đó đã qua"),
        ({"reason": " "}, "Ô này còn trống"),
        ({"confirmed": ""}, "Ô này còn trống"),
        ({"confirmed": "signature"}, "Chưa có ai ký"),
        ({"confirmed": "code", "counter_pin": "123456"}, ""),  # he never set one
    ],
)
def test_a_consent_that_cannot_be_is_refused(shop, office, fields, said) -> None:
    lot = receive(shop, "mật ong", 7, terms=COMMISSION, of=MAKER)
    form = {"producer": producer(shop, MAKER).code, "goods": f"lot:{lot.number}", "price": "70.000", "share": "40",
            "first_day": TODAY.isoformat(), "last_day": TODAY.isoformat(), "reason": "sắp hết hạn",
            "confirmed": "absent", "confirmed_by": producer(shop, MAKER).code}  # fmt: skip

    answer = office.press("/inventory/consents", **(form | fields))

    assert answer.status_code == 422
    assert said in words(answer)
    assert count_of(MarkdownConsent) == 0


def test_an_auditor_looks_and_changes_nothing(shop: Shop, office: Screen) -> None:
    agree(shop)
    with transaction():
        hire(name="Ánh", role=Role.AUDITOR, pin=PIN, by=shop.owner)
    auditor = Screen(shop, Role.AUDITOR)

    shown = auditor.get("/inventory/agreements/1")

    assert shown.status_code == 200
    assert "<form" not in shown.text.split("<main")[1].split("</main>")[0]
    assert auditor.get("/inventory/agreements/new").status_code == 403
    assert auditor.press("/inventory/agreements/1/end", side="both").status_code == 403


def test_the_form_of_a_new_agreement_asks_for_the_producer_first(shop: Shop, office: Screen) -> None:
    maker = producer(shop, MAKER)

    assert MAKER in office.get("/inventory/agreements/new").text
    form = office.get("/inventory/agreements/new", producer=f"{maker.code} {MAKER}")
    assert 'value="product:' in form.text
    assert Bearer.PRODUCER.value in form.text
