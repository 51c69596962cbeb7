"""What the articles of a file are: their name, their price on the list, whether they are goods or a service article.

The file has no list of prices: an article's price on the list is the one that most of its lines have, and every other
price in the file is a price set by right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bench.replay.sales_file import FileLine
from core.quantity import ONE

# Article codes count their articles: 85123A, DCGS0003. What is charged beside the goods goes by a word or a letter:
# POST, DOT, C2 (carriage), M (by hand), D (discount), BANK CHARGES, or by nothing at all.
_ARTICLE_CODE = re.compile(r"[0-9]{3}")
UNNAMED = "không tên"


@dataclass(frozen=True, slots=True)
class Article:
    """One sku of the file as the shop enters it; `needed` thousandths are on the shelf before the first sale."""

    sku: str
    name: str
    price: int
    divisible: bool
    service: bool
    needed: int


def is_service_article(sku: str) -> bool:
    """Whether a line names no product: its code has no three digits in a row.

    >>> [is_service_article(sku) for sku in ("POST", "C2", "BANK CHARGES", "", "85123A", "gift_0001_20")]
    [True, True, True, True, False, False]
    """
    return _ARTICLE_CODE.search(sku) is None


def articles_of(lines: Iterable[FileLine]) -> list[Article]:
    """The articles of the lines, by sku. One with several names is called by the one that most lines have."""
    found: dict[str, list[FileLine]] = {}
    for line in lines:
        found.setdefault(line.sku, []).append(line)
    return [_article(sku, found[sku]) for sku in sorted(found)]


def _article(sku: str, lines: list[FileLine]) -> Article:
    names = Counter(line.name for line in lines if line.name)
    return Article(
        sku=sku,
        name=_most_common(names) if names else sku or UNNAMED,
        price=_most_common(Counter(line.price for line in lines)),
        divisible=any(line.thousandths % ONE.thousandths for line in lines),
        service=is_service_article(sku),
        needed=sum(line.thousandths for line in lines if line.thousandths > 0) or ONE.thousandths,
    )


def _most_common(counts: Counter[Any]) -> Any:
    """The most frequent; of several the smallest, so that the order of the lines does not decide."""
    return min(counts, key=lambda one: (-counts[one], one))
