"""The sticker at the counter: the shop's own opens the shift, another one stops it until a manager has seen it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.current_settings import install_settings
from core.database import db, transaction
from core.journal.record import Kind
from core.vietqr import NotVietQr, transfer_qr, with_crc
from pos.replay import verify_shop
from pos.shifts.shift import Shift
from pos.transfers.sticker import (
    NoWrongSticker,
    StickerIsWrong,
    StickerReasonMissing,
    StickerToScan,
    acknowledge_wrong_sticker,
    look_at_sticker,
    masked,
    skip_sticker,
)
from pos.transfers.sticker_table import Look, StickerLook
from tests.factories import Shop, close_shift, count_of, open_shift, records, shop_settings

ACCOUNT = "1023456789"


def qr(bank_bin: str = "970436", account: str = ACCOUNT, *, card: bool = False, name: str = "") -> str:
    """A sticker, as banks print it; with the name of its holder where there is one."""
    text = transfer_qr(bank_bin=bank_bin, account=account, amount=None, purpose="", card=card)[:-8]
    return with_crc(text + (f"59{len(name):02}{name}" if name else ""))


@pytest.fixture
def asking(shop: Shop) -> Shop:
    """A shop that wants its sticker looked at."""
    install_settings(shop.app, shop_settings(bank={"account": ACCOUNT, "sticker": True}))
    return shop


def look(shop: Shop, scanned: str) -> StickerLook:
    with transaction():
        return look_at_sticker(shop.register, scanned, by=shop.clerk)


def opened_with() -> list[object]:
    return [record["body"]["sticker"] for record in records(Kind.SHIFT_OPEN)]


@pytest.mark.parametrize("name", ["", "SHOP DUNG THU", "shop dung thu"])
def test_the_shops_own_sticker_opens_the_shift(asking: Shop, name: str) -> None:
    assert look(asking, qr(name=name)).act is Look.RIGHT

    open_shift(asking)

    assert opened_with() == ["right"]
    assert verify_shop().clean


@pytest.mark.parametrize(
    ("scanned", "found"),
    [
        (qr(account="1023456780"), "Vietcombank ***6780"),
        (qr(bank_bin="970422"), "MB Bank ***6789"),
        (qr(account="9923456789"), "Vietcombank ***6789 (≠)"),  # the mask alone would show two equal accounts
        (qr(name="NGUYEN VAN TROM"), "Vietcombank ***6789 NGUYEN VAN TROM (≠)"),
        (qr(card=True), "Vietcombank ***6789 (≠)"),
        (qr(bank_bin="999999", account="77"), "999999 ***77"),
    ],
)
def test_another_sticker_stops_the_opening_and_is_recorded(asking: Shop, scanned: str, found: str) -> None:
    assert look(asking, scanned).act is Look.WRONG

    with pytest.raises(StickerIsWrong) as stopped:
        open_shift(asking)

    assert found in str(stopped.value)
    assert "Vietcombank ***6789" in str(stopped.value)
    assert ACCOUNT not in str(stopped.value)
    assert records(Kind.STICKER)[-1]["body"]["found"] == found
    assert count_of(Shift) == 0


def test_a_wrong_sticker_is_neither_skipped_nor_outshone_by_a_right_one(asking: Shop) -> None:
    look(asking, qr(account="1023456780"))
    with pytest.raises(StickerIsWrong), transaction():
        skip_sticker(asking.register, reason="vội", by=asking.clerk)
    look(asking, qr())

    with pytest.raises(StickerIsWrong):
        open_shift(asking)


def test_after_a_managers_word_the_shift_opens_and_says_that_it_was_wrong(asking: Shop) -> None:
    look(asking, qr(account="1023456780"))
    with pytest.raises(StickerReasonMissing), transaction():
        acknowledge_wrong_sticker(asking.register, reason="", by=asking.manager)

    with transaction():
        acknowledge_wrong_sticker(asking.register, reason="đã gỡ tem dán đè", by=asking.manager)
    open_shift(asking)

    assert opened_with() == ["wrong"]
    assert verify_shop().clean


def test_a_look_may_be_skipped_with_a_reason(asking: Shop) -> None:
    with pytest.raises(StickerReasonMissing), transaction():
        skip_sticker(asking.register, reason=" ", by=asking.clerk)
    with transaction():
        skip_sticker(asking.register, reason="máy quét hỏng", by=asking.clerk)

    open_shift(asking)

    assert opened_with() == ["skipped"]


def test_without_a_look_the_shift_stays_closed_and_a_look_counts_once(asking: Shop) -> None:
    with pytest.raises(StickerToScan):
        open_shift(asking)
    look(asking, qr())
    open_shift(asking)
    close_shift(asking, 500_000)

    with pytest.raises(StickerToScan):
        open_shift(asking)


def test_each_register_has_a_sticker_of_its_own(asking: Shop) -> None:
    look(asking, qr())

    with pytest.raises(StickerToScan):
        open_shift(asking, db.session.scalars(select(type(asking.register)).filter_by(code="2")).one())


def test_a_shop_that_does_not_ask_says_nothing(shop: Shop) -> None:
    open_shift(shop)

    assert opened_with() == [None]


def test_a_shop_without_an_account_is_not_asked(shop: Shop) -> None:
    install_settings(shop.app, shop_settings(bank={"bin": "", "account": "", "sticker": True}))

    open_shift(shop)

    assert opened_with() == [None]


@pytest.mark.parametrize("scanned", ["8936012345678", "", qr()[:-1] + "0", "https://example.com"])
def test_another_code_is_no_sticker_and_leaves_no_look(asking: Shop, scanned: str) -> None:
    with pytest.raises(NotVietQr):
        look(asking, scanned)

    assert count_of(StickerLook) == 0


def test_nothing_is_acknowledged_that_was_not_found(asking: Shop) -> None:
    with pytest.raises(NoWrongSticker), transaction():
        acknowledge_wrong_sticker(asking.register, reason="x", by=asking.manager)


@pytest.mark.parametrize(
    ("account", "shown"), [("1023456789", "***6789"), ("12345678", "***78"), ("12", "***12"), ("123456789", "***6789")]
)
def test_an_account_is_shown_masked(account: str, shown: str) -> None:
    assert masked("970436", account) == f"Vietcombank {shown}"
