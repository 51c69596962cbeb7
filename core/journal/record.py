"""Kinds of journal records, and the one way to write a record as bytes.

A record is JSON as RFC 8785 writes it, held to a set of types on which Python's own encoder gives the same
bytes: strings in NFC, whole numbers up to 2^53 - 1, true, false, null, lists, objects with ASCII keys.
"""

import json
import os
import re
import unicodedata
import uuid
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from core import clock

LARGEST = 2**53 - 1
SCHEMA = 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Kind(StrEnum):
    """What a record tells of; docs/journal.md lists each with its body. A kind never changes its meaning."""

    # the journal itself
    GENESIS = "GENESIS"
    CLOCK_ADJ = "CLOCK_ADJ"
    CLOCK_RIGHT = "CLOCK_RIGHT"
    OUTAGE = "OUTAGE"
    KEY_ROTATE = "KEY_ROTATE"
    RESTORE = "RESTORE"
    GAP_DECLARED = "GAP_DECLARED"
    DRILL = "DRILL"
    # the shop
    CONFIG = "CONFIG"
    STAFF = "STAFF"
    DEVICE = "DEVICE"
    LOCKOUT = "LOCKOUT"
    APPROVAL = "APPROVAL"
    REGISTER = "REGISTER"
    BREACH = "BREACH"
    PRINTER = "PRINTER"
    # the catalogue
    PRODUCER = "PRODUCER"
    PRODUCT = "PRODUCT"
    NUMBER = "NUMBER"
    PRICE = "PRICE"
    TAX_CLASS = "TAX_CLASS"
    CERTIFICATE = "CERTIFICATE"
    ELIGIBILITY = "ELIGIBILITY"
    LICENCE = "LICENCE"
    RECALL = "RECALL"
    RECALL_ACK = "RECALL_ACK"
    LABELS = "LABELS"
    # goods
    LOCATION = "LOCATION"
    HOLD = "HOLD"
    CONSIGN_IN = "CONSIGN_IN"
    CONSIGN_OUT = "CONSIGN_OUT"
    GOODS_IN = "GOODS_IN"
    GOODS_IN_REVERSED = "GOODS_IN_REVERSED"
    GOODS_LIST = "GOODS_LIST"
    GOODS_OUT = "GOODS_OUT"
    STOCK_ADJ = "STOCK_ADJ"
    STOCK_COUNT = "STOCK_COUNT"
    SHELF_MOVE = "SHELF_MOVE"
    WRITE_OFF = "WRITE_OFF"
    OWN_USE = "OWN_USE"
    MOVE_BACK = "MOVE_BACK"
    POINT = "POINT"
    TRANSFER = "TRANSFER"
    # reordering
    SUPPLY = "SUPPLY"
    REQUEST = "REQUEST"
    REQUEST_CLOSE = "REQUEST_CLOSE"
    PAST_DEMAND = "PAST_DEMAND"
    # consignment
    COUNTER_CODE = "COUNTER_CODE"
    AGREEMENT = "AGREEMENT"
    MARKDOWN_CONSENT = "MARKDOWN_CONSENT"
    CONSENT = "CONSENT"
    CLAIM = "CLAIM"
    SETTLEMENT = "SETTLEMENT"
    # the till
    PROMOTION = "PROMOTION"
    SHIFT_OPEN = "SHIFT_OPEN"
    SALE = "SALE"
    REFUND = "REFUND"
    VOID = "VOID"
    CORRECTION = "CORRECTION"
    TRAINING = "TRAINING"
    CASH_IN = "CASH_IN"
    CASH_OUT = "CASH_OUT"
    DEPOSIT_SEEN = "DEPOSIT_SEEN"
    DRAWER = "DRAWER"
    VISITOR = "VISITOR"
    BANK_TRANSFER = "BANK_TRANSFER"
    BANK_MONEY = "BANK_MONEY"
    STICKER = "STICKER"
    PRINT = "PRINT"
    INVOICE = "INVOICE"
    SHIFT_CLOSE = "SHIFT_CLOSE"
    DAY_CLOSE = "DAY_CLOSE"


# A record of these kinds is a new version of the catalogue; `cat` of what follows is its hash.
CATALOGUE_KINDS = frozenset(
    {
        Kind.PRODUCER,
        Kind.PRODUCT,
        Kind.NUMBER,
        Kind.PRICE,
        Kind.TAX_CLASS,
        Kind.CERTIFICATE,
        Kind.ELIGIBILITY,
        Kind.LICENCE,
        Kind.RECALL,
    }
)


# All that is written while somebody practises: the practice itself, how a paper came out, and a wrong PIN's lock.
WHILE_PRACTISING = frozenset({Kind.TRAINING, Kind.PRINT, Kind.LOCKOUT})


class NotCanonical(ValueError):
    """Something that a record must not hold, or bytes that are not written the one way."""


def canonical(value: dict[str, Any]) -> bytes:
    """The bytes of a record or of a part of one; NotCanonical for what may not stand in it."""
    _check(value)
    return _encoded(value)


def _encoded(value: dict[str, Any]) -> bytes:
    try:
        return _encode(value).encode("utf-8")
    except UnicodeEncodeError as trouble:
        raise NotCanonical(f"a lone surrogate: {trouble}") from None


_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False).encode


def _check(value: Any) -> None:
    kind = type(value)
    if kind is dict:
        _check_keys(value)
        for part in value.values():
            _check(part)
    elif kind is list:
        for part in value:
            _check(part)
    else:
        _check_single(value, kind)


def _check_single(value: Any, kind: type) -> None:
    if kind is str:
        if not value.isascii() and not unicodedata.is_normalized("NFC", value):
            raise NotCanonical(f"not NFC: {value!r}")
    elif kind is int:
        if not -LARGEST <= value <= LARGEST:
            raise NotCanonical(f"beyond 2^53 - 1: {value}")
    elif value is not None and kind is not bool:
        raise NotCanonical(f"no place in a record for {kind.__name__}: {value!r}")


def _check_keys(value: dict[Any, Any]) -> None:
    for key in value:
        if type(key) is not str or not key.isascii():
            raise NotCanonical(f"a key must be ASCII text: {key!r}")


def parse(text: str | bytes) -> dict[str, Any]:
    """What a record says; NotCanonical unless it is written exactly as `canonical` writes it."""
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    try:
        value = _decoder.decode(data.decode("utf-8"))
    except (ValueError, RecursionError) as trouble:
        raise NotCanonical(f"not such JSON: {trouble}") from None
    if not isinstance(value, dict):
        raise NotCanonical("a record is a JSON object")
    if _written(value, data) != data:
        raise NotCanonical("not written in the one way of RFC 8785")
    return value


_MAYBE_TOO_LARGE = re.compile(rb"[0-9]{16}")


def _written(value: dict[str, Any], data: bytes) -> bytes:
    """As `canonical`, for a value just read from these bytes: one look at all of them spares one at each part.

    JSON gave it no other types, and its keys were looked at; left are accents and large numbers.
    """
    if _MAYBE_TOO_LARGE.search(data) or not unicodedata.is_normalized("NFC", data.decode()):
        return canonical(value)
    return _encoded(value)


def _no_double_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise NotCanonical("a key stands twice")
    if not "".join(value).isascii():
        raise NotCanonical(f"a key must be ASCII text: {sorted(value)!r}")
    return value


def _no_float(text: str) -> Any:
    raise NotCanonical(f"only whole numbers: {text}")


_decoder = json.JSONDecoder(object_pairs_hook=_no_double_keys, parse_float=_no_float, parse_constant=_no_float)


def uuid7() -> str:
    """A new UUIDv7 (RFC 9562): the shop's clock in front, so that names sort by time; the rest is chance."""
    millis = (clock.now() - _EPOCH) // timedelta(milliseconds=1)
    chance = int.from_bytes(os.urandom(10), "big")
    high = (millis & (1 << 48) - 1) << 16 | 0x7000 | chance >> 68
    low = 0b10 << 62 | chance & (1 << 62) - 1
    return str(uuid.UUID(int=high << 64 | low))
