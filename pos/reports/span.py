"""Which part of the shop's books is added up: one shift, some days, or everything since a record.

Whatever happens at the till stands in a table with its shift, its business day and its record. So one question serves
the Z report, the close of a day and the day book: `select(func.sum(Sale.total)).where(span(Sale))`.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from pos.register import Register
from pos.shifts.shift_table import Shift

Span = Callable[[Any], ColumnElement[bool]]
"""From a table of what happened to the condition that a row of it counts."""


def in_shift(number: int) -> Span:
    """What happened in one shift."""
    return lambda happened: happened.shift_number == number


def since(record_seq: int) -> Span:
    """What happened from a record on."""
    return lambda happened: happened.record_seq >= record_seq


def on_days(first: date, last: date) -> Span:
    """What happened on the business days from one to another, both included."""
    return lambda happened: happened.day.between(first, last)


def before(day: date) -> Span:
    """What happened on earlier business days."""
    return lambda happened: happened.day < day


def at_register(register: Register, span: Span) -> Span:
    """So much of it as happened at one register."""
    shifts = select(Shift.number).where(Shift.register_id == register.id)
    return lambda happened: span(happened) & happened.shift_number.in_(shifts)
