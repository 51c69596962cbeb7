"""The command `shop`: makes, runs and checks a shop that lives in one data folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from config.settings import Settings, SettingsError, load_settings
from pos.data_folder import DataFolder, NoShopHere
from pos.server import NotOverHttp

HELP = """Make, run and check a shop.

\b
Examples:
  shop --data my-demo demo            a demo shop with real OCOP products, prices invented
  shop --data my-demo verify          recompute the journal and compare it with the books
  shop --data my-demo journal export records.jsonl
"""


@click.group(help=HELP)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="SHOP_DATA",
    required=True,
    help="Data folder of the shop (or the variable SHOP_DATA).",
)
@click.pass_context
def main(context: click.Context, data: Path) -> None:
    """Remember which shop the commands are about."""
    context.obj = DataFolder(data)


@contextmanager
def plain_words() -> Iterator[None]:
    """Turn what can go wrong at the start into one sentence and exit code 1."""
    try:
        yield
    except (NoShopHere, NotOverHttp, SettingsError) as trouble:
        raise click.ClickException(str(trouble)) from trouble


PORT = click.option("--port", type=click.IntRange(0, 65535), help="Port of the pages; 0 takes any free one.")


def settings_of(folder: DataFolder, port: int | None = None) -> Settings:
    """The settings of a shop; a port given to the command stands above the file."""
    overrides: dict[str, Any] = {"server": {"port": port}} if port is not None else {}
    return load_settings(folder.path, overrides)
