"""`shop upgrade`: bring the shop to the form that this program needs, or take the last upgrade back."""

import click

from core.backup import BrokenCopy
from core.i18n import gettext, ngettext
from core.migrate import BrokenByMigration
from pos.commands.language import ENGLISH_OPTION, spoken
from pos.commands.shop_folder import plain_words
from pos.data_folder import DataFolder
from pos.upgrading import go_back, upgrade_shop


@click.command()
@click.option("--back", is_flag=True, help="Take the last upgrade back, while nothing was sold since.")
@ENGLISH_OPTION
@click.pass_obj
def upgrade(folder: DataFolder, back: bool, english: bool) -> None:
    """Bring the database to the form that this program needs; a copy of it is made and checked first.

    Stop the shop before. Cut off at any moment, it leaves the old form or the new one.

    \b
    Example: shop --data my-shop upgrade
    """
    with spoken(english), plain_words():
        folder.need_shop()
        try:
            _take_back(folder) if back else bring_up_to_date(folder)
        except (BrokenByMigration, BrokenCopy) as trouble:
            raise click.ClickException(
                gettext("The upgrade was not made, and nothing was changed: %(trouble)s", trouble=trouble)
            ) from trouble


def bring_up_to_date(folder: DataFolder) -> None:
    """Migrate where something is missing, and say what was done."""
    done = upgrade_shop(folder)
    if not done.steps:
        click.echo(gettext("The database is up to date."))
        return
    click.echo(ngettext("Upgraded by %(num)d step.", "Upgraded by %(num)d steps.", len(done.steps)))
    click.echo(gettext("The database as it was before: %(copy)s", copy=done.backup))
    click.echo(gettext("Should something be wrong, and nothing was sold yet: shop upgrade --back"))


def _take_back(folder: DataFolder) -> None:
    copy = go_back(folder)
    click.echo(gettext("The database is as it was before the upgrade: %(copy)s", copy=copy))
    click.echo(gettext("Now install the earlier version of the program; this one asks for the upgrade again."))
