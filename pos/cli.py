"""The command `shop`: makes, runs and checks a shop that lives in one data folder."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

import click

from config.settings import Settings, SettingsError, load_settings
from core.database import OldSqlite, db
from core.journal.export import export_lines
from core.journal.seal import KeyUnreadable, load_key
from core.migrate import UnknownVersion, pending, upgrade
from pos.app import MIGRATIONS, create_shop_app
from pos.data_folder import DataFolder, NoShopHere
from pos.demo_shop import LogIn, demo_log_ins, make_demo_shop
from pos.replay import verify_shop
from pos.running import running_shop
from pos.server import NotOverHttp, PortTaken

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


_TOLD = (KeyUnreadable, NoShopHere, NotOverHttp, OldSqlite, PortTaken, SettingsError, UnknownVersion)


@contextmanager
def plain_words() -> Iterator[None]:
    """Turn what can go wrong at the start into one sentence and exit code 1."""
    try:
        yield
    except _TOLD as trouble:
        raise click.ClickException(str(trouble)) from trouble


PORT = click.option("--port", type=click.IntRange(0, 65535), help="Port of the pages; 0 takes any free one.")


def settings_of(folder: DataFolder, port: int | None = None) -> Settings:
    """The settings of a shop; a port given to the command stands above the file."""
    overrides: dict[str, Any] = {"server": {"port": port}} if port is not None else {}
    return load_settings(folder.path, overrides)


@main.command()
@PORT
@click.pass_obj
def demo(folder: DataFolder, port: int | None) -> None:
    """Make a demo shop in the folder (once), and run it.

    \b
    Example: shop --data my-demo demo --port 8600
    """
    with plain_words():
        if not folder.holds_a_shop:
            click.echo("Making the demo shop (real OCOP products, prices invented) …")
            make_demo_shop(folder)
        bring_up_to_date(folder)
        serve(folder, settings_of(folder, port), log_ins=demo_log_ins())


@main.command()
@PORT
@click.pass_obj
def run(folder: DataFolder, port: int | None) -> None:
    """Run the shop of the folder until it is stopped (Ctrl+C).

    \b
    Example: shop --data my-shop run
    """
    with plain_words():
        need_current(folder)
        serve(folder, settings_of(folder, port))


def serve(folder: DataFolder, settings: Settings, log_ins: Sequence[LogIn] = ()) -> None:
    """Run the shop and say where it is found; nothing is lost when it is stopped at any moment."""
    with running_shop(folder, settings) as shop:
        click.echo(f"The shop is open: {shop.address}")
        for person in log_ins:
            click.echo(f"  {person.name} ({person.role}), PIN {person.pin}")
        click.echo("Stop it with Ctrl+C.")
        with suppress(KeyboardInterrupt):
            shop.server.serve()


@main.command()
@click.pass_obj
def verify(folder: DataFolder) -> None:
    """Recompute the journal from its first record and compare it with the books; exit code 1 on a fault.

    \b
    Example: shop --data my-shop verify
    """
    with plain_words(), opened(folder):
        verdict = verify_shop()
    report = verdict.report
    if report.fault is not None:
        click.echo(f"FAULT {report.fault}: {report.fault.what}")
    for difference in verdict.differences:
        click.echo(f"DIFFERENCE {difference}")
    if not verdict.clean:
        click.echo("Keep the folder as it is, make a copy of it, and show this to whoever looks after the shop.")
        sys.exit(1)
    for first, last in report.unsigned:
        click.echo(f"Not signed: records {first} to {last}{' (the key is still away)' if report.outage_open else ''}")
    click.echo(f"{report.records} records, none missing, none changed; the books agree with them.")
    click.echo(f"Head: {report.newest_hash}")


@main.group()
def journal() -> None:
    """Hand out the journal and the key it is checked with."""


@journal.command()
@click.argument("file", type=click.File("w", encoding="utf-8"))
@click.pass_obj
def export(folder: DataFolder, file: TextIO) -> None:
    """Write every record to FILE, one JSON object a line: {"b": record text, "s": signature}; - is the screen.

    \b
    Example: shop --data my-shop journal export records.jsonl
    """
    with plain_words(), opened(folder):
        for line in export_lines(db.session()):
            file.write(line + "\n")


@journal.command()
@click.pass_obj
def key(folder: DataFolder) -> None:
    """Print the public key that the records are signed with, in base64.

    \b
    Example: shop --data my-shop journal key
    """
    with plain_words():
        folder.need_shop()
        click.echo(load_key(folder.terminal_key).public)


@main.command()
@click.pass_obj
def migrate(folder: DataFolder) -> None:
    """Bring the database to the form that this version needs; a copy of it is made first.

    \b
    Example: shop --data my-shop migrate
    """
    with plain_words():
        folder.need_shop()
        bring_up_to_date(folder)


def bring_up_to_date(folder: DataFolder) -> None:
    """Migrate where something is missing, and say what was done."""
    done = upgrade(folder.database_url, MIGRATIONS, backup_dir=folder.backups)
    if not done.steps:
        click.echo("The database is up to date.")
        return
    click.echo(f"Migrated by {len(done.steps)} steps to {done.after}.")
    if done.backup:
        click.echo(f"The database as it was before: {done.backup}")


def need_current(folder: DataFolder) -> None:
    """Refuse to run on a database of another version."""
    folder.need_shop()
    if pending(folder.database_url, MIGRATIONS):
        raise NoShopHere(f"The database is of an older version. Type: shop --data {folder.path} migrate")


@contextmanager
def opened(folder: DataFolder) -> Iterator[None]:
    """The shop of a folder for a command that asks it something."""
    need_current(folder)
    app = create_shop_app(settings_of(folder), folder)
    with app.app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()
