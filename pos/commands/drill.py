"""`shop drill`: restore a backup on trial beside the running shop."""

import sys
from pathlib import Path

import click
from sqlalchemy import select

from core.current_settings import current_settings
from core.database import db, transaction
from core.i18n import N_, gettext
from core.journal.seal import current_terminal
from core.staff import Staff
from pos.backups.backup import all_backups
from pos.backups.state import BackupState
from pos.backups.worker import order_of
from pos.commands.backup import ask
from pos.commands.language import ENGLISH_OPTION, spoken
from pos.commands.shop_folder import opened, plain_words
from pos.data_folder import DataFolder
from pos.restoring.drill_certificate import certificate_of, write_drill
from pos.restoring.drill_table import Drill
from pos.restoring.drill_worker import NoBackupYet, drill_in_child
from pos.restoring.opened_backup import is_encrypted
from pos.restoring.restore import who
from printers.layouts.restore_drill import lay_out_drill
from printers.text_writer import as_text


@click.command()
@click.argument("backup", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--by", required=True, help="Code of the manager or owner who does the drill; the PIN is asked for.")
@ENGLISH_OPTION
@click.pass_obj
def drill(folder: DataFolder, backup: Path | None, by: str, english: bool) -> None:
    """Restore BACKUP on trial (without it, the newest of the second place), compare it with the shop, and certify it.

    The shop goes on selling meanwhile. Exit code 1 when the backup is not good.

    \b
    Example: shop --data my-shop drill --by 01
    """
    with spoken(english), plain_words(), opened(folder):
        path = backup or newest_backup(folder)
        staff_id = who(by, ask(N_("Your PIN (not shown)"))).id
        passphrase = ask(N_("Passphrase of the backups (not shown)")) if is_encrypted(path) else ""
        db.session.rollback()  # nothing is read while the child works
        click.echo(gettext("The backup %(backup)s is restored on trial …", backup=path.name))
        result = drill_in_child(folder, path, passphrase=passphrase, by=by)
        with transaction():
            number = write_drill(result, by=db.session.scalars(select(Staff).where(Staff.id == staff_id)).one()).number
        click.echo(as_text(lay_out_drill(certificate_of(db.session.get_one(Drill, number)))))
    if result.trouble:
        sys.exit(1)


def newest_backup(folder: DataFolder) -> Path:
    """The newest backup of the second place, else of the shop's own folder."""
    order = order_of(current_settings(), folder, BackupState())
    here, there = all_backups(folder, current_terminal().tid, order.place)
    if not (there or here):
        raise NoBackupYet()
    return (there or here)[0].path
