"""Every sentence that a person reads is English in the code and Vietnamese in core/locale/vi, and none is left over."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from tests.house.source import Source

CATALOGUES = "core/locale/vi"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
PLACE = re.compile(r"%\((\w+)\)")
COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->|/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
MARKED_LETTER = re.compile("[ăâđêôơưĂÂĐÊÔƠƯàáãèéìíòóõùúýÀÁÃÈÉÌÍÒÓÕÙÚÝĩũĨŨ\u1ea0-\u1ef9]")
MARKED_WORD = re.compile(rf"\w{MARKED_LETTER.pattern}|{MARKED_LETTER.pattern}\w")

# Data and rules of the language itself are no sentences. Some words stay as they are in English too: the language's own
# name, the currency, a unit on a label, what people type for thousands and millions, and a quoted “example”.
MAY_SPEAK_VIETNAMESE = ("config/reference/", "core/text", "core/amount_in_words", "core/locale/", "pos/demo/")
SAME_IN_ENGLISH = re.compile(r"Tiếng(?:\s|\\u00a0)Việt|\b(?:đồng|vnđ|lít|nghìn|ngàn|triệu)\b|%\(\w+\)s|“[^”]*”")


@dataclass(frozen=True)
class Translation:
    """One line of a catalogue."""

    place: str
    message: str
    words: str
    fuzzy: bool = False


def messages(source: Source) -> dict[str, str]:
    """What a file asks to be translated, with the place where it does; one and many count as two."""
    file = io.BytesIO(source.text.encode())
    if source.is_python:
        found = ((line, text) for line, text, *_ in extract("python", file, keywords=KEYWORDS))
    elif source.path.suffix == ".html":
        options = {"trimmed": "true", "silent": "false"}
        found = ((line, text) for line, _, text, _ in babel_extract(file, tuple(KEYWORDS), (), options))
    else:
        return {}
    return {text: f"{source.path}:{line}" for line, texts in found for text in as_tuple(texts) if isinstance(text, str)}


def as_tuple(texts: object) -> tuple[object, ...]:
    return texts if isinstance(texts, tuple) else (texts,)


def translations(root: Path) -> list[Translation]:
    """Every line of the Vietnamese catalogues."""
    lines: list[Translation] = []
    for path in sorted((root / CATALOGUES).glob("*.po")):
        catalogue = read_po(io.BytesIO(path.read_bytes()), locale="vi", abort_invalid=True)
        for entry in catalogue:
            place = f"{CATALOGUES}/{path.name}:{entry.lineno or 1}"
            pairs = zip(as_tuple(entry.id), as_tuple(entry.string), strict=False)
            lines += [Translation(place, str(one), str(said), entry.fuzzy) for one, said in pairs if one]
            if isinstance(entry.id, tuple):
                lines.append(Translation(place, entry.id[1], as_tuple(entry.string)[-1], entry.fuzzy))
    return lines


def percent_signs_doubled(known: Iterable[Translation]) -> Iterator[str]:
    """A percent sign that begins no place stands twice: pages fill the places of every sentence."""
    for line in known:
        if any(re.search(r"%(?!\()", text.replace("%%", "")) for text in (line.message, line.words)):
            yield f"{line.place}: write %% in {line.message!r} and its translation"


def everything_translated(used: dict[str, str], known: Iterable[Translation]) -> Iterator[str]:
    """Every message has a Vietnamese translation that somebody has looked at."""
    done = {line.message for line in known if line.words and not line.fuzzy}
    for message, place in used.items():
        if message not in done:
            yield f"{place}: no Vietnamese for {message!r}"


def nothing_left_over(used: dict[str, str], known: Iterable[Translation]) -> Iterator[str]:
    """No translation stays behind when its message is gone."""
    for line in known:
        if line.message not in used:
            yield f"{line.place}: nobody says {line.message!r}"


def places_kept(known: Iterable[Translation]) -> Iterator[str]:
    """A translation fills the same places as its message."""
    for line in known:
        if line.words and set(PLACE.findall(line.words)) - set(PLACE.findall(line.message)):
            yield f"{line.place}: other places than in {line.message!r}"
        elif line.words and set(PLACE.findall(line.message)) - set(PLACE.findall(line.words)) - {"num"}:
            yield f"{line.place}: a place of {line.message!r} is lost"


def one_translation(known: Iterable[Translation]) -> Iterator[str]:
    """One message means one thing: two catalogues do not translate it differently."""
    seen: dict[str, Translation] = {}
    for line in known:
        first = seen.setdefault(line.message, line)
        if first.words != line.words:
            yield f"{line.place}: {line.message!r} is {line.words!r} here and {first.words!r} in {first.place}"


def english_in_code(source: Source) -> Iterator[str]:
    """Code, templates, scripts and styles hold no Vietnamese sentence: it could not be shown in English."""
    if not source.is_ours or str(source.path).startswith(MAY_SPEAK_VIETNAMESE):
        return
    for line, text in spoken(source):
        if MARKED_WORD.search(SAME_IN_ENGLISH.sub("", text)):
            yield source.says(line, f"Vietnamese outside the catalogues: {text.strip()[:60]!r}")


def spoken(source: Source) -> Iterator[tuple[int, str]]:
    """The texts of a file that are neither comments nor documentation, with their lines."""
    if source.is_python:
        yield from ((text.lineno, text.value) for text in source.sentences())
        return
    without_comments = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), source.text)
    yield from enumerate(without_comments.splitlines(), start=1)
