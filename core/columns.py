"""Column types: money, quantity and instants, the same in both databases, exact in sums too."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator, TypeEngine

from core.money import Money
from core.quantity import Quantity

# STRICT tables of SQLite know INTEGER, TEXT, REAL and BLOB only; an INTEGER key is the row's own number.
_IN_SQLITE: dict[type[TypeEngine[Any]], str] = {
    sa.String: "TEXT",
    sa.Text: "TEXT",
    sa.Date: "TEXT",
    sa.BigInteger: "INTEGER",
    sa.Boolean: "INTEGER",
    sa.SmallInteger: "INTEGER",
}
for _type, _name in _IN_SQLITE.items():
    compiles(_type, "sqlite")(lambda _element, _compiler, _name=_name, **_: _name)


class _Whole(TypeDecorator[Any]):
    """A value that is one whole number, kept as BIGINT; a sum of such columns gives the value again."""

    impl = sa.BigInteger
    cache_ok = True


class MoneyType(_Whole):
    """Money in a BIGINT of đồng."""

    cache_ok = True

    def process_bind_param(self, value: Money | None, dialect: Dialect) -> int | None:
        """Only Money gets in: a bare number could be thousandths."""
        if value is None:
            return None
        if not isinstance(value, Money):
            raise TypeError(f"A money column takes Money, not {value!r}")
        return value.dong

    def process_result_value(self, value: int | Decimal | None, dialect: Dialect) -> Money | None:
        """PostgreSQL gives sums of BIGINT as whole Decimals."""
        return None if value is None else Money(int(value))


class QuantityType(_Whole):
    """Quantity in a BIGINT of thousandths."""

    cache_ok = True

    def process_bind_param(self, value: Quantity | None, dialect: Dialect) -> int | None:
        """Only Quantity gets in: a bare number could be pieces."""
        if value is None:
            return None
        if not isinstance(value, Quantity):
            raise TypeError(f"A quantity column takes Quantity, not {value!r}")
        return value.thousandths

    def process_result_value(self, value: int | Decimal | None, dialect: Dialect) -> Quantity | None:
        """PostgreSQL gives sums of BIGINT as whole Decimals."""
        return None if value is None else Quantity(int(value))


class UtcInstant(TypeDecorator[datetime]):
    """An instant in UTC to the millisecond: TEXT that sorts by time in SQLite, timestamptz in PostgreSQL."""

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """SQLite knows no instants; PostgreSQL does."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.Text())
        return dialect.type_descriptor(sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Only instants that know their zone and have whole milliseconds, as core.clock gives them."""
        if value is None:
            return None
        if value.tzinfo is None or value.microsecond % 1000:
            raise ValueError(f"An instant needs its time zone and whole milliseconds: {value!r}")
        return iso_instant(value) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Always an instant in UTC, whatever zone the server speaks."""
        if value is None:
            return None
        return read_instant(value) if isinstance(value, str) else value.astimezone(UTC)


def iso_instant(instant: datetime) -> str:
    """How an instant is written in the journal and in SQLite: `2026-11-22T01:00:05.000Z`."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def read_instant(text: str) -> datetime:
    """The instant that `iso_instant` wrote; ValueError for any other writing of it."""
    instant = datetime.fromisoformat(text)
    if instant.utcoffset() != timedelta(0) or iso_instant(instant) != text:
        raise ValueError(f"Not an instant in UTC with milliseconds: {text!r}")
    return instant


class Choice(TypeDecorator[Enum]):
    """One of an Enum's members, kept as the text of its value; a new member needs no migration."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, kind: type[Enum] = Enum) -> None:
        super().__init__()
        self.kind = kind

    def _resolve_for_python_type(self, python_type: Any, *_: Any) -> "Choice":
        """What SQLAlchemy asks for `Mapped[Role]`: the type map knows Enum, the column is to know Role."""
        return Choice(python_type)

    def process_bind_param(self, value: Enum | None, dialect: Dialect) -> str | None:
        """Only a member gets in, no bare text."""
        if value is None:
            return None
        if not isinstance(value, self.kind):
            raise TypeError(f"A column of {self.kind.__name__} takes its members, not {value!r}")
        return str(value.value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Enum | None:
        """ValueError for a text that no member has: the row was written by a newer program."""
        return None if value is None else self.kind(value)
