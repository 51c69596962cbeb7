"""The passphrase of the backups, and files written so that a sale need not wait."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from pyrage.x25519 import Identity

from core.backup import BrokenCopy
from core.backup_key import (
    PassphraseGuessable,
    PassphraseNotPlain,
    PassphrasesDiffer,
    PassphraseTooShort,
    PassphraseTooSimple,
    WrongPassphrase,
    change_passphrase,
    check_passphrase,
    decrypt,
    encrypt,
    make_key,
    propose_passphrase,
    read_key,
    unlock,
    write_key,
)
from core.gentle_file import PIECE, GentleFile

WORDS = "bon con ngua cho hang"


@pytest.mark.slow  # age makes each try cost about a second
def test_only_the_passphrase_opens_the_key_and_a_changed_one_opens_older_backups_too(tmp_path: Path) -> None:
    key = make_key(WORDS)
    (tmp_path / "plain").write_bytes(b"mat ong" * 1000)
    encrypt(tmp_path / "plain", tmp_path / "locked", key.recipient)

    changed = change_passphrase(key, WORDS, "mot con bo sua trang")
    write_key(changed, tmp_path / "backup.key")
    with pytest.raises(WrongPassphrase):
        unlock(changed.locked_identity, WORDS)
    decrypt(tmp_path / "locked", tmp_path / "opened", unlock(changed.locked_identity, "mot con bo sua trang"))

    assert read_key(tmp_path / "backup.key") == changed
    assert changed.recipient == key.recipient
    assert (tmp_path / "opened").read_bytes() == b"mat ong" * 1000
    assert b"mat ong" not in (tmp_path / "locked").read_bytes()
    assert (tmp_path / "locked").stat().st_mode & 0o077 == 0


def test_a_damaged_or_foreign_file_is_not_taken_for_an_open_one(tmp_path: Path) -> None:
    ours, another = Identity.generate(), Identity.generate()
    (tmp_path / "plain").write_bytes(b"x" * 100_000)
    encrypt(tmp_path / "plain", tmp_path / "locked", str(ours.to_public()))
    spoiled = bytearray((tmp_path / "locked").read_bytes())
    spoiled[70_000] ^= 4
    (tmp_path / "spoiled").write_bytes(spoiled)

    for file, identity in (("spoiled", ours), ("locked", another)):
        with pytest.raises(BrokenCopy, match=file):
            decrypt(tmp_path / file, tmp_path / "opened", str(identity))
        assert not (tmp_path / "opened").exists()


@pytest.mark.parametrize(
    ("passphrase", "again", "trouble"),
    [
        (WORDS, WORDS + " ", PassphrasesDiffer),
        ("ngan qua", "ngan qua", PassphraseTooShort),
        ("bốn con ngựa chở hàng", "bốn con ngựa chở hàng", PassphraseNotPlain),
        ("abababababababab", "abababababababab", PassphraseTooSimple),
        ("diem ocop chi lang", "diem ocop chi lang", PassphraseGuessable),
    ],
)
def test_a_weak_passphrase_is_refused(passphrase: str, again: str, trouble: type[Exception]) -> None:
    with pytest.raises(trouble):
        check_passphrase(passphrase, again, not_like=("Diem OCOP Chi Lang", "T1"))


def test_the_proposed_passphrase_is_a_good_one() -> None:
    proposed = propose_passphrase()

    check_passphrase(proposed, proposed)
    assert proposed != propose_passphrase()


def test_a_gentle_file_holds_all_that_was_written(tmp_path: Path) -> None:
    data = random.Random(3).randbytes(PIECE * 2 + 17)

    with GentleFile(tmp_path / "file") as file:
        file.write(data[:5])
        file.write(memoryview(data)[5:])

    assert (tmp_path / "file").read_bytes() == data
