"""Fills an empty shop with the demo's goods, as if it had been open for two months."""

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, time, timedelta

from core.clock import VIETNAM, now, stopped_at, today
from core.database import transaction
from core.staff import Staff
from inventory.location import set_up_locations
from pos.demo.agreements import agree_with_producers, consent_to_a_markdown
from pos.demo.catalogue import fill_catalogue, raise_prices
from pos.demo.counting import count_a_shelf
from pos.demo.labels import print_shelf_labels
from pos.demo.moves import lose_and_taste, store_goods
from pos.demo.receiving import give_back, receive_in_part
from pos.demo.reordering import ask_for_goods, set_supply, tell_past_sales
from pos.demo.stock import (
    deliver,
    first_delivery,
    fresh_delivery,
    partners_in,
    recall_a_lot,
    second_delivery,
    side_by_side,
)
from pos.demo.tracing import CAME_DAYS_AGO, ending_delivery, lay_a_lot_aside, recall_by_mistake

_DAYS_OPEN = 60


def opening() -> datetime:
    """When the demo shop opened: at eight in the morning, 60 days ago. Its first people were hired then."""
    return days_ago(_DAYS_OPEN, 8)


def days_ago(days: int, hour: int) -> datetime:
    """An hour of a past day in Viet Nam."""
    return datetime.combine(today() - timedelta(days=days), time(hour), tzinfo=VIETNAM)


def at(instant: datetime | None) -> AbstractContextManager[object]:
    """The clock stopped at an instant; None leaves it alone."""
    return stopped_at(instant) if instant is not None and instant < now() else nullcontext()


def fill_demo_shop(by: Staff) -> None:
    """Enter the demo's catalogue and stock through the shop's own verbs; takes a few seconds.

    The shop must be empty. Each step stands at its own past instant; the fresh goods come now.
    """
    start, first, second, yesterday = opening(), days_ago(45, 9), days_ago(CAME_DAYS_AGO, 10), days_ago(1, 16)
    with at(start), transaction():
        set_up_locations(by=by)
        entered = fill_catalogue(by=by, since=today())
        set_supply(entered, by=by)
        partners = partners_in(entered)
        agree_with_producers(partners, by=by)
    with at(first), transaction():
        deliver(entered, first_delivery, by=by)
        deliver(entered, side_by_side, by=by)
    with at(second - timedelta(days=2)), transaction():
        ask_for_goods(entered, by=by)
    with at(second), transaction():
        deliver(entered, second_delivery, by=by)
        print_shelf_labels(entered, by=by)
        deliver(entered, ending_delivery, by=by)
        raise_prices(entered, by=by)
        recall_by_mistake(entered, by=by)
    with at(days_ago(6, 17)), transaction():
        count_a_shelf(entered, by=by)
    with at(days_ago(3, 11)), transaction():
        store_goods(entered, by=by)
        lose_and_taste(entered, by=by)
    with at(yesterday), transaction():
        recall_a_lot(entered, by=by)
        lay_a_lot_aside(entered, by=by)
        consent_to_a_markdown(partners[1], by=by)
        receive_in_part(entered, by=by)
        give_back(by=by)
    with transaction():
        deliver(entered, fresh_delivery, by=by)
        tell_past_sales(entered, by=by)
