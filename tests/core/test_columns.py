"""What goes into a column comes out the same, in both databases, and in sums."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, literal, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from core.columns import MoneyType, iso_instant, read_instant
from core.database import db, transaction
from core.money import ZERO, Money
from core.quantity import Quantity, Unit
from tests.core.trial_tables import Colour, Jar, Trial

INSTANT = datetime(2026, 11, 22, 1, 2, 3, 45_000, tzinfo=UTC)


def fill(*jars: Jar) -> None:
    Trial.metadata.create_all(db.engine)
    with transaction() as session:
        session.add_all(jars)


def test_every_kind_of_value_comes_back_as_it_went_in(any_app: Flask) -> None:
    fill(
        Jar(
            name="Mật ong bạc hà Mèo Vạc",
            price=Money(-125_000),
            left=Quantity.of("0,850", Unit.KILOGRAM),
            packed_on=date(2026, 2, 28),
            seen_at=INSTANT,
            sealed=True,
            colour=Colour.GOLD,
        )
    )

    jar = db.session.scalars(select(Jar)).one()

    assert (jar.name, jar.price, jar.left) == ("Mật ong bạc hà Mèo Vạc", Money(-125_000), Quantity(850))
    assert (jar.packed_on, jar.seen_at, jar.sealed, jar.colour) == (date(2026, 2, 28), INSTANT, True, Colour.GOLD)
    assert jar.seen_at is not None
    assert jar.seen_at.tzinfo is UTC


def test_nothing_comes_back_as_nothing(any_app: Flask) -> None:
    fill(Jar(name="trống"))

    jar = db.session.scalars(select(Jar)).one()

    assert [jar.price, jar.left, jar.packed_on, jar.seen_at, jar.sealed, jar.colour] == [None] * 6


def test_sums_are_money_and_quantity_again_beyond_what_a_float_could_hold(any_app: Flask) -> None:
    fill(
        Jar(name="a", price=Money(9_007_199_254_740_993), left=Quantity(850)),
        Jar(name="b", price=Money(2), left=Quantity(150)),
    )

    total, left = db.session.execute(select(func.sum(Jar.price), func.sum(Jar.left))).one()
    none = db.session.scalar(select(func.coalesce(func.sum(Jar.price), literal(ZERO, MoneyType()))).where(Jar.id < 0))

    assert (total, left) == (Money(9_007_199_254_740_995), Quantity(1000))
    assert none == ZERO


def test_rows_are_found_and_ordered_by_value(any_app: Flask) -> None:
    early = INSTANT - timedelta(days=200)
    fill(
        Jar(name="a", price=Money(900), seen_at=INSTANT, colour=Colour.DARK),
        Jar(name="b", price=Money(10_000), seen_at=early),
    )

    dear = db.session.scalars(select(Jar.name).where(Jar.price > Money(1000))).all()
    dark = db.session.scalars(select(Jar.name).where(Jar.colour == Colour.DARK)).all()
    order = db.session.scalars(select(Jar.name).order_by(Jar.seen_at)).all()
    since = db.session.scalars(select(Jar.name).where(Jar.seen_at >= INSTANT.astimezone(timezone(timedelta(hours=7)))))

    assert (dear, dark, order, since.all()) == (["b"], ["a"], ["b", "a"], ["a"])


@pytest.mark.parametrize(
    ("column", "wrong"),
    [
        ("price", 125_000),  # a bare number could be thousandths
        ("price", Quantity(1000)),
        ("left", 3),
        ("left", Money(3)),
        ("seen_at", datetime(2026, 11, 22)),  # noqa: DTZ001  no zone
        ("seen_at", INSTANT.replace(microsecond=1)),  # finer than the journal writes
        ("colour", "vàng"),
    ],
)
def test_a_value_of_another_kind_does_not_get_in(core_app: Flask, column: str, wrong: Any) -> None:
    with pytest.raises((StatementError, TypeError)):
        fill(Jar(name="sai", **{column: wrong}))

    assert db.session.scalar(select(func.count()).select_from(Jar)) == 0


@pytest.mark.parametrize(("column", "wrong"), [("price", "'mười nghìn'"), ("left", "0.85"), ("name", "x'00'")])
def test_sqlite_itself_refuses_what_is_no_whole_number_or_no_text(core_app: Flask, column: str, wrong: str) -> None:
    fill(Jar(id=1, name="mật ong"))

    with pytest.raises(DBAPIError, match="cannot store"), transaction() as session:
        session.execute(text(f"UPDATE jars SET {column} = {wrong}"))


def test_an_instant_is_written_in_one_way() -> None:
    assert iso_instant(INSTANT) == "2026-11-22T01:02:03.045Z"
    assert read_instant("2026-11-22T01:02:03.045Z") == INSTANT


@pytest.mark.parametrize(
    "text",
    ["2026-11-22T01:02:03Z", "2026-11-22T01:02:03.045+00:00", "2026-11-22T08:02:03.045+07:00", "hôm qua", "2026-11-22"],
)
def test_an_instant_written_otherwise_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (whoever refuses it)
        read_instant(text)


def test_the_row_keeps_the_value_of_a_choice_as_text(any_app: Flask) -> None:
    fill(Jar(name="a", colour=Colour.GOLD))

    assert db.session.scalar(text("SELECT colour FROM jars")) == "vàng"
