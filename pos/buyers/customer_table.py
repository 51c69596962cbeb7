"""Buyers who gave their name and phone, and what they agreed to (Luật 91/2025/QH15; NĐ 356/2025/NĐ-CP).

What says who somebody is stands in `customers` and `basket_buyers` alone, and can be erased from there. `consents` is
what stays: which purposes were agreed to, with which words, when, and that the data was corrected, shown or erased. It
names a buyer by a random sign (`who`), and holds a salted hash of the data; the salt is erased with the data.
"""

import enum
import hashlib
import re
import secrets
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_

_PHONE = re.compile(r"0[0-9]{9,10}")


class NotAPhone(RuleBroken):
    """A number nobody can be called under."""

    message = N_("This is not a phone number of Viet Nam. Type ten digits that begin with 0.")


class ConsentAct(enum.StrEnum):
    """What was done with somebody's data."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"
    SHOWN = "shown"
    EXPORTED = "exported"
    ERASED = "erased"
    ASKED = "asked"
    ANSWERED = "answered"
    KEPT = "kept"  # asked to be erased, but law keeps the rest


class Customer(Base):
    """Who somebody is: the only rows that say it."""

    __tablename__ = "customers"
    __table_args__ = (CheckConstraint("phone <> ''", "reachable"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(index=True)
    phone: Mapped[str] = mapped_column(unique=True)
    salt: Mapped[str]
    since: Mapped[date]

    @property
    def masked_phone(self) -> str:
        """The phone as screens and papers show it."""
        return mask_phone(self.phone)

    @property
    def masked_name(self) -> str:
        """The name as screens show it."""
        return mask_name(self.name)

    @property
    def fingerprint(self) -> str:
        """The salted hash of the data; without the salt nobody can find out whose it was."""
        return hashlib.sha256(f"{self.salt}\n{self.phone}\n{self.name}".encode()).hexdigest()


class BasketBuyer(Base):
    """Who buys a basket, and later its sale, for a purpose: by the order code that both carry. Can be erased."""

    __tablename__ = "basket_buyers"

    order_code: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    purpose: Mapped[str]
    day: Mapped[date]

    customer: Mapped[Customer] = relationship(viewonly=True, lazy="joined", innerjoin=True)


class Consent(AppendOnly, Base):
    """One act on somebody's data, without the data. `purpose` and `wording` are empty where it is about none."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_who", "who", "record_seq"),)

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    who: Mapped[str]
    act: Mapped[ConsentAct]
    purpose: Mapped[str | None]
    wording: Mapped[int | None]
    language: Mapped[str | None]
    hash: Mapped[str | None]
    why: Mapped[str]
    at: Mapped[datetime]
    staff_code: Mapped[str | None]


def mask_phone(phone: str) -> str:
    """The first four and last three digits: enough to recognise one's own number.

    >>> mask_phone("0912345957")
    '0912 xxx 957'
    """
    return f"{phone[:4]} xxx {phone[-3:]}"


def mask_name(name: str) -> str:
    """The last word, which people are called by, and the first letters of the others.

    >>> mask_name("Nguyen Thi Lan")
    'N. T. Lan'
    """
    *others, last = name.split() or [""]
    return " ".join([*(f"{word[0]}." for word in others), last])


def read_phone(text: str) -> str:
    """A phone number as it is kept: digits with a 0 before them, however it was typed.

    >>> read_phone("+84 912.345.957")
    '0912345957'
    """
    digits = re.sub(r"[ .\-()]", "", text)
    digits = re.sub(r"^(\+84|0084|84(?=[0-9]{9}$))", "0", digits)
    if not _PHONE.fullmatch(digits):
        raise NotAPhone()
    return digits


def new_sign() -> str:
    """A random sign for somebody: nothing about them can be worked out of it."""
    return secrets.token_hex(8)


def customer_of_phone(phone: str) -> Customer | None:
    """Whose number this is; None when nobody gave it."""
    return db.session.scalar(select(Customer).where(Customer.phone == phone))


def buyer_of(order_code: str) -> BasketBuyer | None:
    """Who buys the basket, or bought the sale, of an order code; None where nobody was asked."""
    return db.session.get(BasketBuyer, order_code)
