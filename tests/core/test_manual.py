"""The manual: pages found by question, word and screen; nothing outside its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.manual import Manual, as_html, links_of

PAGES = """
[[groups]]
vi = "Hằng ngày"
en = "Every day"
pages = ["ket-ca", "ban-hang"]

[screens]
ket-ca = ["shifts.closing"]
ban-hang = ["till.*"]
"""


@pytest.fixture
def manual(tmp_path: Path) -> Manual:
    """Two pages, one of them also in English, and a picture."""
    for place in ("vi", "en", "pictures"):
        (tmp_path / place).mkdir()
    (tmp_path / "pages.toml").write_text(PAGES, encoding="utf-8")
    (tmp_path / "vi" / "ket-ca.md").write_text(
        "# Để kết ca, thu ngân làm gì?\n\nĐếm tiền. <b>x</b>\n", encoding="utf-8"
    )
    (tmp_path / "vi" / "ban-hang.md").write_text(
        "# Bán hàng\n\nQuét mã, ![màn hình](../pictures/till.png), [đếm](ket-ca).\n"
    )
    (tmp_path / "en" / "ban-hang.md").write_text("# How do I sell?\n")
    (tmp_path / "pictures" / "till.png").write_bytes(b"PNG")
    return Manual(tmp_path)


def html_of(manual: Manual, name: str) -> str:
    page = manual.page(name, "vi")
    return as_html(page, page_at="/help/{}?back=/till".format, picture_at="/help/pictures/{}".format)


def test_a_page_is_its_question(manual):
    assert manual.page("ket-ca", "vi").question == "Để kết ca, thu ngân làm gì?"


def test_what_has_no_english_is_shown_in_vietnamese(manual):
    assert manual.page("ban-hang", "en").language == "en"
    assert manual.page("ket-ca", "en").language == "vi"


def test_a_screen_leads_to_the_page_that_explains_it(manual):
    assert manual.page_for("shifts.closing", "vi").name == "ket-ca"
    assert manual.page_for("till.show", "vi").name == "ban-hang"
    assert manual.page_for("products.index", "vi") is None


def test_pages_are_found_without_marks_and_those_that_ask_come_first(manual):
    assert [page.name for page in manual.pages_with("dem", "vi")] == ["ket-ca", "ban-hang"]
    assert [page.name for page in manual.pages_with("ban hang", "vi")] == ["ban-hang"]
    assert manual.pages_with("dem voi", "vi") == []


def test_markup_in_a_page_is_text(manual):
    assert "<b>" not in html_of(manual, "ket-ca")


def test_links_and_pictures_get_their_addresses(manual):
    html = html_of(manual, "ban-hang")

    assert '<img src="/help/pictures/till.png"' in html
    assert '<a href="/help/ket-ca?back=/till"' in html


def test_what_a_page_leads_to_is_known(manual):
    assert links_of(manual.page("ban-hang", "vi").text) == ({"ket-ca"}, {"../pictures/till.png"})


@pytest.mark.parametrize("name", ["../pages", "ket-ca.md", "", "KET-CA", "a" * 61])
def test_only_pages_of_the_folder_are_read(manual, name):
    assert manual.page(name, "vi") is None


@pytest.mark.parametrize("name", ["../pages.toml", "till.PNG", "x.png", ""])
def test_only_pictures_of_the_folder_are_shown(manual, name):
    assert manual.picture(name) is None
    assert manual.picture("till.png") is not None
