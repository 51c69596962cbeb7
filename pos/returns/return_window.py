"""Until when goods may be brought back: as the law says of a sale at a fair, and as the shop grants by itself."""

from datetime import date, timedelta

from config.reference.return_rights import right_on
from core.current_settings import current_settings
from pos.register import Register
from pos.sale import Sale

FAIR = "fair"


def fair_until(sale: Sale) -> date | None:
    """The last day of the law's right for goods sold away from the usual place; None for a sale in the shop."""
    right = right_on(FAIR, sale.day) if sale.fair else None
    return right.until(sale.day) if right is not None else None


def granted_until(sale: Sale) -> date:
    """The last day on which a clerk takes goods back alone, by the shop's own setting; with 0 days the day before."""
    days = current_settings().returns.days
    return sale.day + timedelta(days=days) if days else sale.day - timedelta(days=1)


def is_late(sale: Sale, day: date) -> bool:
    """Whether a manager must allow it: past what the shop grants, and no right of the law stands."""
    right = fair_until(sale)
    return day > granted_until(sale) and (right is None or day > right)


def sells_at_fair(register: Register, day: date) -> bool:
    """Whether the settings say that this register stands at a fair on a day."""
    return current_settings().returns.is_fair(register.code, day)
