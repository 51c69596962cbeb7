"""The producers of a list of goods: found by code, tax code or name, or entered with what the list says."""

from __future__ import annotations

from sqlalchemy import select

from config.reference.forms import subject_forms
from config.reference.goods_columns import goods_words
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_, VIETNAMESE, translator
from core.staff import Staff
from core.text import fold
from inventory.catalogue.producer import Producer, add_producer, check_tax_code
from inventory.catalogue.producer_correction import bring_back_producer
from inventory.importing.goods_import_outcome import Outcome
from inventory.importing.goods_row import MakerCells

NOT_KNOWN = N_("Producer not known yet")


class ProducerUnclear(RuleBroken):
    """Names of producers repeat."""

    message = N_("%(count)s producers are called %(name)s. Write the code of the right one instead of the name.")


def maker_of(cells: MakerCells, outcome: Outcome, *, by: Staff) -> Producer:
    """The producer that a row names; entered when nobody is called so yet."""
    if is_unknown(cells.called):
        return unknown_maker(by=by)
    found = by_code(cells.called) or by_tax_code(cells.tax_code) or by_name(cells.called)
    if found is not None and found.retired_on is not None:
        bring_back_producer(found, by=by)
        outcome.change(N_("Working with %(name)s again"), name=found.name)
    if found is not None:
        return found
    outcome.change(N_("New producer: %(name)s"), name=cells.called)
    return add_producer(
        name=cells.called,
        form=cells.form or form_in_name(cells.called),
        province_id=cells.province_id,
        locality_id=cells.locality_id,
        old_commune=cells.old_commune,
        tax_code=cells.tax_code,
        phone=cells.phone,
        address=cells.address,
        by=by,
    )


def is_unknown(called: str) -> bool:
    """Whether a list says that it does not know who makes the goods."""
    return not called or fold(called) in goods_words("unknown") or fold(called) == fold(unknown_name())


def unknown_name() -> str:
    """What the producer of goods without one is called, in the language of the shop's papers."""
    return translator(VIETNAMESE)(NOT_KNOWN)


def unknown_maker(*, by: Staff) -> Producer:
    """The one that stands for all producers not known yet."""
    return by_name(unknown_name()) or add_producer(name=unknown_name(), form="other", by=by)


def by_code(called: str) -> Producer | None:
    """The producer whose code a cell holds, alone or before the name."""
    code = called.split(" ", maxsplit=1)[0]
    return db.session.scalar(select(Producer).where(Producer.code == code)) if code.isdigit() else None


def by_tax_code(tax_code: str | None) -> Producer | None:
    """The producer of a tax code, which tells two of the same name apart."""
    if not tax_code:
        return None
    return db.session.scalar(select(Producer).where(Producer.tax_code == check_tax_code(tax_code)).limit(1))


def by_name(name: str) -> Producer | None:
    """The producer of a name; ProducerUnclear when several are called so."""
    same = select(Producer).where(Producer.name_folded == fold(name))
    found = [one for one in db.session.scalars(same) if one.name.casefold() == name.casefold()]
    if len(found) > 1:
        raise ProducerUnclear(count=len(found), name=name)
    return found[0] if found else None


def form_in_name(name: str) -> str:
    """The legal form that stands at the beginning of a name, as most names have it."""
    said = f"{fold(name)} "
    words = {fold(word): form.code for form in subject_forms() for word in (form.vi, *form.also)}
    fitting = [word for word in words if said.startswith(f"{word} ")]
    return words[max(fitting, key=len)] if fitting else "other"
