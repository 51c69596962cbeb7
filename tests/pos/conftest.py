"""A shop with people and two registers at eight in the morning of 20/11/2026; its database is a file of its own."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.clock import stopped_at
from pos.data_folder import DataFolder
from tests.factories import MORNING, Shop, build_template, copy_of, opened, shop_settings


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A migrated shop without goods, made once and copied for each test."""
    with stopped_at(MORNING):
        return build_template(tmp_path_factory.mktemp("template") / "shop")


@pytest.fixture
def folder(template: DataFolder, tmp_path: Path) -> Iterator[DataFolder]:
    """The data folder of this test's shop, in memory where the system has room for it: nobody cuts its power."""
    memory = Path("/dev/shm")
    place = tempfile.mkdtemp(prefix="shop_", dir=memory if os.access(memory, os.W_OK) else tmp_path)
    yield copy_of(template, Path(place) / "shop")
    shutil.rmtree(place)


@pytest.fixture
def shop(folder: DataFolder) -> Iterator[Shop]:
    """A shop of the test's own; its clock stands at eight in the morning and moves by its hand."""
    with stopped_at(MORNING) as hand, opened(folder, shop_settings()) as app:
        yield Shop(app, folder, hand)
