"""Cut off at any step of a restore, the shop is the old one or the restored one, and never half of both."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pos.data_folder import DataFolder
from pos.replay import verify_shop
from pos.restoring import restore as restoring
from pos.restoring import swap
from pos.restoring.restore import restore
from pos.restoring.swap import finish_restore
from tests.factories import sell
from tests.pos.restore_story import newest, place, reopened, sold, wish

__all__ = ["place", "sold"]  # fixtures


class PowerCut(BaseException):
    """Nothing can be finished any more."""


STEPS: list[tuple[Any, str]] = [
    (restoring, "open_backup"),
    (restoring, "make_ready"),
    (restoring, "seal"),
    (restoring, "put_in_place"),
    (swap, "_remember_head"),
    (swap.shutil, "rmtree"),
]


@pytest.mark.parametrize(("where", "step"), STEPS, ids=[step for _, step in STEPS])
@pytest.mark.parametrize("when", ["before", "after"])
def test_cut_off_at_any_step_the_shop_is_the_old_one_or_the_restored_one(
    sold: DataFolder, place: Path, monkeypatch: pytest.MonkeyPatch, where: Any, step: str, when: str
) -> None:
    real: Callable[..., Any] = getattr(where, step)

    def cut(*args: Any, **named: Any) -> Any:
        if when == "after":
            real(*args, **named)
        raise PowerCut

    monkeypatch.setattr(where, step, cut)
    with pytest.raises(PowerCut):
        restore(wish(sold, newest(place), declare_loss=True))
    monkeypatch.undo()

    finish_restore(sold)
    with reopened(sold) as shop:
        verdict = verify_shop()
        assert verdict.clean
        assert verdict.report.epoch in (0, 1)
        assert sell(shop, "mật ong").number == (9 if verdict.report.epoch == 0 else 19)
    if verdict.report.epoch == 0:
        assert restore(wish(sold, newest(place), declare_loss=True)).epoch == 1


@pytest.mark.slow
def test_each_rename_of_the_swap_may_be_the_last(sold: DataFolder, place: Path, monkeypatch, tmp_path) -> None:
    """Counts the renames, and cuts before each of them in turn."""
    real, stop_at, count = os.rename, [10**6], [0]

    def rename(self: Path, target: Path) -> Path:
        count[0] += 1
        if count[0] == stop_at[0]:
            raise PowerCut
        real(self, target)
        return target

    fresh = tmp_path / "fresh"
    shutil.copytree(sold.path, fresh)
    monkeypatch.setattr(Path, "rename", rename)
    restore(wish(sold, newest(place), declare_loss=True))
    steps = count[0]
    assert steps >= 3
    for step in range(1, steps + 1):
        folder = DataFolder(tmp_path / f"cut before {step}")
        shutil.copytree(fresh, folder.path)
        count[0], stop_at[0] = 0, step
        with pytest.raises(PowerCut):
            restore(wish(folder, newest(place), declare_loss=True))
        stop_at[0] = 10**6
        finish_restore(folder)
        with reopened(folder):
            assert verify_shop().clean, step


def test_every_name_is_on_the_disk_before_the_next_step_counts(sold: DataFolder, place: Path, monkeypatch) -> None:
    """What a folder held when it was last written through is what a power cut leaves of it."""
    on_disk: dict[str, set[str]] = {}
    real_sync, real_rename = swap.sync, os.rename

    def sync(path: Path) -> None:
        real_sync(path)
        if path.is_dir():
            on_disk[path.name] = {each.name for each in path.iterdir()}

    def rename(self: Path, target: Path) -> Path:
        if target.name == swap.RESTORED:
            assert on_disk[self.name] == {each.name for each in self.iterdir()}
        if self.parent.name == swap.RESTORED and target == sold.database:
            (aside,) = sold.set_aside.iterdir()
            assert "shop.sqlite" in on_disk[aside.name]
            assert on_disk["set-aside"] == {aside.name}
        real_rename(self, target)
        return target

    monkeypatch.setattr(swap, "sync", sync)
    monkeypatch.setattr(Path, "rename", rename)
    restore(wish(sold, newest(place), declare_loss=True))

    assert sold.database.exists()
