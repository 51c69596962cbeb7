from __future__ import annotations

import json
import threading
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.numbers import format_currency

from core import i18n
from core.i18n import gettext, use, written, written_day, written_instant, written_moment, written_quantity
from core.money import Money
from core.quantity import Quantity, Unit

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "text_vi.json").read_text(encoding="utf-8"))
CATALOGUES = sorted((i18n.LOCALE / "vi").glob("*.po"))


@pytest.mark.parametrize(("dong", "said"), VECTORS["money"])
def test_amounts_are_written_as_cldr_writes_them(dong: int, said: str) -> None:
    assert written(Money(dong)) == said.replace(" ₫", "\u00a0₫")
    assert written(Money(dong)) == format_currency(dong, "VND", locale="vi")


def test_amounts_are_the_same_in_both_languages() -> None:
    with use("en"):
        assert written(Money(1_005_000)) == "1.005.000\u00a0₫"


def test_days_have_two_digits_and_the_whole_year() -> None:
    for iso, said in VECTORS["date"]:
        assert written_day(date.fromisoformat(iso)) == said


def test_instants_are_told_in_viet_nam() -> None:
    instant = datetime(2026, 11, 21, 18, 5, tzinfo=UTC)

    assert written_instant(instant) == "22/11/2026 01:05"
    assert written_moment(instant) == "01:05"


@pytest.mark.parametrize(
    ("thousandths", "unit", "said"),
    [(850, Unit.KILOGRAM, "0,85"), (2000, Unit.PIECE, "2"), (1_234_500, None, "1.234,5"), (-500, None, "-0,5")],
)
def test_quantities_have_a_comma_and_no_idle_zeros(thousandths: int, unit: Unit | None, said: str) -> None:
    assert written_quantity(Quantity(thousandths), unit) == said


def test_part_of_a_piece_is_never_written() -> None:
    with pytest.raises(AssertionError):
        written_quantity(Quantity(500), Unit.PIECE)


def test_vietnamese_is_spoken_unless_someone_chose_english() -> None:
    assert gettext("Sign in") == "Đăng nhập"
    with use("en"):
        assert gettext("Sign in") == "Sign in"
    assert gettext("Sign in") == "Đăng nhập"


def test_a_language_that_is_not_there_is_vietnamese() -> None:
    with use("../../etc"):
        assert i18n.current_language() == "vi"


def test_a_thread_of_its_own_speaks_vietnamese() -> None:
    heard: list[str] = []
    with use("en"):
        thread = threading.Thread(target=lambda: heard.append(gettext("Sign in")))
        thread.start()
        thread.join()

    assert heard == ["Đăng nhập"]


def test_places_are_filled_and_a_sentence_without_values_keeps_its_signs() -> None:
    assert gettext("%(count)s stars", count=5) == "5 sao"
    assert gettext("100 % cotton") == "100 % cotton"
    assert gettext("") == ""


def test_some_catalogue_is_there() -> None:
    assert "core.po" in [path.name for path in CATALOGUES]


def test_vietnamese_is_written_in_one_form() -> None:
    for path in CATALOGUES:
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), path
