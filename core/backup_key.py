"""Encrypting backups in the age format: no passphrase to make one, the passphrase to open one.

A pair of keys: with the recipient anybody can encrypt and nobody can open. The identity opens, and lies beside the
backups encrypted with the passphrase (age's scrypt), and printed on paper. Any program that knows age opens both.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass
from pathlib import Path

import pyrage

from core.backup import BrokenCopy
from core.backup_folder import write_whole
from core.errors import RuleBroken
from core.gentle_file import GentleFile
from core.i18n import N_

LEAST_CHARACTERS = 14
LEAST_DIFFERENT = 8
# Letters and digits that nobody mistakes for one another on paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class PassphraseTooShort(RuleBroken):
    message = N_("A passphrase has at least %(least)s characters. Take several words, or the one proposed.")


class PassphraseTooSimple(RuleBroken):
    message = N_("This passphrase repeats too few characters. Take several different words, or the one proposed.")


class PassphraseNotPlain(RuleBroken):
    message = N_(
        "Type the passphrase without Vietnamese marks: the computer that opens a backup one day may have another "
        "keyboard."
    )


class PassphraseGuessable(RuleBroken):
    message = N_("The name of the shop must not be the passphrase. Take several different words, or the one proposed.")


class PassphrasesDiffer(RuleBroken):
    message = N_("The two passphrases are not the same. Type both again.")


class WrongPassphrase(RuleBroken):
    message = N_("This passphrase does not open the backups. Nothing was changed; type it again.")


class NoBackupKey(RuleBroken):
    message = N_(
        "The key of the backups, a file like “%(file)s”, is not there. It lies beside the backups and on the "
        "printed page."
    )


@dataclass(frozen=True)
class BackupKey:
    """What encrypts a shop's backups, and the locked identity that opens them."""

    recipient: str
    locked_identity: str

    @property
    def file_name(self) -> str:
        """Under which name the locked identity lies beside the backups."""
        return key_file_name(self.recipient)


def key_file_name(recipient: str) -> str:
    """The name of the file with the identity that opens what was encrypted for this recipient."""
    return f"backup-key-{hashlib.sha256(recipient.encode()).hexdigest()[:8]}.age"


def propose_passphrase() -> str:
    """Twenty characters in groups of four: nobody guesses them, and a hand can copy them from paper."""
    letters = [secrets.choice(_ALPHABET) for _ in range(20)]
    return "-".join("".join(letters[at : at + 4]) for at in range(0, 20, 4))


def check_passphrase(passphrase: str, again: str, *, not_like: tuple[str, ...] = ()) -> None:
    """Refuse what is typed twice differently, too short, too simple, with marks, or the shop's own name."""
    if passphrase != again:
        raise PassphrasesDiffer()
    if not passphrase.isascii() or not passphrase.isprintable():
        raise PassphraseNotPlain()
    if len(passphrase) < LEAST_CHARACTERS:
        raise PassphraseTooShort(least=LEAST_CHARACTERS)
    bare = _bare(passphrase)
    if len(set(bare)) < LEAST_DIFFERENT:
        raise PassphraseTooSimple()
    if any(bare in _bare(name) or _bare(name) in bare for name in not_like if len(_bare(name)) >= LEAST_DIFFERENT):
        raise PassphraseGuessable()


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def make_key(passphrase: str) -> BackupKey:
    """A new pair, its identity locked with the passphrase."""
    identity = pyrage.x25519.Identity.generate()
    return BackupKey(str(identity.to_public()), _lock(str(identity), passphrase))


def change_passphrase(key: BackupKey, before: str, after: str) -> BackupKey:
    """The same pair under another passphrase: backups made before open with the new one too."""
    return BackupKey(key.recipient, _lock(unlock(key.locked_identity, before), after))


def unlock(locked_identity: str, passphrase: str) -> str:
    """The identity; WrongPassphrase when this does not open it."""
    try:
        return str(pyrage.passphrase.decrypt(locked_identity.encode(), passphrase), "ascii").strip()
    except (pyrage.DecryptError, ValueError) as trouble:
        raise WrongPassphrase() from trouble


def _lock(identity: str, passphrase: str) -> str:
    return str(pyrage.passphrase.encrypt(identity.encode() + b"\n", passphrase, armored=True), "ascii")


def write_key(key: BackupKey, path: Path) -> None:
    """Put the pair in use, in the shop's own folder; the private half stays locked there too."""
    text = json.dumps({"recipient": key.recipient, "identity": key.locked_identity}, indent=1)
    write_whole(path, text.encode("ascii") + b"\n")


def read_key(path: Path) -> BackupKey | None:
    """The pair in use; None where no passphrase was ever set. NoBackupKey when the file cannot be read."""
    if not path.exists():
        return None
    try:
        told = json.loads(path.read_text(encoding="ascii"))
        pyrage.x25519.Recipient.from_str(told["recipient"])
        return BackupKey(told["recipient"], str(told["identity"]))
    except (OSError, ValueError, KeyError, TypeError, pyrage.RecipientError) as trouble:
        raise NoBackupKey(file=path.name) from trouble


def lay_beside(key: BackupKey, folder: Path) -> None:
    """Lay the locked identity beside the backups that it opens."""
    beside = folder / key.file_name
    if not beside.exists() or beside.read_text(encoding="ascii") != key.locked_identity:
        write_whole(beside, key.locked_identity.encode("ascii"))


def encrypt(source: Path, target: Path, recipient: str) -> None:
    """Write the encrypted form of a file."""
    with source.open("rb") as file, GentleFile(target) as slow:
        pyrage.encrypt_io(file, slow, [pyrage.x25519.Recipient.from_str(recipient)])


def decrypt(source: Path, target: Path, identity: str) -> None:
    """Write what was encrypted; BrokenCopy when the file is damaged or was encrypted for somebody else."""
    target.touch(0o600)
    try:
        pyrage.decrypt_file(str(source), str(target), [pyrage.x25519.Identity.from_str(identity)])
    except (pyrage.DecryptError, OSError) as trouble:
        target.unlink(missing_ok=True)
        raise BrokenCopy(f"{source.name} cannot be decrypted: {trouble}") from trouble
