"""`shop bank-notice`: feed a bank's notice in at the machine itself."""

from typing import BinaryIO

import click

from core.current_settings import current_settings
from core.database import transaction
from core.i18n import N_, gettext
from pos.bank_notice.generic_json import LARGEST_BYTES, read_generic_json
from pos.bank_notice.intake import Taken, take_in
from pos.commands.language import ENGLISH_OPTION, spoken
from pos.commands.shop_folder import opened, plain_words
from pos.data_folder import DataFolder
from pos.transfers.arrival_table import Source

SAID = {
    Taken.MATCHED: N_("It belongs to an order: the till shows that its money has come."),
    Taken.LISTED: N_("It names no order that waits for just this amount: a manager sorts it out."),
    Taken.KNOWN: N_("The shop knew it already; nothing was changed."),
}


@click.command("bank-notice")
@click.argument("file", type=click.File("rb"))
@ENGLISH_OPTION
@click.pass_obj
def bank_notice(folder: DataFolder, file: BinaryIO, english: bool) -> None:
    """Take in the notice in FILE (- reads what is piped in), one JSON object as docs/bank_notices.md says.

    The shop may be running. It needs no signature: whoever can type this holds the machine.

    \b
    Example: shop --data my-shop bank-notice notice.json
    """
    with spoken(english), plain_words(), opened(folder):
        notice = read_generic_json(file.read(LARGEST_BYTES + 1), current_settings().bank_notices)
        if notice is None:
            click.echo(gettext("It tells of money that left the account; the till needs to know nothing of it."))
            return
        with transaction():
            taken = take_in(notice, source=Source.FILE)
        click.echo(gettext(SAID[taken]))
