"""The key stays where it was made, shows nothing of itself, and signs exactly the bytes given."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask

from core.journal.seal import KeyUnreadable, SigningKey, Terminal, VerifyKey, current_terminal, load_key, make_key


def test_a_key_made_is_the_key_read_again(tmp_path: Path) -> None:
    made = make_key(tmp_path / "terminal.key")

    read = load_key(tmp_path / "terminal.key")

    assert read.public == made.public
    assert read.sign(b"abc") == made.sign(b"abc")


def test_only_the_shops_user_may_read_the_key(tmp_path: Path) -> None:
    make_key(tmp_path / "terminal.key")

    assert (tmp_path / "terminal.key").stat().st_mode & 0o777 == 0o600


def test_a_key_is_never_replaced(tmp_path: Path) -> None:
    first = make_key(tmp_path / "terminal.key")

    with pytest.raises(FileExistsError):
        make_key(tmp_path / "terminal.key")

    assert load_key(tmp_path / "terminal.key").public == first.public


def test_a_key_does_not_show_itself(tmp_path: Path) -> None:
    key = make_key(tmp_path / "terminal.key")
    secret = (tmp_path / "terminal.key").read_text(encoding="ascii").splitlines()[1]

    terminal = Terminal.at("T-1", key_path=tmp_path / "terminal.key", head_path=tmp_path / "head.log")

    assert secret not in repr(key) + repr(terminal) + str(vars(terminal))
    assert key.public in repr(key)


def other_kind_of_key() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@pytest.mark.parametrize("content", [None, b"", b"not a key", other_kind_of_key()])
def test_a_key_file_that_is_none_is_told_and_leaves_a_terminal_without_key(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "terminal.key"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(KeyUnreadable, match=r"terminal\.key"):
        load_key(path)
    terminal = Terminal.at("T-1", key_path=path, head_path=tmp_path / "head.log")

    assert terminal.key is None
    assert "terminal.key" in terminal.trouble


def test_a_signature_holds_for_its_bytes_and_its_key_alone() -> None:
    key, other = SigningKey.from_seed(b"a" * 32), SigningKey.from_seed(b"b" * 32)
    signature = key.sign(b"record")
    verify = VerifyKey(key.public)

    assert verify.accepts(b"record", signature)
    assert not verify.accepts(b"recorc", signature)
    assert not VerifyKey(other.public).accepts(b"record", signature)
    assert not verify.accepts(b"record", base64.b64encode(key.sign_note(b"record")).decode())  # no domain before it


@pytest.mark.parametrize(
    "spoil", [lambda s: s[:-1], lambda s: s + "\n", lambda s: "", lambda s: s.lower(), lambda s: "₫"]
)
def test_a_signature_has_one_writing(spoil: object) -> None:
    key = SigningKey.from_seed(b"a" * 32)

    assert not VerifyKey(key.public).accepts(b"record", spoil(key.sign(b"record")))  # type: ignore[operator]


def test_spare_bits_of_base64_are_no_second_writing() -> None:
    key = SigningKey.from_seed(b"a" * 32)
    signature = key.sign(b"record")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = signature[-3]
    twin = signature[:-3] + alphabet[alphabet.index(last) ^ 1] + "=="

    assert base64.b64decode(twin) == base64.b64decode(signature)
    assert not VerifyKey(key.public).accepts(b"record", twin)


@pytest.mark.parametrize("public", ["", "AAAA", "không phải khóa"])
def test_what_is_no_public_key_is_refused(public: str) -> None:
    with pytest.raises(KeyUnreadable):
        VerifyKey(public)


def test_the_app_knows_which_terminal_it_is(core_app: Flask) -> None:
    assert current_terminal().tid == "T-TEST-1"
