"""The manual as it lies in docs/manual: whole, explaining every screen, quoting the screen's own words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from config.settings import load_settings
from core.i18n import ENGLISH, VIETNAMESE
from core.manual import PICTURES, Manual, links_of
from pos.app import MANUAL, create_shop_app
from pos.closed_shop.app import create_closed_shop
from pos.data_folder import DataFolder
from pos.first_run.app import create_first_run_app
from pos.start_up_check import DamagedShop
from tests.house import text_rules
from tests.house.source import ROOT, read_project

# Where all questions help best, and what is no screen but a part or a picture of one.
WITHOUT = {
    "home.first", "home.show", "settings.index", "manual.index", "manual.show", "manual.picture", "foot.show",
    "communes.index", "settings.preview", "settings.preview_picture", "attached_files.show",
}  # fmt: skip
NAMED_BY_DIALOGS = {"approval"}  # the panel in which a manager approves lies over any screen

MAIN_TASKS = {
    "cai-dat", "nhap-bang-tinh", "mo-ca", "ban-hang", "thu-tien", "may-in", "ket-ca", "sao-luu", "khoi-phuc",
    "nhan-vien", "may-bao-do",
}  # fmt: skip

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_OPENING = re.compile(r"^\s*(?:-|\d+\.)?\s*\*\*.+?\*\*", re.MULTILINE)  # bold that begins a line names what follows
_KEY = re.compile(r"(F\d+|[A-Z][a-z]+\+\w|Enter|Esc|Del|[↑↓ ]+)")
# What stands in bold with a capital letter and is not ours: other programs, and sentences that begin in bold.
NOT_OURS = {"Terminal", "iPhone", "Android"}


@pytest.fixture(scope="module")
def manual() -> Manual:
    return Manual(MANUAL)


@pytest.fixture(scope="module")
def apps(tmp_path_factory: pytest.TempPathFactory) -> list[Flask]:
    """The three apps that somebody may have in front of them."""
    folder = DataFolder(tmp_path_factory.mktemp("shop"))
    settings = load_settings(folder.path)
    closed = create_closed_shop(DamagedShop.__new__(DamagedShop), settings)
    return [create_shop_app(settings, folder), create_first_run_app(folder), closed]


def names(manual: Manual) -> list[str]:
    return [name for group in manual.groups for name in group.pages]


def written(language: str) -> set[str]:
    return {path.stem for path in (MANUAL / language).glob("*.md")}


def texts() -> Iterator[tuple[str, str]]:
    for path in sorted(MANUAL.glob("*/*.md")):
        yield f"{path.parent.name}/{path.name}", path.read_text(encoding="utf-8")


def test_every_page_stands_under_one_heading_and_is_written(manual):
    assert sorted(names(manual)) == sorted(written(VIETNAMESE))


def test_the_main_tasks_stand_in_english_too(manual):
    assert MAIN_TASKS <= written(ENGLISH) <= set(names(manual))


def test_every_page_begins_with_its_question():
    assert [place for place, text in texts() if not re.match(r"# [^\n]+[?.]\n\n", text)] == []


def test_f1_explains_every_screen(manual, apps):
    unexplained = {
        rule.endpoint
        for app in apps
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.endpoint.endswith("static")
        if rule.endpoint not in WITHOUT and manual.page_for(rule.endpoint, VIETNAMESE) is None
    }

    assert unexplained == set(), "name them in docs/manual/pages.toml"


def test_no_page_explains_a_screen_that_is_gone(manual, apps):
    known = {name for app in apps for name in (*app.view_functions, *(f"{bp}.*" for bp in app.blueprints))}

    assert set(manual.screens) - known - NAMED_BY_DIALOGS == set()
    assert set(manual.screens.values()) <= written(VIETNAMESE)


def test_the_manual_is_open_before_the_first_shop_and_where_a_shop_stays_closed(apps):
    answers = [app.test_client().get("/help/khoi-phuc") for app in apps[1:]]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert all('data-key="F1"' in answer.text and "Máy hỏng hoặc mất" in answer.text for answer in answers)


def test_every_link_leads_to_a_page():
    lost = {(place, name) for place, text in texts() for name in links_of(text)[0] if name not in written(VIETNAMESE)}

    assert lost == set()


def test_every_picture_is_there_and_none_lies_unused():
    used = {picture.removeprefix(PICTURES) for _, text in texts() for picture in links_of(text)[1]}
    there = {path.name for path in (MANUAL / "pictures").glob("*.png")}
    known = json.loads((MANUAL / "pictures" / "words.json").read_text(encoding="utf-8"))

    assert used == there == {f"{name}.png" for name in known}


def test_the_pictures_stay_small():
    assert sum(path.stat().st_size for path in (MANUAL / "pictures").glob("*.png")) < 2_500_000


def test_every_dialog_has_its_way_to_the_manual():
    """A dialog keeps the keys for itself, so the link of the page below does not hear F1."""
    without = [
        source.path for source in read_project(".html") if "<dialog" in source.text and "help_link" not in source.text
    ]

    assert without == []


@pytest.mark.parametrize("language", [VIETNAMESE, ENGLISH])
def test_words_quoted_from_the_screen_stand_there(language):
    """In bold and with a capital letter: the screen's own words. An ellipsis stands for what differs."""
    said = [_plain(one) for one in _sentences(language)]
    lost = [
        (path.name, quoted)
        for path in sorted((MANUAL / language).glob("*.md"))
        for quoted in _quotes(path)
        if not any(all(part in sentence for part in _parts(quoted)) for sentence in said)
    ]

    assert lost == []


def _sentences(language: str) -> list[str]:
    if language == VIETNAMESE:
        tables = (path.read_text(encoding="utf-8") for path in (ROOT / "config/reference").glob("*.csv"))
        return [
            *(one.words for one in text_rules.translations(ROOT)),
            *(row for table in tables for row in table.splitlines()),
        ]
    return [one for source in read_project(".py", ".html") if source.is_ours for one in text_rules.messages(source)]


def _quotes(path: Path) -> Iterator[str]:
    for bold in _BOLD.findall(_OPENING.sub("", path.read_text(encoding="utf-8"))):
        quoted = re.sub(r" \((F\d+)\)$", "", " ".join(bold.split()).rstrip(":.,"))
        if quoted[0].isupper() and not _KEY.fullmatch(quoted) and quoted not in NOT_OURS:
            yield quoted


def _parts(quoted: str) -> list[str]:
    return [part for part in map(str.strip, _plain(quoted).split("…")) if part]


def _plain(text: str) -> str:
    return re.sub(r"%(?:\(\w+\))?[sd]", "…", text).replace("%%", "%").lower()
