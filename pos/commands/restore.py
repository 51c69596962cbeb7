"""`shop restore`: go on from a backup."""

from pathlib import Path

import click

from core.i18n import N_, gettext
from pos.commands.backup import ask
from pos.commands.language import ENGLISH_OPTION, spoken
from pos.commands.shop_folder import plain_words
from pos.data_folder import DataFolder
from pos.restoring.known import Typed
from pos.restoring.opened_backup import is_encrypted
from pos.restoring.restore import Restored, Wish
from pos.restoring.restore import restore as restore_shop

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("backup", type=_FILE)
@click.option("--by", required=True, help="Code of the manager or owner who restores; the PIN is asked for.")
@click.option("--reason", required=True, help="Why; it stands in the journal.")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="Another folder than that of the shop.")
@click.option("--key-file", type=_FILE, help="The file backup-key-….age, where it does not lie beside the backup.")
@click.option("--newest-receipt", type=click.IntRange(1), help="Number of the newest receipt that can be found.")
@click.option("--newest-record", type=click.IntRange(0), help="Record number on that receipt.")
@click.option("--declare-loss", is_flag=True, help="Restore although something newer is known, and declare it lost.")
@click.option("--without-files", is_flag=True, help="Restore although photos and papers of the backup are lost.")
@ENGLISH_OPTION
@click.pass_obj
def restore(  # noqa: PLR0913 (each is one question of the command)
    folder: DataFolder, backup: Path, *, by: str, reason: str, into: Path | None, key_file: Path | None,
    newest_receipt: int | None, newest_record: int | None, declare_loss: bool, without_files: bool, english: bool,
) -> None:  # fmt: skip
    """Let the shop go on from BACKUP. What was there before is kept beside it, untouched.

    The backup is checked first. A running shop is never overwritten, and nothing newer is lost unless that is said.

    \b
    Example: shop --data my-shop restore /media/backup/T1-….tar.age --by 01 --reason "disk broken"
    """
    with spoken(english), plain_words():
        wish = Wish(
            backup=backup,
            into=DataFolder(into or folder.path),
            left=folder,
            by=by,
            reason=reason,
            passphrase=ask(N_("Passphrase of the backups (not shown)")) if is_encrypted(backup) else "",
            pin=ask(N_("Your PIN (not shown)")),
            key_file=key_file,
            declare_loss=declare_loss,
            without_files=without_files,
            typed=Typed(newest_receipt, newest_record),
        )
        _tell(restore_shop(wish), wish.into)


def _tell(done: Restored, into: DataFolder) -> None:
    click.echo(gettext("The shop goes on from record %(seq)s, in epoch %(epoch)s.", seq=done.ends, epoch=done.epoch))
    if done.lost is None:
        click.echo(gettext("Nobody knows how many records are lost; that is declared in the journal."))
    elif done.lost:
        click.echo(gettext("%(count)s records are declared lost.", count=done.lost))
    click.echo(gettext("The next receipt has number %(number)s.", number=done.next_receipt))
    if done.new_key:
        words = N_("The old key was not there: a new one seals from now on, and every check of the journal says so.")
        click.echo(gettext(words))
    if done.files_missing:
        click.echo(
            gettext("%(count)s photos and papers are not there; “shop verify” names them.", count=done.files_missing)
        )
    if into.set_aside.exists():
        click.echo(gettext("What was there before lies in %(folder)s.", folder=into.set_aside))
    click.echo(gettext("Everybody signs in anew. Look at the baskets and papers that wait, then start the shop."))
