"""`shop run` and `shop demo`: serve the pages until somebody stops it."""

import signal
from collections.abc import Sequence
from contextlib import suppress

import click

from config.settings import Settings
from core.i18n import gettext
from pos.commands.language import ENGLISH_OPTION, spoken
from pos.commands.shop_folder import need_current, or_stay_closed, plain_words, settings_of
from pos.commands.upgrade import bring_up_to_date
from pos.data_folder import DataFolder
from pos.demo_shop import LogIn, demo_log_ins, make_demo_shop
from pos.first_run.serving import Begun, make_shop_on_page
from pos.founding.whole_folder import finish_making, need_room_for_a_shop
from pos.running import running_shop
from pos.start_up_check import need_whole

PORT = click.option("--port", type=click.IntRange(0, 65535), help="Port of the pages; 0 takes any free one.")


@click.command()
@PORT
@click.pass_obj
def demo(folder: DataFolder, port: int | None) -> None:
    """Make a demo shop in the folder (once), and run it.

    \b
    Example: shop --data my-demo demo --port 8600
    """
    with spoken(english=True), plain_words(), or_stay_closed(folder, port):
        finish_making(folder)
        need_whole(folder)
        if not folder.holds_a_shop:
            click.echo("Making the demo shop (real OCOP products, prices invented) …")
            make_demo_shop(folder)
        bring_up_to_date(folder)
        serve(folder, settings_of(folder, port), log_ins=demo_log_ins())


@click.command()
@PORT
@ENGLISH_OPTION
@click.pass_obj
def run(folder: DataFolder, port: int | None, english: bool) -> None:
    """Run the shop of the folder until it is stopped (Ctrl+C). Without a shop a page asks what it needs, and makes it.

    \b
    Example: shop --data my-shop run
    """
    with spoken(english), plain_words(), or_stay_closed(folder, port):
        finish_making(folder)
        need_whole(folder)
        begun = None if folder.holds_a_shop else _make_on_page(folder, port)
        if begun or folder.holds_a_shop:
            need_current(folder)
            serve(folder, settings_of(folder, port), begun=begun)


def _make_on_page(folder: DataFolder, port: int | None) -> Begun | None:
    need_room_for_a_shop(folder)

    def tell(address: str) -> None:
        click.echo(gettext("There is no shop in %(folder)s yet.", folder=folder.path))
        click.echo(
            gettext("Open this address in a browser on this machine to set one up: %(address)s", address=address)
        )

    _end_like_ctrl_c()
    return make_shop_on_page(folder, settings_of(folder, port).server, tell=tell)


def _end_like_ctrl_c() -> None:
    """Being told to end (by systemd, by the machine going down) lets the paper in hand be finished."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def serve(folder: DataFolder, settings: Settings, log_ins: Sequence[LogIn] = (), begun: Begun | None = None) -> None:
    """Run the shop and say where it is found; nothing is lost when it is stopped at any moment."""
    _end_like_ctrl_c()
    with folder.claimed(), running_shop(folder, settings, begun and begun.server) as shop:
        click.echo(gettext("The shop is open: %(address)s", address=shop.address))
        for person in log_ins:
            click.echo(f"  {person.name} ({person.role}), PIN {person.pin}")
        click.echo(gettext("Stop it with Ctrl+C."))
        with suppress(KeyboardInterrupt):
            begun.thread.join() if begun else shop.server.serve()
