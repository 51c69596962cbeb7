"""Changing the settings of a running shop: checked like shop.toml, written down, in force after the commit."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from config.reference.banks import banks
from config.reference.localities import all_communes
from config.settings import Settings, SettingsError
from core.clock import today
from core.current_settings import settings_of_the_start
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.selling_day import selling_day
from core.staff import Staff
from core.text import clean
from pos.sale import Sale
from pos.settings.change_table import SettingsChange, Source, all_changes, newest_change
from pos.settings.config_record import write_change
from pos.settings.in_force import put_changes_in_force_after_commit, settings_on
from pos.settings.names import NAMES, RULES
from pos.settings.topic import INVOICE_DUTY, SHOP, TAX, TOPICS, Topic, laid_over, values_of

LONGEST = {"name": 120, "address": 200, "phone": 40, "location_code": 20, "return_terms": 300, "holder": 100}
LONGEST_OTHER = 200
PAGE = "the page"


class WrongSetting(RuleBroken):
    """A setting that the shop cannot work with; `field` is its name, for the page to point at."""

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """What the field is called, and what to type instead."""
        return f"{translate(NAMES[self.field])}: {translate(RULES[self.field])}"


class CodeStandsOnReceipts(RuleBroken):
    """The number of the shop is part of every receipt's number."""

    message = N_("The number of the shop stands on the receipts that were sold already. It stays %(code)s.")


class NoSellerForInvoices(RuleBroken):
    """An invoice names its seller."""

    message = N_("Invoices need the shop's tax code and address. Enter both under “The shop itself” first.")


class TaxOfPastDay(RuleBroken):
    """What was sold was taxed as it was taxed."""

    message = N_("How the tax is paid cannot change for %(day)s: that day is over. Choose today or a later day.")


class DayIsOver(RuleBroken):
    """What was done on a day was done under the settings of that day."""

    message = N_("This cannot change for %(day)s: that day is over. Choose today or a later day.")


def change_settings(
    topic: str, values: Mapping[str, Any], *, by: Staff | None, from_day: date | None = None
) -> SettingsChange | None:
    """Let a topic have other values from now on, or a dated one from a day on; None when nothing differs.

    Fields that are not given stay. `by` is None only while a shop is set up. Raises WrongSetting, which names the
    field, for what the shop could not work with.
    """
    about = TOPICS[topic]
    first_day = _first_day(about, from_day)
    before = settings_on(first_day or today(), all_changes())
    after = _checked(before, about, values)
    if values_of(after, about) == values_of(before, about):
        return None
    if newest_change(about) is None:  # what held until now is written down first, so that history knows it
        known = values_of(settings_of_the_start(), about)
        write_change(about, known, source=Source.FILE, first_day=first_day and today(), by=None)
    change = write_change(about, values_of(after, about), source=Source.PAGE, first_day=first_day, by=by)
    put_changes_in_force_after_commit()
    return change


def _first_day(topic: Topic, from_day: date | None) -> date | None:
    if not topic.dated:
        assert from_day is None, f"{topic.name} holds from the moment it is changed"
        return None
    first_day = from_day or selling_day()
    if first_day < selling_day():  # as for prices: a clock set back opens no day that is over
        raise TaxOfPastDay(day=first_day) if topic.name == TAX else DayIsOver(day=first_day)
    return first_day


def _checked(before: Settings, topic: Topic, values: Mapping[str, Any]) -> Settings:
    cleaned = {name: _cleaned(name, value) for name, value in values.items()}
    try:
        after = laid_over(before, topic, cleaned, source=PAGE)
    except SettingsError as trouble:
        if trouble.field not in RULES:
            raise
        raise WrongSetting(trouble.field) from trouble
    _refuse_unknown_places(after, topic)
    if topic.name in (SHOP, INVOICE_DUTY) and after.invoice.is_due and not (after.shop.tax_code and after.shop.address):
        raise NoSellerForInvoices()
    if after.shop.code != before.shop.code and db.session.query(Sale.number).first():
        raise CodeStandsOnReceipts(code=before.shop.code)
    return after


def _cleaned(name: str, value: Any) -> Any:
    return clean(value, limit=LONGEST.get(name, LONGEST_OTHER)) if isinstance(value, str) else value


def _refuse_unknown_places(settings: Settings, topic: Topic) -> None:
    """Banks and communes are those of the tables; the till could make nothing of others."""
    known_banks = {"", *(bank.bin for bank in banks())}
    known_communes = {"", *(commune.id for commune in all_communes())}
    if "bin" in topic.fields and settings.bank.bin not in known_banks:
        raise WrongSetting("bin")
    if "locality" in topic.fields and settings.shop.locality not in known_communes:
        raise WrongSetting("locality")
