"""One whole replay: read the file, make and stock the shop, play, add up what the journal says, verify."""

from __future__ import annotations

import tempfile
import time as stopwatch
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from bench.replay.articles import Article, articles_of
from bench.replay.odd_lines import odd_lines
from bench.replay.sales_file import SalesFile, read_sales_file
from bench.replay.shop import NotAReplayShop, make_replay_shop, opened, stock_shop
from bench.replay.sums import Sums, added, sums_of_file, sums_of_journal, sums_of_listed
from bench.replay.till import FileBasket, baskets_of, play, played_keys
from core.clock import VIETNAM, Hand, stopped_at
from core.journal.chain import head
from pos.cli import main as shop
from pos.data_folder import DataFolder


@dataclass(frozen=True)
class Replayed:
    """The sums of the journal, what else there is to say, and whether everything agrees."""

    sums: Sums
    report: dict[str, Any]
    agrees: bool


def replay(path: Path, data: Path, *, days: int | None = None) -> Replayed:
    """Play a file in the shop of a folder; what was played before is not played again."""
    file, folder = first_days(read_sales_file(path), days), DataFolder(data)
    baskets, articles = baskets_of(file.played, file.digest), articles_of(file.played)
    pace = play_file(file, baskets, articles, folder)
    sums, listed = exported_sums(folder, file.digest), sums_of_listed(file)
    verified = shop_command(folder, "verify")
    agrees = added(sums, listed) == sums_of_file(file)
    report = {
        "file": {"digest": file.digest, "first_day": file.days[0].isoformat()},
        "played_and_listed_are_the_file": agrees,
        "verify": verified.output.strip(),
        "pace": pace,
        "odd": odd_lines(baskets, articles),
        "listed_sums": listed,
        "listed": [line.told() for line in file.listed],
    }
    return Replayed(sums, report, agrees and verified.exit_code == 0)


def first_days(file: SalesFile, days: int | None) -> SalesFile:
    """The file up to its so-and-so-many-th day with lines; still the same file, so that the rest can follow."""
    last = file.days[:days][-1]
    return replace(
        file,
        played=tuple(line for line in file.played if line.day <= last),
        listed=tuple(line for line in file.listed if line.day <= last),
    )


def play_file(
    file: SalesFile, baskets: Sequence[FileBasket], articles: Sequence[Article], folder: DataFolder
) -> dict[str, Any]:
    """Play under a clock that begins with the file's first day, or where an earlier replay stopped; says how fast."""
    began = stopwatch.perf_counter()
    with stopped_at(datetime.combine(file.days[0], time(), tzinfo=VIETNAM)) as hand:
        make_replay_shop(folder)
        with folder.claimed(), opened(folder):
            set_behind_the_journal(hand, baskets)
            stock_shop(articles, f"{file.digest} {file.days[-1]}")
            stocked, cpu = stopwatch.perf_counter(), stopwatch.process_time()
            played = sum(1 for _ in play(baskets, hand))
    seconds, cpu_seconds = stopwatch.perf_counter() - stocked, stopwatch.process_time() - cpu
    return {
        "baskets_played_now": played,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu_seconds, 2),
        "baskets_per_second": round(played / seconds, 1),
        "seconds_for_stocking_the_shop": round(stocked - began, 2),
    }


def set_behind_the_journal(hand: Hand, baskets: Sequence[FileBasket]) -> None:
    """Put the clock where the journal stopped, so that no record is older than the one before it."""
    newest = head()
    if newest is None or newest.ts <= hand.instant:
        return
    hand.set(newest.ts)
    missing = [basket.at for basket in baskets if basket.key not in played_keys()]
    if missing and min(missing) < newest.ts:
        raise NotAReplayShop(f"The shop of this folder has sold up to {newest.ts:%Y-%m-%d %H:%M} UTC, after the file.")


def exported_sums(folder: DataFolder, digest: str) -> Sums:
    """The sums of what `shop journal export` writes."""
    with tempfile.TemporaryDirectory(prefix="journal_") as place:
        file = Path(place) / "records.jsonl"
        exported = shop_command(folder, "journal", "export", str(file))
        assert exported.exit_code == 0, exported.output
        with file.open(encoding="utf-8", newline="\n") as lines:
            return sums_of_journal(lines, digest)


def shop_command(folder: DataFolder, *words: str) -> Result:
    """The shop's own command as anybody would type it, without another program being started for it."""
    return CliRunner().invoke(shop, ["--data", str(folder.path), *words])
