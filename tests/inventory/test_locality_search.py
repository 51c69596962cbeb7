"""A commune is found by letters of its name today or of what papers of before 1/7/2025 call it."""

from __future__ import annotations

from datetime import date

import pytest

from config.reference.localities import address_line
from inventory.catalogue.locality_search import find_communes, is_called, places_before

TODAY = date(2026, 11, 22)


def names(words: str) -> list[str]:
    return [address_line(one.id) for one in find_communes(words, TODAY)]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("mau son lang", "Xã Mẫu Sơn, Tỉnh Lạng Sơn"),
        ("Ky\u0300 Lu\u031ba\u0300", "Phường Kỳ Lừa, Tỉnh Lạng Sơn"),  # NFD
        ("dong mo", "Xã Chi Lăng, Tỉnh Lạng Sơn"),  # the old town's name
        ("Đồng Mỏ, Chi Lăng", "Xã Chi Lăng, Tỉnh Lạng Sơn"),
        ("thị trấn cao lộc", "Phường Kỳ Lừa, Tỉnh Lạng Sơn"),  # not xã Cao Lộc, which lacks the town
        ("xã chi lăng", "Xã Chi Lăng, Tỉnh Lạng Sơn"),
    ],
)
def test_the_place_meant_comes_first(words, first):
    assert names(words)[0] == first


def test_names_that_repeat_are_all_shown():
    assert names("chi lăng")[:3] == [
        "Xã Chi Lăng, Tỉnh Lạng Sơn", "Xã Chi Lăng, Tỉnh Bắc Ninh", "Phường Chi Lăng, Tỉnh An Giang",
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["", " , ", "khong dau ca", "x" * 500])
def test_nothing_is_found_by_nothing(words):
    assert names(words) == []


def test_what_a_commune_was_before_is_told_with_its_district():
    chi_lang = find_communes("chi lăng, lạng sơn", TODAY)[0]

    assert "Thị trấn Đồng Mỏ, Huyện Chi Lăng, Lạng Sơn" in places_before(chi_lang.id)
    assert is_called(chi_lang, "chi lang")
    assert not is_called(chi_lang, "dong mo")
