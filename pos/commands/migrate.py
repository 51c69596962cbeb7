"""`shop migrate`: bring the database to the form that this version needs."""

import click

from pos.commands.shop_folder import bring_up_to_date, plain_words
from pos.data_folder import DataFolder


@click.command()
@click.pass_obj
def migrate(folder: DataFolder) -> None:
    """Bring the database to the form that this version needs; a copy of it is made first.

    \b
    Example: shop --data my-shop migrate
    """
    with plain_words():
        folder.need_shop()
        bring_up_to_date(folder)
