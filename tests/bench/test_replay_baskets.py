"""A sales file played through the till: exact to the đồng, the same again changes nothing, a kill costs nothing."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2 as sqlite

from bench.replay.__main__ import main
from bench.replay.replay import Replayed, replay
from bench.replay.shop import NotAReplayShop
from pos.data_folder import DataFolder
from tests.shared_cases import PROJECT, shared, shared_json

ODD = Path(__file__).with_name("odd_sales.csv")
SCRIPT = PROJECT / "bench" / "replay_baskets.py"


def day(baskets: int, thousandths: int, dong: int) -> dict[str, int]:
    return {"baskets": baskets, "quantity_thousandths": thousandths, "value_dong": dong}


ODD_PER_DAY = {
    # B1: 2 × 90 000 + 39 500 + 25 000; B2: 1 500 × 125 + 3 × 12 345; less 45 000 and a discount of 30 000
    "2010-03-01": day(4, (2 + 2 + 1 + 1 + 1500 + 3 - 1 - 1) * 1000, 180_000 + 64_500 + 187_500 + 37_035 - 75_000),
    "2010-03-02": day(2, (2 - 3 + 1) * 1000, 24_000 - 36_000 + 45_000),
    "2010-03-03": day(3, 1000 + 850 + 1000, 45_000 + 153_000 + 1_000),
    "2010-04-01": day(2, (1 - 9360) * 1000, 13_541_330 - 280_800),
}
ODD_PER_MONTH = {
    "2010-03": day(8, 1_509_850, 626_035),  # a basket of two days is one of the month
    "2010-04": day(2, -9_359_000, 13_260_530),
}


def rows_of(folder: Path) -> list[tuple[Any, ...]]:
    with sqlite.connect(folder / "shop.sqlite") as file:
        return file.execute("SELECT seq, hash FROM journal_records ORDER BY seq").fetchall()


def test_odd_lines_are_played_or_listed_to_the_dong(tmp_path):
    done = replay(ODD, tmp_path / "shop")

    assert done.sums == {"per_day": ODD_PER_DAY, "per_month": ODD_PER_MONTH}
    assert done.agrees, done.report
    assert [(line["line"], line["why"]) for line in done.report["listed"]] == [
        (10, "price 0"),
        (11, "quantity 0"),
        (12, "no price"),
        (13, "price below 0"),
        (14, "price finer than a đồng"),
    ]
    assert done.report["odd"] == {
        "lines": 16,
        "lines_brought_back": 4,
        "lines_off_the_list": 2,
        "lines_that_repeat_another": 1,
        "lines_without_a_name": 1,
        "skus_with_several_names": 1,
        "baskets_with_several_times": 1,
        "baskets_without_a_sale": 3,
        "baskets_that_sell_and_take_back": 1,
        "service_articles": {"": 1, "D": 1, "POST": 1},
    }


def test_the_same_file_again_changes_nothing(tmp_path):
    folder = tmp_path / "shop"
    first = replay(ODD, folder)
    before = rows_of(folder)

    again = replay(ODD, folder)

    assert again.sums == first.sums
    assert again.report["pace"]["baskets_played_now"] == 0
    assert rows_of(folder) == before


def test_its_first_days_and_then_the_rest_are_the_whole(tmp_path):
    folder = tmp_path / "shop"
    begun = replay(ODD, folder, days=2)

    assert list(begun.sums["per_day"]) == ["2010-03-01", "2010-03-02"]
    assert begun.agrees
    assert replay(ODD, folder).sums["per_month"] == ODD_PER_MONTH


def many_baskets(file: Path, days: int, a_day: int) -> Path:
    """Small baskets of our own: sales, prices off the list, every tenth one brought back."""
    lines = ["datetime,basket,sku,name,qty,unit_price"]
    for n in range(days * a_day):
        at = f"2010-05-{n // a_day + 1:02}T{8 + n % a_day // 60:02}:{n % a_day % 60:02}:00"
        sign = -1 if n % 10 == 9 else 1
        lines += [f"{at},{n},1000{k},Hàng {k},{sign * (k + 1)},{10 + n % 3 * k}" for k in range(1 + n % 4)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.mark.slow
def test_a_replay_that_is_killed_goes_on_where_it_stopped(tmp_path):
    file = many_baskets(tmp_path / "sales.csv", days=2, a_day=25)
    folder, untouched = tmp_path / "killed", replay(file, tmp_path / "untouched")
    with subprocess.Popen([sys.executable, SCRIPT, file, "--data", folder], stdout=subprocess.DEVNULL) as running:
        wait_for_sales(folder, 10)
        running.send_signal(signal.SIGKILL)

    rest = replay(file, folder)

    assert 0 < rest.report["pace"]["baskets_played_now"] < 50
    assert rest.sums == untouched.sums
    assert rest.agrees, rest.report


def wait_for_sales(folder: Path, sales: int) -> None:
    """Until a shop that another process plays has sold so often."""
    database, until = DataFolder(folder).database, time.monotonic() + 60
    while time.monotonic() < until:
        if database.exists():
            with sqlite.connect(f"file:{database}?mode=ro", uri=True) as file:
                if file.execute("SELECT count(*) FROM sales").fetchone()[0] >= sales:
                    return
        time.sleep(0.02)
    pytest.fail(f"fewer than {sales} sales after a minute")


def test_another_shop_is_left_alone(tmp_path, capsys):
    folder = tmp_path / "shop"
    replay(many_baskets(tmp_path / "sales.csv", days=1, a_day=1), folder)
    settings = DataFolder(folder).settings
    settings.write_text(settings.read_text(encoding="utf-8").replace("T-REPLAY", "T-7"), encoding="utf-8")

    assert main([str(ODD), "--data", str(folder)]) == 1
    assert "holds the shop T-7" in capsys.readouterr().err


def test_a_file_of_earlier_days_is_refused_in_the_shop_of_later_ones(tmp_path):
    replay(many_baskets(tmp_path / "sales.csv", days=1, a_day=1), tmp_path / "shop")

    with pytest.raises(NotAReplayShop, match="has sold up to 2010-05-01"):
        replay(ODD, tmp_path / "shop")


def test_the_script_prints_the_sums_and_nothing_else(tmp_path):
    file = many_baskets(tmp_path / "sales.csv", days=1, a_day=3)

    run = subprocess.run([SCRIPT, file], check=True, capture_output=True, text=True)

    assert json.loads(run.stdout) == {
        "per_day": {"2010-05-01": day(3, 10_000, 118_000)},
        "per_month": {"2010-05": day(3, 10_000, 118_000)},
    }
    assert json.loads(run.stderr)["played_and_listed_are_the_file"]


def test_what_is_no_sales_file_is_said_in_a_sentence(tmp_path, capsys):
    (tmp_path / "list.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    assert main([str(tmp_path / "list.csv")]) == 1
    assert capsys.readouterr().err.startswith("list.csv has no column datetime")


@pytest.mark.slow
def test_the_collected_sales_of_december_2010_are_exact(tmp_path, size):
    expected = shared_json("cases/sales/expected_totals.json", cases=20)["online_retail_2010-12"]
    days = size("replay-days")

    done = replay(shared("cases/sales/online_retail_2010-12.csv.gz"), tmp_path / "shop", days=days)

    assert played_and_listed(done, "per_day") == {
        name: (baskets, int(quantity) * 1000, Decimal(value) * 1000)
        for name, (_, baskets, quantity, value) in list(expected["per_day"].items())[:days]
    }
    assert done.agrees, done.report
    if days >= expected["days_with_sales"]:
        month = expected["per_month"]["2010-12"]
        whole = (month["baskets"], int(month["qty"]) * 1000, Decimal(month["value"]) * 1000)
        assert played_and_listed(done, "per_month") == {"2010-12": whole}
        assert len(done.report["listed"]) == expected["zero_price_lines"]
        assert done.report["odd"]["skus_with_several_names"] <= expected["skus_with_more_than_one_name"]


def played_and_listed(done: Replayed, stretch: str) -> dict[str, tuple[Any, ...]]:
    """What the journal says and what was listed, together."""
    listed = done.report["listed_sums"][stretch]
    return {
        name: tuple(number + listed.get(name, {}).get(what, 0) for what, number in sums.items())
        for name, sums in done.sums[stretch].items()
    }
