"""The QR text of a transfer, as NAPAS lays it out (Quy định về định dạng VietQR v1.0, 09/2021; EMVCo).

It shows what to pay; it does not prove that anything was paid.
"""

from __future__ import annotations

import binascii
import re
import unicodedata
from dataclasses import dataclass

from core.errors import RuleBroken
from core.i18n import N_
from core.money import Money

_NAPAS = "A000000727"
_TO_ACCOUNT, _TO_CARD = "QRIBFTTA", "QRIBFTTC"
_FIELD_LIMIT = 25
_AMOUNT_LIMIT = 13
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}")
_BANK_BIN = re.compile(r"[0-9]{6}")
_AMOUNT = re.compile(r"0*[1-9][0-9]*(\.0*)?")
_CRC = re.compile(r"6304[0-9A-Fa-f]{4}")
_LENGTH_LIMITS = {"59": 25, "60": 15, "62": 99}

Fields = dict[str, str]


class AmountNotForQr(RuleBroken):
    """An amount that a transfer QR cannot ask for."""

    message = N_("A transfer code cannot ask for %(amount)s. Take another kind of payment.")


class NotVietQr(RuleBroken):
    """Text that is no VietQR: damaged, or a code of another kind; `values["why"]` tells which, for the log."""

    message = N_("This is not a readable VietQR code. Scan it again or ask for another.")


@dataclass(frozen=True)
class VietQr:
    """What a VietQR asks for."""

    bank_bin: str
    account: str
    card: bool
    dynamic: bool
    amount: Money | None
    purpose: str | None = None
    bill: str | None = None
    reference: str | None = None
    terminal: str | None = None
    merchant: str | None = None


def transfer_qr(
    *, bank_bin: str, account: str, amount: Money | None, purpose: str, bill: str | None = None, card: bool = False
) -> str:
    """The text of a QR that fills in a transfer: dynamic with an amount, static without.

    The purpose is cut at 25 characters, so begin it with the order code. `bill` takes at most 25 ASCII characters.
    """
    if not _BANK_BIN.fullmatch(bank_bin) or not _ACCOUNT.fullmatch(account):
        raise ValueError(f"No bank account: {bank_bin!r} {account!r}")
    to = _field("00", bank_bin) + _field("01", account)
    fields = [
        _field("00", "01"),
        _field("01", "11" if amount is None else "12"),
        _field("38", _field("00", _NAPAS) + _field("01", to) + _field("02", _TO_CARD if card else _TO_ACCOUNT)),
        _field("53", "704"),
        _field("54", _amount_text(amount)),
        _field("58", "VN"),
        _field("62", _field("01", _bill_text(bill)) + _field("08", purpose_text(purpose))),
    ]
    return with_crc("".join(fields))


def purpose_text(text: str) -> str:
    """The purpose of a transfer as every bank takes it: ASCII letters, digits, blanks, - and . ; at most 25.

    >>> purpose_text("12034 Cửa hàng Đồng Đăng")
    '12034 Cua hang Dong Dang'
    """
    # đ has no decomposition: NFD alone would lose it.
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    kept = re.sub(r"[^0-9A-Za-z .-]", "", re.sub(r"\s", " ", plain))
    return " ".join(kept.split())[:_FIELD_LIMIT].rstrip()


def with_crc(text: str) -> str:
    """The text with its check at the end: CRC-16/CCITT-FALSE in capital hex."""
    begun = text + "6304"
    return begun + _crc(begun)


def read_vietqr(text: str) -> VietQr:
    """What a VietQR asks for; anything damaged or of another kind raises NotVietQr.

    A scanner's line end is taken off, and the check may be in small letters as some banks write it.
    """
    payload = text.rstrip("\r\n ")
    if not payload.isascii() or not payload.isprintable():
        raise NotVietQr(why="not plain characters")
    if not _CRC.fullmatch(payload[-8:]) or _crc(payload[:-4]) != payload[-4:].upper():
        raise NotVietQr(why="wrong check")
    fields = _read_fields(payload[:-8])
    _require(fields.get("00") == "01" and payload.startswith("0002"), "no payment code")
    _require(fields.get("01") in ("11", "12"), "kind of code")
    _require(fields.get("53") == "704" and fields.get("58") == "VN", "not in đồng in Viet Nam")
    for tag, limit in _LENGTH_LIMITS.items():
        _require(len(fields.get(tag, "")) <= limit, f"field {tag} too long")
    return _asked_by(fields)


def _asked_by(fields: Fields) -> VietQr:
    to = _read_fields(fields.get("38", ""))
    _require(to.get("00") == _NAPAS, "not from NAPAS")
    _require(to.get("02") in (_TO_ACCOUNT, _TO_CARD), "neither to an account nor to a card")
    beneficiary = _read_fields(to.get("01", ""))
    bank_bin, account = beneficiary.get("00", ""), beneficiary.get("01", "")
    _require(_BANK_BIN.fullmatch(bank_bin) is not None and _ACCOUNT.fullmatch(account) is not None, "no account")
    more = _read_fields(fields.get("62", ""))
    _require(all(len(value) <= _FIELD_LIMIT for value in more.values()), "field 62 too long")
    return VietQr(
        bank_bin=bank_bin,
        account=account,
        card=to["02"] == _TO_CARD,
        dynamic=fields["01"] == "12",
        amount=_read_amount(fields.get("54")),
        purpose=more.get("08"),
        bill=more.get("01"),
        reference=more.get("05"),
        terminal=more.get("07"),
        merchant=fields.get("59"),
    )


def _read_fields(text: str) -> Fields:
    """Tag, two digits of length, value, and so on to the exact end; no tag twice."""
    fields: Fields = {}
    at = 0
    while at < len(text):
        tag, length = text[at : at + 2], text[at + 2 : at + 4]
        _require(len(length) == 2 and (tag + length).isdigit(), "broken structure")
        value = text[at + 4 : at + 4 + int(length)]
        _require(0 < int(length) == len(value) and tag not in fields, "broken structure")
        fields[tag] = value
        at += 4 + len(value)
    return fields


def _read_amount(text: str | None) -> Money | None:
    if text is None:
        return None
    _require(len(text) <= _AMOUNT_LIMIT and _AMOUNT.fullmatch(text) is not None, "amount")
    return Money(int(text.split(".")[0]))


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02}{value}" if value else ""


def _amount_text(amount: Money | None) -> str:
    if amount is None:
        return ""
    if amount.dong <= 0 or len(str(amount.dong)) > _AMOUNT_LIMIT:
        raise AmountNotForQr(amount=amount)
    return str(amount.dong)


def _bill_text(bill: str | None) -> str:
    if bill is not None and not (bill.isascii() and bill.isprintable() and 0 < len(bill) <= _FIELD_LIMIT):
        raise ValueError(f"A bill number in a QR has 1 to {_FIELD_LIMIT} ASCII characters: {bill!r}")
    return bill or ""


def _crc(text: str) -> str:
    return f"{binascii.crc_hqx(text.encode('ascii'), 0xFFFF):04X}"


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise NotVietQr(why=otherwise)
