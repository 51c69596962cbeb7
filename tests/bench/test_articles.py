"""The articles of a file: how each is called, what it costs on the list, how much of it must be on the shelf."""

from datetime import datetime

from bench.replay.articles import Article, articles_of
from bench.replay.sales_file import FileLine
from core.clock import VIETNAM

AT = datetime(2010, 12, 1, 8, tzinfo=VIETNAM)


def line(sku="85123A", name="Lồng đèn", thousandths=1000, price=2550):
    return FileLine(2, AT, "7", sku, name, thousandths, price)


def only(*lines: FileLine) -> Article:
    (article,) = articles_of(lines)
    return article


def test_it_is_called_and_priced_as_most_of_its_lines_say():
    article = only(line(), line(), line(name="đèn", price=5100), line(name=""))

    assert (article.name, article.price) == ("Lồng đèn", 2550)


def test_of_two_that_are_as_frequent_the_smaller_one_counts_in_whatever_order_they_stand():
    assert only(line(price=3), line(price=2)) == only(line(price=2), line(price=3))
    assert only(line(price=3), line(price=2)).price == 2


def test_without_a_name_it_is_called_by_its_code_and_without_either_by_a_word():
    assert only(line(name="")).name == "85123A"
    assert only(line(sku="", name="")).name == "không tên"


def test_all_that_is_sold_must_be_on_the_shelf_and_what_only_comes_back_needs_a_lot():
    assert only(line(thousandths=3000), line(thousandths=2000), line(thousandths=-9000)).needed == 5000
    assert only(line(thousandths=-9_360_000)).needed == 1000


def test_what_is_sold_in_parts_is_sold_by_weight():
    assert only(line(), line(thousandths=850)).divisible
    assert not only(line(), line(thousandths=2000)).divisible
