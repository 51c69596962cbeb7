"""D4: one bit flips in a page of the journal or in the log: what changes or hides a record never goes unsaid."""

from __future__ import annotations

import random
import shutil
import sys
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite

from core.journal.tail import check_tail
from core.read_only import index_of_log, log_of
from core.write_ahead_log import FRAME_HEADER, LOG_HEADER, log_frames
from pos.data_folder import DataFolder
from pos.replay import verify_shop
from pos.start_up_check import look_over
from tests.factories import opened, shop_settings
from tests.faults.till_process import till_process

pytestmark = pytest.mark.slow

JOURNAL = "journal_records"
_Row = tuple[object, ...]


@dataclass(frozen=True)
class Original:
    """A shop as a power cut left it, what its journal says, and which pages of the file hold it."""

    folder: DataFolder
    journal: list[_Row]
    pages: list[int]
    page_size: int


@pytest.fixture(scope="module")
def original(day_of_trade: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Original:
    """Past sales in the database, ten more only in the log."""
    folder = DataFolder(tmp_path_factory.mktemp("flips") / "shop")
    shutil.copytree(day_of_trade.path, folder.path)
    with till_process(folder) as till:
        for number in range(10):
            assert till.ask("fill and sell" if number else "sell", str(uuid.uuid4()))[0] == "sold"
    index_of_log(folder.database).unlink()
    pages, page_size = pages_of_journal(folder)
    return Original(folder, journal_of(folder), pages, page_size)


def copied(folder: DataFolder, place: Path) -> DataFolder:
    """The shop once more, where the copy before stood."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder.path, place)
    return DataFolder(place)


def journal_of(folder: DataFolder) -> list[_Row]:
    """The rows of the journal as SQLite gives them, from a copy that it may write to; raises where it cannot."""
    copy = copied(folder, folder.path.with_name("read"))
    connection = sqlite.connect(copy.database)
    try:
        return [tuple(row) for row in connection.execute(f"SELECT * FROM {JOURNAL} ORDER BY seq")]
    finally:
        connection.close()


def pages_of_journal(folder: DataFolder) -> tuple[list[int], int]:
    """The pages in the file that hold the journal, from its root down to its overflowing records."""
    data = folder.database.read_bytes()
    size = int.from_bytes(data[16:18], "big")
    connection = sqlite.connect(f"{folder.database.as_uri()}?mode=ro&immutable=1", uri=True)
    (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (JOURNAL,)).fetchone()
    connection.close()
    found, todo = [], [root]
    while todo:
        number = todo.pop()
        page = data[(number - 1) * size : number * size]
        found.append(number)
        if page[0] == 5:  # an inner page of a table: its cells and its end name the pages below
            cells = int.from_bytes(page[3:5], "big")
            starts = [int.from_bytes(page[12 + 2 * cell : 14 + 2 * cell], "big") for cell in range(cells)]
            todo += [int.from_bytes(page[start : start + 4], "big") for start in starts]
            todo.append(int.from_bytes(page[8:12], "big"))
    return found, size


def flip(file: Path, place: int, bit: int) -> None:
    with file.open("r+b") as opened_file:
        opened_file.seek(place)
        byte = opened_file.read(1)[0]
        opened_file.seek(place)
        opened_file.write(bytes([byte ^ 1 << bit]))


def judged(original: Original, folder: DataFolder) -> str:
    """What became of a flip: "start" or "verify" say who reported it, "harmless" that no record changed."""
    if look_over(folder) is not None:
        return "found_at_start"
    try:
        changed = journal_of(folder) != original.journal
    except sqlite.DatabaseError:
        changed = True
    if not changed:
        return "harmless"
    with opened(folder, shop_settings()):
        verdict = verify_shop()
    return "UNSEEN" if verdict.clean else "found_by_verify"


def tried(original: Original, file: Callable[[DataFolder], Path], places: list[int], work: Path) -> Counter[str]:
    """Flip one bit at each place, each time in a fresh copy."""
    chance, found = random.Random(20261122), Counter[str]()
    for place in places:
        folder = copied(original.folder, work / "shop")
        flip(file(folder), place, chance.randrange(8))
        found[judged(original, folder)] += 1
    return found


def test_a_flipped_bit_in_the_journals_pages_is_reported(
    original: Original, tmp_path: Path, size: Callable[[str], int], count: Callable[..., None]
) -> None:
    chance = random.Random(4)
    places = [
        (chance.choice(original.pages) - 1) * original.page_size + chance.randrange(original.page_size)
        for _ in range(size("D4"))
    ]

    found = tried(original, lambda folder: folder.database, places, tmp_path)

    assert found["UNSEEN"] == 0
    assert found["found_at_start"] > len(places) // 4
    count("D4: bits flipped in pages of the journal", **found)


def test_in_a_long_journal_verify_reports_what_the_start_does_not_look_at(
    original: Original,
    tmp_path: Path,
    size: Callable[[str], int],
    count: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pos.start_up_check.check_tail", partial(check_tail, records=20))
    monkeypatch.setattr(sys.modules[__name__], "look_over", partial(look_over, every_page=False))
    chance = random.Random(6)
    pages = chance.choices(original.pages, k=size("D4"))
    places = [(page - 1) * original.page_size + chance.randrange(original.page_size) for page in pages]

    found = tried(original, lambda folder: folder.database, places, tmp_path)

    assert found["UNSEEN"] == 0
    assert found["found_by_verify"] > len(places) // 4
    count("D4: bits flipped in pages of the journal, the start looking at 20 records", **found)


def test_a_flipped_bit_in_the_log_is_reported(
    original: Original, tmp_path: Path, size: Callable[[str], int], count: Callable[..., None]
) -> None:
    chance = random.Random(5)
    frames = log_frames(original.folder.database)
    end = frames[-1].start + FRAME_HEADER.size + original.page_size
    places = [chance.randrange(LOG_HEADER.size), *(chance.randrange(end) for _ in range(size("D4") - 1))]

    found = tried(original, lambda folder: log_of(folder.database), places, tmp_path)

    assert found["UNSEEN"] == 0
    assert found["found_at_start"] == len(places)  # SQLite would have passed over all that stands behind the flip
    count("D4: bits flipped in the log", **found)


def test_without_head_file_and_start_up_check_a_shorter_journal_goes_unseen(
    original: Original, tmp_path: Path, count: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "look_over", lambda folder: None)
    monkeypatch.setattr("pos.replay.remembered_heads", lambda: ())
    frames = log_frames(original.folder.database)

    found = tried(original, lambda folder: log_of(folder.database), [frame.start for frame in frames[::40]], tmp_path)

    assert found["UNSEEN"] > 0
    count("D4: control, bits flipped in the log and nobody looks", **found)
