"""Numbers on goods (mã vạch): whose they are, and the check digit that catches a misread one.

GTINs are kept as 14 digits, so that a scanner may send UPC-A with 12 or 13. Numbers of the shop's own are digits only
with a check digit: letters would be eaten by a Vietnamese keyboard program. Numbers that carry a weight are kept as
prefix and item (see scan.py).
"""

import enum
import re

from sqlalchemy import CheckConstraint, ForeignKey, bindparam, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from config.settings import WeightLayout
from core.database import Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.quantity import NONE, ONE, Quantity
from core.skipped_number import Series, last_skipped
from core.staff import Staff
from inventory.catalogue.product import Product

_GTIN = re.compile(r"[0-9]{8}|[0-9]{12,14}")
_IN_STORE = re.compile(r"[0-9]{8}|[0-9]{13}")
_SCALE = re.compile(r"2[0-9][0-9]{1,9}")


class NumberKind(enum.StrEnum):
    """Who gave a number, and how it is read."""

    GTIN = "gtin"
    IN_STORE = "in_store"
    SCALE = "scale"


class NotANumber(RuleBroken):
    """Something else than 8, 12, 13 or 14 digits."""

    message = N_("“%(number)s” is not a barcode number: it needs 8, 12, 13 or 14 digits. Scan it again.")


class WrongCheckDigit(RuleBroken):
    """A digit was misread or mistyped."""

    message = N_("The check digit of %(number)s is wrong: a digit was misread. Scan it again or type it carefully.")


class NumberTaken(RuleBroken):
    """A number means one product."""

    message = N_("Number %(number)s belongs to %(product)s already. Withdraw it there first, or use another number.")


class NumberOfShops(RuleBroken):
    """Numbers that begin with 2 are each shop's own."""

    message = N_("Number %(number)s is one that shops give themselves. Enter it as an in-store number.")


class WrongPrefix(RuleBroken):
    """An in-store number outside the shop's range could be a maker's."""

    message = N_(
        "In-store numbers of this shop begin with %(prefix)s and have 8 or 13 digits. %(number)s does not fit."
    )


class NotForScales(RuleBroken):
    """Only goods by weight come from a scale."""

    message = N_("%(product)s is not sold by weight. A number of the scale is only for goods by kg.")


class NoItemsLeft(RuleBroken):
    """The setting leaves no more numbers."""

    message = N_(
        "All in-store numbers that begin with %(prefix)s are used up. Choose a shorter prefix in the settings."
    )


class NumberNotInUse(RuleBroken):
    """Nothing to withdraw."""

    message = N_("Number %(number)s is not in use any more.")


class ProductNumber(Base):
    """A number and the product it means now; `pack` is how much of it: a carton's GTIN names several pieces."""

    __tablename__ = "product_numbers"
    __table_args__ = (
        # ltrim takes away all of these characters in both databases
        CheckConstraint("number <> '' AND ltrim(number, '0123456789') = ''", "digits_only"),
        CheckConstraint("kind <> 'gtin' OR length(number) = 14", "gtin_of_14_digits"),
        CheckConstraint("pack > 0", "pack_positive"),
        CheckConstraint("kind IN ('gtin', 'in_store', 'scale')", "known_kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[NumberKind]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    pack: Mapped[Quantity]
    withdrawn: Mapped[bool]
    record_seq: Mapped[int]

    product: Mapped[Product] = relationship(lazy="joined", innerjoin=True, viewonly=True)

    @property
    def shown(self) -> str:
        """The number as it stands under the bars: a GTIN without the zeros that fill it up."""
        if self.kind is not NumberKind.GTIN:
            return self.number
        for length in (8, 12, 13):
            if self.number.startswith("0" * (14 - length)):
                return self.number[14 - length :]
        return self.number


def check_digit(digits: str) -> int:
    """The check digit of GS1 for these digits: weights 3 and 1 from the right (General Specifications 7.9.1).

    >>> check_digit("893000000001")
    9
    """
    return -sum(int(d) * (3 if place % 2 == 0 else 1) for place, d in enumerate(reversed(digits))) % 10


def has_right_check_digit(number: str) -> bool:
    """Whether the last digit is the one that the others ask for.

    >>> has_right_check_digit("8930000000018")
    False
    """
    return check_digit(number[:-1]) == int(number[-1])


def as_gtin14(number: str) -> str:
    """A GTIN of 8, 12, 13 or 14 digits as 14 digits; NotANumber or WrongCheckDigit for anything else.

    >>> as_gtin14("036000291452")
    '00036000291452'
    """
    if not _GTIN.fullmatch(number):
        raise NotANumber(number=number[:40])
    if not has_right_check_digit(number):
        raise WrongCheckDigit(number=number)
    return number.zfill(14)


def is_shops_own(gtin14: str) -> bool:
    """Whether a number is of the restricted kind that each shop gives itself.

    GS1 prefixes 02 and 20-29 of 13 digits, 04 and 2 of the shorter kinds (General Specifications 1.4).

    >>> is_shops_own("02000000000176"), is_shops_own("08930000000019")
    (True, False)
    """
    if gtin14.startswith("000000"):
        return gtin14[6] in "02"
    return gtin14.startswith(("002", "004", "02"))


def add_number(product: Product, number: str, *, by: Staff, pack: Quantity = ONE) -> ProductNumber:
    """Enter a maker's GTIN. The 14 digits of a carton come with how much it holds.

    Raises NumberTaken, WrongCheckDigit, or NumberOfShops for a number that only a shop can give.
    """
    return _enter(product, makers_number(number), NumberKind.GTIN, pack, by)


def makers_number(number: str) -> str:
    """A maker's GTIN as it is kept, or the sentence that it is none."""
    gtin = as_gtin14(number)
    if is_shops_own(gtin):
        raise NumberOfShops(number=number)
    return gtin


def add_in_store_number(product: Product, *, prefix: str, by: Staff, number: str | None = None) -> ProductNumber:
    """Give a product a number of the shop's own: the next free one of 13 digits, or one that stands on a label already.

    `prefix` is `scan.in_store_prefix` of the settings.
    """
    if number is None:
        return _enter(product, next_in_store_number(prefix), NumberKind.IN_STORE, ONE, by)
    return _enter(product, shops_number(number, prefix=prefix), NumberKind.IN_STORE, ONE, by)


def shops_number(number: str, *, prefix: str) -> str:
    """A number of the shop's own as it is kept, or the sentence that it is none."""
    if not _IN_STORE.fullmatch(number) or not number.startswith(prefix):
        raise WrongPrefix(prefix=prefix, number=number[:40])
    if not has_right_check_digit(number):
        raise WrongCheckDigit(number=number)
    return number


def next_in_store_number(prefix: str) -> str:
    """The next free number of 13 digits; its first digit after the prefix is 0, apart from the scale's numbers."""
    start = prefix.ljust(2, "0")
    latest = db.session.scalar(
        select(func.max(ProductNumber.number)).where(
            ProductNumber.kind == NumberKind.IN_STORE,
            ProductNumber.number.startswith(start),
            func.length(ProductNumber.number) == 13,
        )
    )
    count = max(int(latest[2:-1]) if latest else 0, last_skipped(Series.IN_STORE)) + 1
    digits = f"{start}{count:010d}"
    if len(digits) > 12:
        raise NoItemsLeft(prefix=prefix)
    return digits + str(check_digit(digits))


def add_scale_item(product: Product, layout: WeightLayout, *, by: Staff, item: str | None = None) -> ProductNumber:
    """Let labels of the scale name a product: by the item's number, else by the last digits of its sku."""
    if not product.unit.divisible:
        raise NotForScales(product=product.name)
    digits = item if item is not None else product.sku[-layout.item_digits :].zfill(layout.item_digits)
    number = layout.prefix + digits
    if len(digits) != layout.item_digits or not _SCALE.fullmatch(number):
        raise NotANumber(number=number[:40])
    return _enter(product, number, NumberKind.SCALE, ONE, by)


def _enter(product: Product, number: str, kind: NumberKind, pack: Quantity, by: Staff) -> ProductNumber:
    row = db.session.scalar(select(ProductNumber).where(ProductNumber.number == number))
    if row is not None and not row.withdrawn:
        raise NumberTaken(number=number, product=row.product.full_name)
    if pack <= NONE:
        raise NotANumber(number=number)
    row = row or ProductNumber(number=number)
    row.kind, row.product_id, row.product, row.pack, row.withdrawn = kind, product.id, product, pack, False
    row.record_seq = write_record(Kind.NUMBER, number_body(row), by=by).seq
    db.session.add(row)
    db.session.flush()
    return row


def withdraw_number(row: ProductNumber, *, by: Staff) -> None:
    """Let a number mean nothing any more, because it was entered for the wrong product; it may be entered anew."""
    if row.withdrawn:
        raise NumberNotInUse(number=row.number)
    row.withdrawn = True
    row.record_seq = write_record(Kind.NUMBER, number_body(row), by=by).seq
    db.session.flush()


def number_body(row: ProductNumber) -> dict[str, object]:
    """A number as the journal keeps it (docs/journal.md, NUMBER)."""
    return {
        "no": row.number,
        "kind": row.kind.value,
        "sku": row.product.sku,
        "pack": row.pack.thousandths,
        "withdrawn": row.withdrawn,
    }


def numbers_of(product: Product) -> list[ProductNumber]:
    """The numbers that mean a product now."""
    return list(
        db.session.scalars(
            select(ProductNumber)
            .where(ProductNumber.product_id == product.id, ProductNumber.withdrawn.is_(False))
            .order_by(ProductNumber.id)
        )
    )


def find_number(*numbers: str) -> ProductNumber | None:
    """The row of the first of these numbers that the shop knows."""
    known = {row.number: row for row in db.session.scalars(_KNOWN, {"numbers": list(numbers)})}
    return next((known[number] for number in numbers if number in known), None)


# Made once: building a statement takes longer than running it, and each scan asks for this.
_KNOWN = select(ProductNumber).where(
    ProductNumber.number.in_(bindparam("numbers", expanding=True)), ProductNumber.withdrawn.is_(False)
)
