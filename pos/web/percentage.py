"""A percentage as people type it, kept in hundredths."""

from core.errors import RuleBroken
from core.i18n import N_
from core.quantity import Quantity, Unit
from core.web.forms import Form, read_text

LONGEST = 20


class NoPercentage(RuleBroken):
    """What was typed is not a percentage."""

    message = N_("“%(text)s” is not a percentage. Type a number such as 10 or 7,5.")


def read_percent(form: Form, name: str, *, label: str = "") -> int:
    """A percentage in hundredths, typed as 15, 12,5 or 15 %."""
    text = read_text(form, name, limit=LONGEST, label=label)
    try:
        return Quantity.of(text.removesuffix("%").strip(), Unit.KILOGRAM).thousandths // 10
    except ValueError:
        raise NoPercentage(text=text) from None
