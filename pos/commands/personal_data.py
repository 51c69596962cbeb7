"""`shop personal-data …`: erase buyers' data whose months are over."""

import click

from pos.buyers.retention import sweep as sweep_shop
from pos.commands.shop_folder import opened, plain_words
from pos.data_folder import DataFolder


@click.group("personal-data")
def personal_data() -> None:
    """Look after what buyers let the shop keep of them."""


@personal_data.command()
@click.pass_obj
def sweep(folder: DataFolder) -> None:
    """Erase what no purpose holds any more, and say what was erased; the running shop does this once a day by itself.

    \b
    Example: shop --data my-shop personal-data sweep
    """
    with plain_words(), opened(folder):
        swept = sweep_shop()
    click.echo(f"{swept.ended} consents ended, {swept.erased} buyers erased; each is a CONSENT record.")
    if not swept.log_emptied:
        click.echo("The shop was busy, so the database's log still holds old pages; it is emptied when the shop stops.")
