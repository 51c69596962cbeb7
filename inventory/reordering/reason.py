"""Why a line says what it says, in one sentence: what sells, what is left, when it comes, until when it lasts."""

from collections.abc import Iterator
from datetime import date

from core.i18n import N_, current_language, gettext, written_day, written_quantity
from core.quantity import Quantity
from inventory.reordering.estimate.intermittent import DemandClass
from inventory.reordering.estimate.policy import Held
from inventory.reordering.suggestion import Suggestion

WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
_ONE = 1000
_TENTH = 100
_RARELY = 500
_ORDINARY = 10


def reason_of(one: Suggestion) -> str:
    """The sentence of one line, in the language of the screen."""
    return ", ".join(_parts(one))


def _parts(one: Suggestion) -> Iterator[str]:
    label = one.product.unit_label
    yield sold_words(one)
    yield gettext("%(left)s left", left=written_quantity(one.here))
    if one.coming:
        yield gettext("%(quantity)s on order", quantity=written_quantity(one.coming))
    if one.is_empty_before:
        yield gettext("empty before the goods come")
    if not one.in_season:
        yield gettext("out of season in month %(month)s", month=one.days.comes.month)
        return
    if one.order:
        comes = one.days.comes
        yield gettext("delivery on %(weekday)s %(day)s", weekday=weekday_name(comes), day=f"{comes.day}/{comes.month}")
    if one.feast is not None and one.feast_tenths != _ORDINARY:
        times = written_quantity(Quantity(one.feast_tenths * 100))
        yield gettext("%(feast)s sells %(times)s times as much", feast=one.feast.name(current_language()), times=times)
    if one.order and one.terms.pack.thousandths > _ONE:
        yield gettext("in packs of %(pack)s", pack=written_quantity(one.terms.pack))
    yield from _held_words(one, label)
    if one.forecast.kind is not DemandClass.NONE and one.lasts_until is not None and (one.order or one.here):
        yield gettext("enough until %(day)s", day=written_day(one.lasts_until))


def sold_words(one: Suggestion) -> str:
    """What sells on an ordinary day; of slow goods in a week, since 0,1 a day says little."""
    if one.forecast.kind is DemandClass.NONE:
        return gettext("not sold yet") if not one.forecast.days else gettext("not sold lately")
    label = one.product.unit_label
    if one.a_day.thousandths < _RARELY:
        return gettext("sells %(quantity)s %(unit)s a week", quantity=written_quantity(one.a_week), unit=label)
    return gettext("sells %(quantity)s %(unit)s a day", quantity=written_quantity(one.a_day), unit=label)


def _held_words(one: Suggestion, label: str) -> Iterator[str]:
    """What held the order back or raised it."""
    advice = one.advice
    step = _TENTH if one.product.unit.divisible else _ONE
    limit = written_quantity(Quantity((advice.limit or 0) // step * step))
    if advice.held is Held.EXPIRY:
        yield gettext("no more than %(limit)s %(unit)s sell before they expire", limit=limit, unit=label)
    if advice.held is Held.LEAST_TOO_MUCH:
        least = written_quantity(one.terms.least if one.terms.least > one.terms.pack else one.terms.pack)
        yield gettext(
            "the least that comes is %(least)s, and %(limit)s sell before they expire", least=least, limit=limit
        )
    if advice.held is Held.RAISED_TO_LEAST:
        yield gettext("the least that comes is %(least)s", least=written_quantity(one.terms.least))


def weekday_name(day: date) -> str:
    """The weekday in the language of the screen."""
    return gettext(WEEKDAYS[day.weekday()])
