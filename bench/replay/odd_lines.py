"""What is odd about the lines that are played, so that whoever reads the sums knows what stands in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from bench.replay.articles import Article
from bench.replay.sales_file import FileLine
from bench.replay.till import FileBasket


def odd_lines(baskets: Sequence[FileBasket], articles: Sequence[Article]) -> dict[str, Any]:
    """How often each oddity stands in the file; all of these lines are played."""
    lines = [line for basket in baskets for line in (*basket.sold, *basket.brought_back)]
    prices = {article.sku: article.price for article in articles}
    names: dict[str, set[str]] = {}
    for line in lines:
        names.setdefault(line.sku, set()).add(line.name)
    return {
        "lines": len(lines),
        "lines_brought_back": sum(line.thousandths < 0 for line in lines),
        "lines_off_the_list": sum(line.price != prices[line.sku] for line in lines),
        "lines_that_repeat_another": repeated(lines),
        "lines_without_a_name": sum(not line.name for line in lines),
        "skus_with_several_names": sum(len(of_sku) > 1 for of_sku in names.values()),
        "baskets_with_several_times": sum(
            len({line.at for line in (*one.sold, *one.brought_back)}) > 1 for one in baskets
        ),
        "baskets_without_a_sale": sum(not one.sold for one in baskets),
        "baskets_that_sell_and_take_back": sum(bool(one.sold and one.brought_back) for one in baskets),
        "service_articles": {one.sku: sum(line.sku == one.sku for line in lines) for one in articles if one.service},
    }


def repeated(lines: Sequence[FileLine]) -> int:
    """Lines that say the very same as an earlier one; each is played."""
    told = Counter(astuple(line)[1:] for line in lines)
    return sum(count - 1 for count in told.values())
