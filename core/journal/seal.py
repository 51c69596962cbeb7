"""The seal of a record: Ed25519 over its bytes, by a key that never leaves the terminal."""

import base64
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from flask import Flask, current_app

DOM = b"ocop-pos/journal/v1\n"
FIRST_KID = "k1"


class KeyUnreadable(Exception):
    """The key file is missing, unreadable or not an Ed25519 key. Selling goes on, unsigned."""


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal: the hash of a record is that of its bytes."""
    return hashlib.sha256(data).hexdigest()


def first_prev(tid: str) -> str:
    """What the first record of a terminal names as the one before it."""
    return digest(DOM + tid.encode())


class SigningKey:
    """A terminal's private key; shows nothing of itself."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        raw = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        self.public = base64.b64encode(raw).decode()

    @classmethod
    def from_seed(cls, seed: bytes) -> "SigningKey":
        """The key of 32 known bytes, for golden vectors and tests."""
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    def sign(self, record: bytes) -> str:
        """The signature over a record's bytes, in base64."""
        return base64.b64encode(self._private.sign(DOM + record)).decode()

    def sign_note(self, note: bytes) -> bytes:
        """The bare signature over a checkpoint, which carries its own origin in place of a domain."""
        return self._private.sign(note)

    def sign_file(self, domain: bytes, data: bytes) -> str:
        """The signature over a file that leaves the shop; its domain keeps it from ever passing for a record."""
        assert domain != DOM, "records are signed by `sign`"
        return base64.b64encode(self._private.sign(domain + data)).decode()

    def __repr__(self) -> str:
        return f"SigningKey(public={self.public!r})"


class VerifyKey:
    """A terminal's public key, ready to check many records."""

    def __init__(self, public: str) -> None:
        try:
            raw = base64.b64decode(public, validate=True)
            self._public = Ed25519PublicKey.from_public_bytes(raw)
        except ValueError as trouble:
            raise KeyUnreadable(f"Not a public key: {public!r}") from trouble

    def accepts(self, record: bytes, signature: str) -> bool:
        """Whether the signature was made by this key's owner over exactly these bytes."""
        return self.accepts_file(DOM, record, signature)

    def accepts_file(self, domain: bytes, data: bytes, signature: str) -> bool:
        """Whether this key's owner signed exactly these bytes of a file of this domain."""
        try:
            raw = base64.b64decode(signature, validate=True)
            self._public.verify(raw, domain + data)
        except (ValueError, InvalidSignature):
            return False
        # Base64 has spare bits at its end: only the one usual writing counts.
        return base64.b64encode(raw).decode() == signature


def make_key(path: Path) -> SigningKey:
    """Make a terminal's key and keep it in a file that only the shop's user can read. Never replaces one."""
    private = Ed25519PrivateKey.generate()
    text = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return SigningKey(private)


def load_key(path: Path) -> SigningKey:
    """Read a terminal's key; KeyUnreadable when it cannot be used."""
    try:
        private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as trouble:
        raise KeyUnreadable(f"{path.name}: {trouble}") from trouble
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyUnreadable(f"{path.name} is not an Ed25519 key")
    return SigningKey(private)


@dataclass
class Terminal:
    """One shop server: its name in the journal, its key, and the file that remembers the journal's head.

    Without a key it asks the key file again at each transaction; `trouble` says why there is none.
    """

    tid: str
    key: SigningKey | None
    head_path: Path | None
    key_path: Path | None = None
    trouble: str = ""
    head_trouble: str = ""
    known: tuple[str, str] | None = None  # name and public part of the key that the journal knows

    @classmethod
    def at(cls, tid: str, *, key_path: Path, head_path: Path) -> "Terminal":
        """The terminal whose key and head file stand there; a key that cannot be read is no reason to stop."""
        terminal = cls(tid, None, head_path, key_path)
        terminal.find_key()
        return terminal

    def find_key(self) -> SigningKey | None:
        """The key, read from its file when it was not there before."""
        if self.key is None and self.key_path is not None:
            try:
                self.key, self.trouble = load_key(self.key_path), ""
            except KeyUnreadable as trouble:
                self.trouble = str(trouble)
        return self.key

    def take_next_key(self, public: str) -> SigningKey | None:
        """The key that was made to follow, once the journal knows it; a power cut may have kept it from its place."""
        waiting = next_key_of(self.key_path) if self.key_path else None
        if waiting is None or not waiting.exists() or load_key(waiting).public != public:
            return None
        assert self.key_path is not None, "a waiting key lies beside it"
        waiting.rename(self.key_path)
        self.key, self.trouble = load_key(self.key_path), ""
        return self.key


def next_key_of(path: Path) -> Path:
    """Where a new key lies until the journal knows it."""
    return path.with_name(path.name + ".next")


def install_terminal(app: Flask, terminal: Terminal) -> None:
    """Tell an app which terminal it is."""
    app.extensions["journal_terminal"] = terminal


def current_terminal() -> Terminal:
    """The terminal that the running app is."""
    terminal = current_app.extensions["journal_terminal"]
    assert isinstance(terminal, Terminal)
    return terminal
