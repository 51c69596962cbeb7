"""The passphrase of a shop's backups: set once by a manager, changed when too many know it, typed to open a backup."""

from config.settings import Settings
from core.backup_key import BackupKey, change_passphrase, check_passphrase, make_key, read_key, write_key
from core.errors import RuleBroken
from core.i18n import N_
from pos.data_folder import DataFolder


class PassphraseThere(RuleBroken):
    message = N_("A passphrase is set already. Give the one in use to change it, or say that it is lost.")


def set_passphrase(
    folder: DataFolder, settings: Settings, passphrase: str, again: str, *, before: str = "", lost: bool = False
) -> BackupKey:
    """Encrypt backups from now on, or give the key in use another passphrase.

    With `before` the key stays, and backups made earlier open with the new passphrase. `lost`: a new key is made; what
    was encrypted with the old one opens only with the passphrase that nobody remembers.
    """
    check_passphrase(passphrase, again, not_like=(settings.shop.name, settings.terminal.id, settings.shop.address))
    key = None if lost else read_key(folder.backup_key)
    if key is None:
        key = make_key(passphrase)
    elif not before:
        raise PassphraseThere()
    else:
        key = change_passphrase(key, before, passphrase)
    write_key(key, folder.backup_key)
    return key
