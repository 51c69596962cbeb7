"""`shop run` and `shop demo`: serve the pages until somebody stops it."""

from collections.abc import Sequence
from contextlib import suppress

import click

from config.settings import Settings
from pos.commands.shop_folder import bring_up_to_date, need_current, plain_words, settings_of
from pos.data_folder import DataFolder
from pos.demo_shop import LogIn, demo_log_ins, make_demo_shop
from pos.running import running_shop

PORT = click.option("--port", type=click.IntRange(0, 65535), help="Port of the pages; 0 takes any free one.")


@click.command()
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


@click.command()
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
