"""Reading a neutral sales file: what is played, what is listed and why, what is no such file."""

from __future__ import annotations

import gzip
from decimal import Decimal
from pathlib import Path

import pytest

from bench.replay.sales_file import NotASalesFile, read_sales_file

HEAD = "datetime,basket,sku,name,qty,unit_price\n"
LINE = "2010-12-01T08:26:00,536365,85123A,Lồng đèn,6,2.55\n"


@pytest.fixture
def written(tmp_path: Path):
    def write(text: str | bytes, name: str = "sales.csv") -> Path:
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    return write


def test_a_price_times_a_thousand_is_dong_to_the_last_digit(written):
    (line,) = read_sales_file(written(HEAD + LINE)).played

    assert (line.number, line.basket, line.sku, line.name) == (2, "536365", "85123A", "Lồng đèn")
    assert (line.thousandths, line.price) == (6000, 2550)
    assert line.at.isoformat() == "2010-12-01T08:26:00+07:00"


OTHER = "2010-12-02T09:00:00,536366,POST,Gửi,-1,18\n"
SAME_CONTENT = [
    HEAD + LINE + OTHER,
    HEAD + OTHER + LINE,  # another order of lines
    "\ufeff" + HEAD + LINE + OTHER,
    (HEAD + LINE + OTHER).replace("\n", "\r\n"),
    gzip.compress((HEAD + LINE + OTHER).encode()),
    "qty,unit_price,name,sku,basket,datetime,country\n"
    "6,2.55,Lồng đèn,85123A,536365,2010-12-01T08:26:00,UK\n-1,18,Gửi,POST,536366,2010-12-02T09:00:00,\n",
]


@pytest.mark.parametrize("text", SAME_CONTENT)
def test_the_same_content_is_the_same_file(written, text):
    file = read_sales_file(written(text, "named_as_nothing"))

    assert file.digest == read_sales_file(written(SAME_CONTENT[0])).digest
    assert sorted((line.basket, line.thousandths, line.price) for line in file.played) == [
        ("536365", 6000, 2550),
        ("536366", -1000, 18_000),
    ]


def test_one_line_more_is_another_file(written):
    twice = read_sales_file(written(HEAD + LINE + LINE)).digest

    assert twice != read_sales_file(written(HEAD + LINE)).digest


NOT_PLAYED = [
    ("6", "0", "price 0", 0),
    ("6", "0.00", "price 0", 0),
    ("6", "", "no price", 0),
    ("1", "-11062.06", "price below 0", -11_062_060),
    ("0", "2.55", "quantity 0", 0),
    ("0.0005", "2", "quantity finer than a thousandth", 1),
    ("1", "2.5555", "price finer than a đồng", Decimal("2555.5")),
    ("0.5", "0.001", "value finer than a đồng", Decimal("0.5")),
    ("1", "9999999999999999", "too large", 9_999_999_999_999_999_000),
]


@pytest.mark.parametrize(("quantity", "price", "why", "value"), NOT_PLAYED)
def test_what_no_till_can_ring_up_is_listed_by_its_number(written, quantity, price, why, value):
    file = read_sales_file(written(HEAD + LINE + f"2010-12-01T08:26:00,7,85123A,x,{quantity},{price}\n"))

    (line,) = file.listed
    assert (line.number, line.basket, line.why, line.value) == (3, "7", why, value)
    assert len(file.played) == 1


REFUSED = [
    ("", "has no column datetime, basket, sku, name, qty, unit_price"),
    (HEAD, "holds no lines"),
    ("datetime,basket,sku,qty\n1,2,3,4\n", "has no column name, unit_price"),
    (HEAD + "2010-12-01T08:26:00,,85123A,x,1,1\n", "line 2 names no basket"),
    (HEAD + "1/12/2010,7,85123A,x,1,1\n", "line 2: '1/12/2010' is no time"),
    (HEAD + "2010-12-01T08:26:00,7,85123A,x,nan,1\n", "line 2: 'nan' is no qty"),
    (HEAD + "2010-12-01T08:26:00,7,85123A,x,six,1\n", "line 2: 'six' is no qty"),
    (HEAD + "2010-12-01T08:26:00,7,85123A,x,1,1e999999\n", "is no unit_price"),
    (HEAD + f"2010-12-01T08:26:00,{'7' * 101},85123A,x,1,1\n", "line 2, basket: This text has 101 characters"),
    (HEAD + '2010-12-01T08:26:00,7,85123A,"x,1,1\n', "unexpected end of data"),
    (HEAD.encode() + b"2010-12-01T08:26:00,7,85123A,\xff\xfe,1,1\n", "can't decode"),
    (gzip.compress((HEAD + LINE * 500).encode())[:-20], "end-of-stream"),
]


@pytest.mark.parametrize(("text", "said"), REFUSED)
def test_what_cannot_be_added_up_refuses_the_file_and_says_where(written, text, said):
    with pytest.raises(NotASalesFile) as refused:
        read_sales_file(written(text))

    assert said in str(refused.value)


def test_a_long_name_is_cut_and_what_is_invisible_goes(written):
    (line,) = read_sales_file(written(HEAD + f"2010-12-01T08:26:00,7,85\u200b123A,{'x' * 300},1,1\n")).played

    assert (line.sku, len(line.name)) == ("85123A", 200)
