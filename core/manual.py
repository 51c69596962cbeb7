"""The manual: pages of Markdown, one for each thing that people ask, in both languages.

A folder holds `pages.toml` (the order, the headings, and which screens a page explains), `vi/` and `en/` with one
file a page, and `pictures/`. A page's first line is its question; English stands beside the main ones only.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from core.i18n import LANGUAGES, VIETNAMESE
from core.text import fold

PICTURES = "../pictures/"
"""How a page calls the folder of its pictures, so that it can be read as a file, too."""
_PICTURE = re.compile(r"[a-z0-9-]{1,60}\.png")


@dataclass(frozen=True)
class ManualPage:
    """One page in one language: the question it answers, and its text."""

    name: str
    language: str
    question: str
    text: str


@dataclass(frozen=True)
class ManualGroup:
    """Pages under one heading; `headings` says it in each language."""

    headings: dict[str, str]
    pages: tuple[str, ...]


class Manual:
    """The manual of a folder, read once; a page that is not there is None."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        table = tomllib.loads((folder / "pages.toml").read_text(encoding="utf-8"))
        self.groups = tuple(
            ManualGroup({language: group[language] for language in LANGUAGES}, tuple(group["pages"]))
            for group in table["groups"]
        )
        self.screens: dict[str, str] = {
            screen: name for name, screens in table["screens"].items() for screen in screens
        }
        self._pages = {
            (page.name, page.language): page for language in LANGUAGES for page in _pages_in(folder, language)
        }

    def page(self, name: str, language: str) -> ManualPage | None:
        """A page in a language; in Vietnamese where the other does not have it."""
        return self._pages.get((name, language)) or self._pages.get((name, VIETNAMESE))

    def page_for(self, screen: str, language: str) -> ManualPage | None:
        """The page that explains a screen, by its endpoint; None where the list of all pages is the better answer."""
        name = self.screens.get(screen) or self.screens.get(f"{screen.partition('.')[0]}.*")
        return self.page(name, language) if name else None

    def pages_with(self, text: str, language: str) -> list[ManualPage]:
        """The pages in which every word stands, marks left out; those that ask for them come first."""
        words = fold(text).split()
        names = [name for group in self.groups for name in group.pages]
        found = [page for name in names if (page := self.page(name, language)) and _has(page.text, words)]
        return sorted(found, key=lambda page: not _has(page.question, words))

    def picture(self, name: str) -> Path | None:
        """The file of a picture, or None."""
        path = self.folder / "pictures" / name
        return path if _PICTURE.fullmatch(name) and path.is_file() else None


def _pages_in(folder: Path, language: str) -> Iterator[ManualPage]:
    for path in sorted((folder / language).glob("*.md")):
        text = path.read_text(encoding="utf-8")
        yield ManualPage(path.stem, language, text.partition("\n")[0].removeprefix("# ").strip(), text)


def _has(text: str, words: list[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)


def as_html(page: ManualPage, *, page_at: Callable[[str], str], picture_at: Callable[[str], str]) -> str:
    """A page as HTML, its links and pictures led to their addresses. Markup inside a page is shown as text."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(page.text)
    for token in _inside(tokens):
        if token.type == "link_open":
            token.attrs["href"] = page_at(str(token.attrs["href"]))
        elif token.type == "image":
            token.attrs["src"] = picture_at(str(token.attrs["src"]).removeprefix(PICTURES))
    return str(markdown.renderer.render(tokens, markdown.options, {}))


def links_of(text: str) -> tuple[set[str], set[str]]:
    """The pages and the pictures that a page leads to, as they are written in it."""
    tokens = list(_inside(MarkdownIt("commonmark").enable("table").parse(text)))
    pages = {str(token.attrs["href"]) for token in tokens if token.type == "link_open"}
    pictures = {str(token.attrs["src"]) for token in tokens if token.type == "image"}
    return pages, pictures


def _inside(tokens: list[Token]) -> Iterator[Token]:
    return (child for token in tokens for child in token.children or ())
