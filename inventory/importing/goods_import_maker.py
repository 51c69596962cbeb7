"""The producers of a list of goods: found by code, tax code or name, or entered with what the list says."""

from __future__ import annotations

from config.reference.forms import subject_forms
from config.reference.goods_columns import goods_words
from core.errors import RuleBroken
from core.i18n import N_, VIETNAMESE, translator
from core.text import fold
from inventory.catalogue.producer import Producer, check_tax_code
from inventory.importing.goods_hand import GoodsHand
from inventory.importing.goods_import_outcome import Outcome
from inventory.importing.goods_row import MakerCells

NOT_KNOWN = N_("Producer not known yet")


class ProducerUnclear(RuleBroken):
    """Names of producers repeat."""

    message = N_("%(count)s producers are called %(name)s. Write the code of the right one instead of the name.")


def maker_of(hand: GoodsHand, cells: MakerCells, outcome: Outcome) -> Producer:
    """The producer that a row names; entered when nobody is called so yet."""
    if is_unknown(cells.called):
        found = by_name(hand, unknown_name())
        cells = MakerCells(called=unknown_name(), form="other")
    else:
        found = by_code(hand, cells.called) or by_tax_code(hand, cells.tax_code) or by_name(hand, cells.called)
    if found is not None and hand.has_left(found):
        hand.bring_back_maker(found)
        outcome.change(N_("Working with %(name)s again"), name=found.name)
    if found is not None:
        return found
    outcome.change(N_("New producer: %(name)s"), name=cells.called)
    return hand.add_maker(cells, name=cells.called, form=cells.form or form_in_name(cells.called))


def is_unknown(called: str) -> bool:
    """Whether a list says that it does not know who makes the goods."""
    return not called or fold(called) in goods_words("unknown") or fold(called) == fold(unknown_name())


def unknown_name() -> str:
    """What the producer of goods without one is called, in the language of the shop's papers."""
    return translator(VIETNAMESE)(NOT_KNOWN)


def by_code(hand: GoodsHand, called: str) -> Producer | None:
    """The producer whose code a cell holds, alone or before the name."""
    code = called.split(" ", maxsplit=1)[0]
    return hand.maker_by_code(code) if code.isdigit() else None


def by_tax_code(hand: GoodsHand, tax_code: str | None) -> Producer | None:
    """The producer of a tax code, which tells two of the same name apart."""
    return hand.maker_by_tax_code(check_tax_code(tax_code)) if tax_code else None


def by_name(hand: GoodsHand, name: str) -> Producer | None:
    """The producer of a name; ProducerUnclear when several are called so."""
    found = [one for one in hand.makers_named(fold(name)) if one.name.casefold() == name.casefold()]
    if len(found) > 1:
        raise ProducerUnclear(count=len(found), name=name)
    return found[0] if found else None


def form_in_name(name: str) -> str:
    """The legal form that stands at the beginning of a name, as most names have it."""
    said = f"{fold(name)} "
    words = {fold(word): form.code for form in subject_forms() for word in (form.vi, *form.also)}
    fitting = [word for word in words if said.startswith(f"{word} ")]
    return words[max(fitting, key=len)] if fitting else "other"
