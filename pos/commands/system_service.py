"""`shop service …`: let the shop begin with the machine."""

import click

from core.i18n import gettext
from pos.commands.language import ENGLISH_OPTION, spoken
from pos.commands.shop_folder import plain_words
from pos.data_folder import DataFolder
from pos.service.installing import UNIT_FOLDER, plan
from pos.service.installing import install as install_unit
from pos.service.installing import remove as remove_unit
from pos.service.unit import NAME, UNIT_FILE

USER = click.option("--user", help="User of the machine that runs the shop; by default the owner of the data folder.")


@click.group()
def service() -> None:
    """Let the shop begin with the machine, and again whenever it ends (systemd)."""


@service.command()
@USER
@ENGLISH_OPTION
@click.pass_obj
def install(folder: DataFolder, user: str | None, english: bool) -> None:
    """Make the shop of the folder a service of this machine, and start it.

    \b
    Example: shop --data my-shop service install
    """
    with spoken(english), plain_words():
        unit = plan(folder.path, user)
        begun = install_unit(unit)
        click.echo(gettext("The service is written: %(file)s", file=UNIT_FOLDER / UNIT_FILE))
        if begun:
            click.echo(gettext("The shop is a service now and runs as %(user)s.", user=unit.user))
            click.echo(gettext("How it is: systemctl status %(name)s. What it says: journalctl -u %(name)s", name=NAME))
        else:
            click.echo(gettext("No systemd is at work on this machine, so nothing was started."))


@service.command()
@ENGLISH_OPTION
@click.pass_obj
def remove(folder: DataFolder, english: bool) -> None:
    """End the service; the shop's folder stays as it is.

    \b
    Example: shop --data my-shop service remove
    """
    with spoken(english), plain_words():
        if remove_unit():
            click.echo(gettext("The service is gone. The shop's data are still in %(folder)s.", folder=folder.path))
        else:
            click.echo(gettext("There was no service."))


@service.command()
@USER
@ENGLISH_OPTION
@click.pass_obj
def show(folder: DataFolder, user: str | None, english: bool) -> None:
    """Print the unit as it would be written.

    \b
    Example: shop --data my-shop service show
    """
    with spoken(english), plain_words():
        click.echo(plan(folder.path, user).text, nl=False)
