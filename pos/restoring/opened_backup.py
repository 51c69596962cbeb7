"""A backup opened in a work folder: decrypted, unpacked, read through and walked, before anything is done with it."""

from dataclasses import dataclass
from pathlib import Path

from core.backup import BrokenCopy, check_database, check_journal
from core.backup_files import FilesBeside, files_beside
from core.backup_folder import Manifest, backup_at, check_file, fingerprint
from core.backup_key import NoBackupKey, WrongPassphrase, decrypt, key_file_name, read_key, unlock
from core.backup_pack import unpack
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.head import valid_heads
from core.journal.verify import Report
from pos.backups.backup import OPEN_FILES, PRIVATE_FILES
from pos.data_folder import DataFolder

_ENCRYPTED = b"age-encryption.org/v1"
_ALLOWED = frozenset((*OPEN_FILES, *PRIVATE_FILES))


class BadBackup(RuleBroken):
    """It is refused before anything is touched."""

    message = N_("The backup %(backup)s cannot be used: %(why)s. Nothing was changed; take the one before it.")


class PassphraseNeeded(RuleBroken):
    message = N_("The backup %(backup)s is encrypted. Give its passphrase.")


@dataclass(frozen=True)
class OpenedBackup:
    """A backup as it lies in the work folder, checked; `report` is the walk over its whole journal."""

    folder: DataFolder
    manifest: Manifest
    fingerprint: str
    report: Report
    files: FilesBeside
    """The attached files that lie beside it."""


def is_encrypted(path: Path) -> bool:
    """Whether a passphrase is needed."""
    with path.open("rb") as file:
        return file.read(len(_ENCRYPTED)) == _ENCRYPTED


def open_backup(path: Path, work: Path, *, passphrase: str = "", key_file: Path | None = None) -> OpenedBackup:
    """Lay a backup into an empty folder and check all of it; BadBackup says by name what is wrong with it.

    The file is compared with the manifest beside it, where there is one; what is in it with its own fingerprints.
    `passphrase` opens an encrypted one, by the key beside it or in `key_file`.
    """
    try:
        if beside := backup_at(path):
            check_file(beside)
        identity = _identity(path, passphrase, key_file) if is_encrypted(path) else None
        packed = _decrypted(path, work, identity) if identity else path
        manifest = unpack(packed, work, _ALLOWED)
        if packed != path:
            packed.unlink()
        report = check_books(work, manifest)
        return OpenedBackup(
            DataFolder(work), manifest, fingerprint(path), report, files_beside(path, manifest.tid, identity=identity)
        )
    except (BrokenCopy, OSError) as trouble:
        raise BadBackup(backup=path.name, why=trouble) from trouble


def check_books(work: Path, manifest: Manifest) -> Report:
    """Read the database through and walk its journal to the head that the manifest names."""
    check_database(work / "shop.sqlite")
    report = check_journal(work / "shop.sqlite", tid=manifest.tid, heads=valid_heads(work / "head.log"))
    found = (report.epoch, report.records - 1, report.newest_hash, report.totals.as_plain())
    if found != (manifest.ep, manifest.seq, manifest.hash, manifest.totals):
        raise BrokenCopy("its journal does not end where the manifest says")
    return report


def _identity(path: Path, passphrase: str, key_file: Path | None) -> str:
    if not passphrase:
        raise PassphraseNeeded(backup=path.name)
    return unlock(_locked_identity(path, key_file), passphrase)


def _decrypted(path: Path, work: Path, identity: str) -> Path:
    target = work / "decrypted"
    decrypt(path, target, identity)
    return target


def _locked_identity(path: Path, key_file: Path | None) -> str:
    """From the file given, else the one beside the backup that its manifest names, else the only one there."""
    if key_file is not None:
        if key_file.name == "backup.key" and (key := read_key(key_file)):
            return key.locked_identity
        return key_file.read_text(encoding="ascii")
    beside = backup_at(path)
    recipient = beside.manifest.recipient if beside else None
    found = [path.with_name(key_file_name(recipient))] if recipient else sorted(path.parent.glob("backup-key-*.age"))
    if len(found) != 1 or not found[0].is_file():
        raise NoBackupKey(file=found[0].name if found else "backup-key-….age")
    return found[0].read_text(encoding="ascii")


__all__ = ["BadBackup", "OpenedBackup", "PassphraseNeeded", "WrongPassphrase", "is_encrypted", "open_backup"]
