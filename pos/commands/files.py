"""`shop files`: photos and papers of the shop, brought back where they are missing or altered."""

import sys
from pathlib import Path

import click
import pyrage

from core.attached_file import all_faces
from core.backup_files import FilesBeside, folder_beside
from core.backup_key import read_key, unlock
from core.current_settings import current_settings
from core.database import db
from core.errors import RuleBroken
from core.file_store import current_file_store
from core.i18n import N_, gettext
from core.journal.seal import current_terminal
from pos.commands.backup import ask
from pos.commands.language import ENGLISH_OPTION, spoken
from pos.commands.shop_folder import opened, plain_words
from pos.data_folder import DataFolder
from pos.restoring.files_back import mend as mend_files


class NoPlace(RuleBroken):
    message = N_("There is no second place of the backups in the settings. Give its folder: shop files mend FOLDER")


@click.group()
def files() -> None:
    """Photos and papers that belong to what was recorded."""


@files.command()
@click.argument("place", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@ENGLISH_OPTION
@click.pass_obj
def mend(folder: DataFolder, place: Path | None, english: bool) -> None:
    """Bring back missing or altered files from PLACE, a second place of the backups; exit code 1 when some are nowhere.

    \b
    Example: shop --data my-shop files mend
    """
    with spoken(english), plain_words(), opened(folder):
        faces, store = all_faces(db.session()), current_file_store()
        came, nowhere = mend_files(store, faces, _beside(folder, place))
        click.echo(gettext("%(count)s files were brought back.", count=came))
        for face in nowhere:
            click.echo(gettext("Nowhere to be found: %(file)s", file=face.path))
    if nowhere:
        sys.exit(1)


def _beside(folder: DataFolder, place: Path | None) -> FilesBeside:
    chosen = current_settings().backup.place
    if place is None and not chosen:
        raise NoPlace()
    place, tid = place or Path(chosen), current_terminal().tid
    key = read_key(folder.backup_key)
    if key is None:
        return FilesBeside(folder_beside(place, tid, None))
    identity = unlock(key.locked_identity, ask(N_("Passphrase of the backups (not shown)")))
    recipient = str(pyrage.x25519.Identity.from_str(identity).to_public())
    return FilesBeside(folder_beside(place, tid, recipient), recipient, identity)
