"""The sticker on the page that opens a shift: scanned, found wrong and acknowledged, skipped; and printed."""

from __future__ import annotations

import pytest
import zxingcpp
from sqlalchemy import select

from core.approval import Approval
from core.current_settings import install_settings
from core.database import db
from core.journal.record import Kind
from core.staff import Role
from core.vietqr import read_vietqr, transfer_qr
from pos.shifts.shift import Shift
from pos.transfers.sticker_paper import sticker_of
from printers.layouts.sticker import lay_out_sticker
from printers.raster import draw
from printers.spool import PrintJob
from tests.factories import Shop, count_of, records, shop_settings
from tests.pos.web.conftest import Screen, words

RIGHT = transfer_qr(bank_bin="970436", account="1023456789", amount=None, purpose="")
WRONG = transfer_qr(bank_bin="970422", account="9923450000", amount=None, purpose="")


@pytest.fixture
def clerk(shop: Shop) -> Screen:
    """A clerk in front of a shop that wants its sticker looked at."""
    install_settings(shop.app, shop_settings(demo=True, bank={"account": "1023456789", "sticker": True}))
    return Screen(shop)


def test_the_page_asks_for_the_sticker_before_the_float(clerk: Screen) -> None:
    page = clerk.get("/shift")

    assert "Quét tem VietQR đặt ở quầy" in words(page)
    assert "data-scanner" in page.text
    assert 'name="amount"' not in page.text


def test_the_right_one_leads_to_the_float(clerk: Screen) -> None:
    answer = clerk.press("/shift/sticker", code=RIGHT + "\r\n")
    assert answer.headers["HX-Redirect"].endswith("/shift")
    assert "Tem dẫn đúng tới tài khoản của cửa hàng" in words(clerk.get("/shift"))

    clerk.press("/shift/opening", amount="500.000")

    assert [record["body"]["sticker"] for record in records(Kind.SHIFT_OPEN)] == ["right"]


def test_a_wrong_one_stops_loudly_names_both_accounts_masked_and_needs_a_manager(shop: Shop, clerk: Screen) -> None:
    clerk.press("/shift/sticker", code=WRONG)

    page = clerk.get("/shift")
    assert "DỪNG LẠI: đây không phải tem của cửa hàng" in words(page)
    assert "Tem dẫn tiền tới MB Bank ***0000" in words(page)
    assert "Tài khoản của cửa hàng là Vietcombank ***6789" in words(page)
    assert "9923450000" not in page.text
    assert 'data-sound="refused"' in page.text
    stopped = clerk.press("/shift/opening", amount="500.000")
    assert stopped.status_code == 422
    assert "DỪNG LẠI: tem ở quầy dẫn tiền tới MB Bank ***0000" in words(stopped)
    assert count_of(Shift) == 0

    alone = clerk.press("/shift/sticker/acknowledgement", reason="đã gỡ")
    assert alone.status_code == 403
    clerk.press("/shift/sticker/acknowledgement", reason="đã gỡ", approver=shop.manager.code, approver_pin="135790")
    assert [(one.act.value, one.approver_id) for one in db.session.scalars(select(Approval))] == [
        ("wrong_sticker", shop.manager.id)
    ]
    clerk.press("/shift/opening", amount="500.000")
    assert [record["body"]["sticker"] for record in records(Kind.SHIFT_OPEN)] == ["wrong"]
    assert [record["body"]["act"] for record in records(Kind.STICKER)] == ["wrong", "seen"]


def test_skipping_asks_for_the_reason_and_is_recorded(clerk: Screen) -> None:
    assert "vì sao không quét" in words(clerk.press("/shift/sticker/skipping", reason=""))

    clerk.press("/shift/sticker/skipping", reason="máy quét hỏng")
    clerk.press("/shift/opening", amount="500.000")

    assert [record["body"]["sticker"] for record in records(Kind.SHIFT_OPEN)] == ["skipped"]


@pytest.mark.parametrize("code", ["8936012345678", "", "<script>"])
def test_another_code_is_refused_with_a_sentence(clerk: Screen, code: str) -> None:
    answer = clerk.press("/shift/sticker", code=code)

    assert answer.status_code == 422
    assert "VietQR" in words(answer)
    assert records(Kind.STICKER) == []


def test_a_shift_is_not_opened_past_the_sticker(clerk: Screen) -> None:
    answer = clerk.press("/shift/opening", amount="500.000")

    assert answer.status_code == 422
    assert "quét tem VietQR ở quầy trước" in words(answer)


def test_a_shop_that_does_not_ask_shows_the_float_at_once(screen: Screen) -> None:
    assert 'name="amount"' in screen.get("/shift").text


def test_the_printed_sticker_is_the_one_that_the_scan_accepts(shop: Shop, clerk: Screen) -> None:
    manager = Screen(shop, Role.MANAGER)

    manager.press("/shift/sticker/papers")

    assert [job.kind for job in db.session.scalars(select(PrintJob))] == ["bank_sticker"]
    assert manager.get("/shift/sticker/picture.png").mimetype == "image/png"
    drawn = sticker_of(shop_settings(bank={"account": "1023456789"}))
    asked = read_vietqr(drawn.qr)
    assert (asked.bank_bin, asked.account, asked.amount, asked.dynamic) == ("970436", "1023456789", None, False)
    (seen,) = zxingcpp.read_barcodes(draw(lay_out_sticker(drawn), 384).convert("L"))
    clerk.press("/shift/sticker", code=seen.text)
    assert [record["body"]["act"] for record in records(Kind.STICKER)] == ["right"]


def test_without_an_account_there_is_no_sticker(shop: Shop) -> None:
    install_settings(shop.app, shop_settings(demo=True, bank={"bin": "", "account": ""}))

    answer = Screen(shop, Role.MANAGER).press("/shift/sticker/papers")

    assert answer.status_code == 422
    assert count_of(PrintJob) == 0
