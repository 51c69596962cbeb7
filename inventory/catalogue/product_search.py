"""Search: products by name, producer, pack or number, with or without marks; the exact marks come first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, literal, or_, select, true

from core.database import db
from core.errors import RuleBroken
from core.money import Money
from core.text import clean, fold, sort_key
from inventory.catalogue.eligibility import papers_for
from inventory.catalogue.price import prices_for
from inventory.catalogue.product import Product
from inventory.catalogue.product_number import ProductNumber

_FEWEST_DIGITS = 3
_MOST_WORDS = 8
_LONGEST = 100
_AFTER = 10  # more than the worst rank


@dataclass(frozen=True, slots=True)
class Hit:
    """A product found, with what a list shows of it on that day."""

    product: Product
    price: Money | None
    stars: int | None
    trouble: RuleBroken | None


def search_products(
    text: str, day: date, *, limit: int = 20, retired: bool | None = False, first_of: int | None = None
) -> list[Hit]:
    """The products that a few typed words mean, the best first; retired ones are left out unless asked for.

    `first_of` puts the goods of one producer (its id) before all others: those of the one who stands at the counter.

    Every word must be found in name, pack or producer. Words typed with their marks come before words that only look
    alike without them, names that begin with the text before others. Digits also find numbers and skus.
    """
    return hits_of(find_products(text, limit=limit, retired=retired, first_of=first_of), day)


def hits_of(products: Sequence[Product], day: date) -> list[Hit]:
    """What a list shows of these products on a day, in a fixed number of queries."""
    prices, papers = prices_for([product.id for product in products], day), papers_for(products, day)
    return [
        Hit(product, prices.get(product.id), papers.stars(product), papers.trouble(product)) for product in products
    ]


def find_products(
    text: str, *, limit: int = 20, retired: bool | None = False, first_of: int | None = None
) -> list[Product]:
    """The products alone, in the order of `search_products`; `retired=None` finds those in and out of the range."""
    words = clean(text[: 4 * _LONGEST], limit=4 * _LONGEST)[:_LONGEST].lower().split()[:_MOST_WORDS]
    if not words:
        return []
    rank = rank_of(words) + (case((Product.producer_id == first_of, 0), else_=_AFTER) if first_of is not None else 0)
    wanted = or_(matches_words(words), *matches_number("".join(words)))
    ranked = (
        select(Product.id.label("id"), rank.label("rank"))
        .where(is_retired(retired), wanted)
        .order_by(rank, Product.name_folded, Product.id)
        .limit(limit)
        .subquery()
    )
    rows = db.session.execute(select(Product, ranked.c.rank).join(ranked, ranked.c.id == Product.id))
    found = [(rank, sort_key(product.full_name), product) for product, rank in rows]
    return [product for _, _, product in sorted(found, key=lambda hit: (hit[0], hit[1], hit[2].id))]


def is_retired(retired: bool | None) -> ColumnElement[bool]:
    """Out of the range, in it, or with None either."""
    if retired is None:
        return true()
    return Product.retired_on.is_not(None) if retired else Product.retired_on.is_(None)


def matches_words(words: Sequence[str]) -> ColumnElement[bool]:
    """Every word stands somewhere in the folded text."""
    return and_(*(Product.search_folded.contains(fold(word), autoescape=True) for word in words))


def matches_number(digits: str) -> list[ColumnElement[bool]]:
    """A number or sku that holds these digits; nothing for other texts."""
    if not digits.isascii() or not digits.isdigit():
        return []
    found: list[ColumnElement[bool]] = [Product.sku.endswith(digits)]
    if len(digits) >= _FEWEST_DIGITS:
        numbers = select(ProductNumber.product_id).where(
            ProductNumber.number.contains(digits), ProductNumber.withdrawn.is_(False)
        )
        found.append(Product.id.in_(numbers))
    return found


def rank_of(words: Sequence[str]) -> ColumnElement[int]:
    """0 for the best: the name begins with the very text; then its marks; then without marks; then elsewhere."""
    exact, folded = " ".join(words), " ".join(fold(word) for word in words)
    same_marks = and_(*(Product.search_exact.contains(word, autoescape=True) for word in words))
    return case(
        (Product.search_exact.startswith(exact, autoescape=True), literal(0)),
        (and_(same_marks, Product.search_folded.startswith(folded, autoescape=True)), literal(1)),
        (same_marks, literal(2)),
        (Product.search_folded.startswith(folded, autoescape=True), literal(3)),
        else_=literal(4),
    )
