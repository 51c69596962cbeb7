"""Words in a list of goods that stand for one of a few: group, tax class, legal form, province, stars, basis, terms.

Each reader takes a form with one field, `cell`, as the readers of core/web/forms.py do.
"""

import re

from config.reference.bases import bases_on
from config.reference.forms import form_written_as
from config.reference.goods_columns import goods_words
from config.reference.groups import leaf_groups
from config.reference.localities import provinces_on, same_name
from config.reference.tax_rates import tax_classes
from core.clock import today
from core.errors import RuleBroken
from core.i18n import N_
from core.quantity import Quantity, Unit
from core.text import fold
from core.web.forms import read_text, read_whole
from inventory.lot import TermsKind

_GROUP_CODE = re.compile(r"(VI|IV|V|III|II|I)(\.[0-9a-z])+")


class NotOneOfThese(RuleBroken):
    message = N_("“%(text)s” is not one of the choices of this column. Choose one from the list in the template.")


def read_group(form: dict[str, str]) -> str | None:
    """The group that a cell names by code or name; the shop's own words for its shelves are no group."""
    text = read_text(form, "cell")
    code = _GROUP_CODE.match(text)
    for group in leaf_groups(today()):
        if (code and group.code == code[0]) or fold(text) in (fold(group.vi), fold(group.en)):
            return group.code
    if code:
        raise NotOneOfThese(text=text)
    return None


def read_tax_class(form: dict[str, str]) -> str:
    """The tax class that a cell names."""
    text = read_text(form, "cell")
    for one in tax_classes():
        if fold(text) in (one.code, fold(one.vi), fold(one.en)):
            return one.code
    raise NotOneOfThese(text=text)


def read_form(form: dict[str, str]) -> str:
    """The legal form that a cell names."""
    text = read_text(form, "cell")
    found = form_written_as(text)
    if found is None:
        raise NotOneOfThese(text=text)
    return found.code


def read_province(form: dict[str, str]) -> str:
    """The province of today that a cell names, with or without its kind."""
    text = read_text(form, "cell")
    for one in provinces_on(today()):
        if same_name(text) in (same_name(one.name), same_name(one.full_name)):
            return one.id
    raise NotOneOfThese(text=text)


def read_stars(form: dict[str, str]) -> int:
    """Stars as 4, “4 sao” or four stars drawn."""
    text = read_text(form, "cell", limit=20)
    drawn = text.count("★") or text.count("*")
    digits = str(drawn) if drawn == len(text) else fold(text).removesuffix("sao").removesuffix("stars").strip()
    return read_whole({"cell": digits}, "cell", most=5)


def read_basis(form: dict[str, str]) -> str:
    """The basis that a cell names; stars are no basis of this column, they have their own."""
    text = read_text(form, "cell")
    for one in bases_on(today()):
        if not one.proved_by_certificate and fold(text) in (one.code, fold(one.vi), fold(one.en)):
            return one.code
    raise NotOneOfThese(text=text)


def read_terms(form: dict[str, str]) -> TermsKind:
    """How it came."""
    text = read_text(form, "cell")
    means = goods_words("terms").get(fold(text))
    if means is None:
        raise NotOneOfThese(text=text)
    return TermsKind(means)


def read_percent(form: dict[str, str]) -> int:
    """A percentage in hundredths, as 15, 12,5 or 15 %."""
    text = read_text(form, "cell", limit=20).removesuffix("%").strip()
    return Quantity.of(text, Unit.KILOGRAM).thousandths // 10
