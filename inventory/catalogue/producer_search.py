"""Search for producers: by name, code, tax code, last digits of the telephone, or the place, with or without marks."""

import re
from collections.abc import Iterable

from sqlalchemy import Row, select

from config.reference.localities import address_line, province
from core.database import db
from core.text import clean, fold
from inventory.catalogue.producer import Producer

_LONGEST = 100
_MOST_WORDS = 8
_FEWEST_DIGITS = 3
_GAPS = re.compile(r"[ .\-]")


def find_producers(
    text: str = "", *, retired: bool | None = False, province_id: str | None = None, limit: int = 100
) -> list[Producer]:
    """The producers that a few typed words mean, by name; without words all of them.

    `retired`: only those the shop stopped working with, only the others, or with None both. A shop has some hundred
    producers, so they are looked through here: names of places stand in no column.
    """
    words = _words(clean(text[: 4 * _LONGEST], limit=4 * _LONGEST)[:_LONGEST])
    rows = select(*(getattr(Producer, name) for name in _LOOKED_AT)).order_by(Producer.name_folded, Producer.id)
    if retired is not None:
        rows = rows.where(Producer.retired_on.is_not(None) if retired else Producer.retired_on.is_(None))
    if province_id:
        rows = rows.where(Producer.province_id == province_id)
    found = [row.id for row in db.session.execute(rows) if _means(words, row)][:limit]
    known = {one.id: one for one in db.session.scalars(select(Producer).where(Producer.id.in_(found)))}
    return [known[number] for number in found]


_LOOKED_AT = ("id", "code", "name_folded", "locality_id", "province_id", "old_commune", "old_district", "tax_code",
              "phone")  # fmt: skip


def _words(text: str) -> list[str]:
    """A number may be typed in groups: 0912 345 678 is one word."""
    number = _GAPS.sub("", text)
    return [number] if number.isascii() and number.isdigit() else text.split()[:_MOST_WORDS]


def _means(words: Iterable[str], row: Row[tuple[object, ...]]) -> bool:
    """Every word stands somewhere: letters in the name or the place, digits in a number."""
    if not words:
        return True
    text = f"{row.name_folded} {fold(place_of(row.locality_id, row.province_id))} "
    text += fold(f"{row.old_commune} {row.old_district}")
    return all(fold(word) in text or _is_number_of(word, row) for word in words)


def _is_number_of(word: str, row: Row[tuple[object, ...]]) -> bool:
    digits = _GAPS.sub("", word)
    if not (digits.isascii() and digits.isdigit()):
        return False
    if row.code.endswith(digits):
        return True
    numbers = (re.sub(r"\D", "", row.tax_code or ""), re.sub(r"\D", "", row.phone))
    return len(digits) >= _FEWEST_DIGITS and (numbers[0].startswith(digits) or numbers[1].endswith(digits))


def place_of(locality_id: str | None, province_id: str | None) -> str:
    """Commune and province of today as papers write them, the province alone, or nothing."""
    if locality_id:
        return address_line(locality_id)
    return province(province_id).full_name if province_id else ""
