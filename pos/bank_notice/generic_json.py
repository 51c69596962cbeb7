"""Notices as one JSON object each, which most banks' and relays' webhooks send; the names of the fields are settings.

The message comes from outside, so it is read narrowly: small, flat enough, no field twice, no number that is not one.
An amount is whole đồng; it may come as a number or as text, with zeros behind a point, never with groups: nobody can
know what 35.000 means to a machine.
"""

import json
import re
from datetime import datetime
from typing import Any

from config.bank_settings import BankNoticeSettings
from core.clock import VIETNAM
from core.money import Money
from pos.bank_notice.notice import BankNotice, UnreadableNotice

LARGEST_BYTES = 16 * 1024
DEEPEST = 8
_AMOUNT = re.compile(r"([0-9]{1,13})(\.0{1,2})?")
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,34}")
_REFERENCE_LIMIT, _WORDS_LIMIT = 80, 500


def read_generic_json(content: bytes, settings: BankNoticeSettings) -> BankNotice | None:
    """The notice that a JSON object tells; None for money that left the account."""
    told = _parsed(content)
    if settings.direction_field and _text(told, settings.direction_field) != settings.incoming:
        return None
    reference, account = _text(told, settings.id_field), _text(told, settings.account_field)
    if not reference or len(reference) > _REFERENCE_LIMIT or not reference.isprintable():
        raise UnreadableNotice(why=f"{settings.id_field} is missing or too long")
    if not _ACCOUNT.fullmatch(account):
        raise UnreadableNotice(why=f"{settings.account_field} is no account")
    return BankNotice(
        reference=reference,
        amount=_amount(_text(told, settings.amount_field), settings.amount_field),
        account=account,
        words=_text(told, settings.words_field)[:_WORDS_LIMIT],
        booked_at=_instant(_text(told, settings.time_field)) if settings.time_field else None,
    )


def _parsed(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST_BYTES:
        raise UnreadableNotice(why=f"more than {LARGEST_BYTES} bytes")
    try:
        text = content.decode("utf-8")
        _refuse_depth(text)
        # Fractions stay the text they were: no amount passes through a float.
        told = json.loads(text, object_pairs_hook=_each_once, parse_float=str, parse_int=str, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise UnreadableNotice(why="no JSON in UTF-8, or a field twice") from None
    if not isinstance(told, dict):
        raise UnreadableNotice(why="not one JSON object")
    return told


def _refuse_depth(text: str) -> None:
    """Refuse brackets in brackets before the parser walks into them; those inside of words count too, to no harm."""
    depth = 0
    for sign in text:
        depth += (sign in "[{") - (sign in "]}")
        if depth > DEEPEST:
            raise UnreadableNotice(why=f"brackets deeper than {DEEPEST}")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a field stands twice")
    return told


def _no_number(text: str) -> Any:
    raise ValueError(text)


def _text(told: dict[str, Any], field: str) -> str:
    """The value at a field's name, or at the end of names with points between; empty where there is none."""
    value: Any = told
    for name in field.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _amount(text: str, field: str) -> Money:
    found = _AMOUNT.fullmatch(text)
    if found is None or int(found[1]) == 0:
        raise UnreadableNotice(why=f"{field} is no amount in whole đồng")
    return Money(int(found[1]))


def _instant(text: str) -> datetime | None:
    """When the bank booked it, in Viet Nam unless it says otherwise; what cannot be read is left out."""
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        return None
    return said if said.tzinfo else said.replace(tzinfo=VIETNAM)
