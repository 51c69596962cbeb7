"""When an order of today can come, and when the next one after it."""

from dataclasses import dataclass
from datetime import date, timedelta

from config.reorder_settings import ReorderSettings
from inventory.reordering.estimate.lead_time import LeadTime
from inventory.reordering.estimate.policy import Deliveries
from inventory.reordering.supply import ProducerTerms

_WEEK = range(7)


@dataclass(frozen=True, slots=True)
class DeliveryDays:
    """The day an order of today comes, the day the one after it comes, and how much that differs."""

    comes: date
    next_comes: date
    differs_tenths: int = 0

    def seen_from(self, day: date) -> Deliveries:
        """The same in days from a day on; the next order never comes together with the first."""
        comes = max((self.comes - day).days, 0)
        return Deliveries(comes, max((self.next_comes - day).days, comes + 1), self.differs_tenths)


def delivery_days(terms: ProducerTerms, learnt: LeadTime | None, settings: ReorderSettings, day: date) -> DeliveryDays:
    """What is set for the producer comes first, then what his deliveries took, then the settings of the shop."""
    lead = terms.lead_days if terms.lead_days is not None else learnt.days if learnt else settings.lead_days
    between = terms.review_days or (1 if terms.weekdays else settings.review_days)
    comes = next_weekday(day + timedelta(days=lead), terms.weekdays)
    next_comes = next_weekday(comes + timedelta(days=between), terms.weekdays)
    return DeliveryDays(comes, next_comes, learnt.differs_tenths if learnt else 0)


def next_weekday(day: date, weekdays: tuple[int, ...]) -> date:
    """The day itself or the first one after it that is one of the weekdays; any day will do where none is named."""
    if not weekdays:
        return day
    return next(later for n in _WEEK if (later := day + timedelta(days=n)).isoweekday() in weekdays)
