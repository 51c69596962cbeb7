"""Languages of the screen and of the paper: which one is spoken now, and how amounts and days are written.

Sentences stand in the code in English and are their own key (`N_` marks one that is translated where it is shown).
Vietnamese stands in core/locale/vi/, one file per package; it is read at start, there is no build step.
Amounts and days are written the Vietnamese way in both languages: two ways of grouping in one shop would sooner or
later be read as a factor of 1,000, and 11/12 as another day.
"""

from __future__ import annotations

import gettext as catalogues
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from core.money import Money
    from core.quantity import Quantity, Unit

VIETNAMESE = "vi"
ENGLISH = "en"
LANGUAGES = (VIETNAMESE, ENGLISH)

LOCALE = Path(__file__).with_name("locale")
_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_language: ContextVar[str] = ContextVar("language", default=VIETNAMESE)


def N_(message: str) -> str:
    """Mark a sentence for translation; it is translated where it is shown."""
    return message


def current_language() -> str:
    """The language spoken now: "vi" unless someone chose another."""
    return _language.get()


def speak(language: str) -> None:
    """Choose the language for the rest of this request or thread."""
    _language.set(language if language in LANGUAGES else VIETNAMESE)


@contextmanager
def use(language: str) -> Iterator[None]:
    """Speak a language inside the block, such as the customer's on a receipt."""
    before = _language.set(language if language in LANGUAGES else VIETNAMESE)
    try:
        yield
    finally:
        _language.reset(before)


def gettext(message: str, **values: object) -> str:
    """The sentence in the language spoken now, its %(named)s places filled."""
    said = _catalogue(_language.get()).gettext(message) if message else ""
    return said % values if values else said


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """The sentence for one or for many; `num` is among its places."""
    said = _catalogue(_language.get()).ngettext(one, many, number)
    return said % {"num": number, **values}


def translator(language: str) -> Callable[[str], str]:
    """Translates into one language whatever is spoken now, as RuleBroken.sentence takes it."""
    return _catalogue(language).gettext


@cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    """English is what stands in the code; every other language is compiled from its files, once."""
    if language == ENGLISH:
        return catalogues.NullTranslations()
    together = Catalog(locale=language)
    for path in sorted((LOCALE / language).glob("*.po")):
        for message in read_catalogue(path):
            if message.id and not message.fuzzy:
                together.add(message.id, message.string, context=message.context)
    compiled = io.BytesIO()
    write_mo(compiled, together)
    compiled.seek(0)
    return catalogues.GNUTranslations(compiled)


def read_catalogue(path: Path) -> Catalog:
    """One package's sentences in one language."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.name)


def written(amount: Money) -> str:
    """An amount as the shop writes it, and as CLDR has it for Vietnamese: 35.000 ₫ with a no-break space."""
    return str(amount)


def written_quantity(quantity: Quantity, unit: Unit | None = None) -> str:
    """A quantity without its unit: 2 or 0,85. Told that these are pieces, it refuses to write a part of one."""
    assert unit is None or unit.takes(quantity), "a part of a piece"
    return str(quantity)


def written_day(day: date) -> str:
    """22/11/2026. The short forms of ICU and Babel are 22/11/26 and leave out zeros, so the form is fixed here."""
    return f"{day:%d/%m/%Y}"


def written_moment(instant: datetime) -> str:
    """The time of day in Viet Nam: 14:05."""
    return f"{instant.astimezone(_VIETNAM):%H:%M}"


def written_instant(instant: datetime) -> str:
    """Day and time in Viet Nam: 22/11/2026 14:05."""
    return f"{instant.astimezone(_VIETNAM):%d/%m/%Y %H:%M}"


def written_file_size(size: int) -> str:
    """How large a file is, rounded up: 312 kB, 1,4 MB."""
    if size < 1_000_000:
        return f"{-(-size // 1000)} kB"
    tenths = -(-size // 100_000)
    return f"{tenths // 10},{tenths % 10} MB"
