"""Signed files between points (docs/point_transfers.md): one line of JSON with the exact text and its signature.

The text is written as the journal writes records (RFC 8785), signed with the terminal's key under a domain of its own.
"""

import json
from dataclasses import dataclass
from typing import Any

from core.errors import RuleBroken
from core.i18n import N_
from core.journal.record import NotCanonical, canonical, parse
from core.journal.seal import KeyUnreadable, VerifyKey, current_terminal, digest

DOMAIN = b"ocop-pos/point-file/v1\n"
BIGGEST = 400_000
VERSION = 1


class FileUnreadable(RuleBroken):
    message = N_("This is no file from another point, or it was changed on the way. Ask for it again.")


class SignatureWrong(RuleBroken):
    message = N_("The file says it comes from point %(tid)s, but its signature is not that point's: it was changed, or "
                 "somebody else made it. Nothing was taken. Ask for it again.")  # fmt: skip


class NoKeyNow(RuleBroken):
    message = N_("The shop's key cannot be read, so nothing can be signed. Look at what the doctor says of the key.")


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A text as it was signed, what it says, and its signature."""

    text: str
    signature: str
    says: dict[str, Any]

    @property
    def hash(self) -> str:
        """By which others name the file."""
        return digest(self.text.encode())

    @property
    def line(self) -> str:
        """As it is handed over."""
        return json.dumps({"b": self.text, "s": self.signature}, ensure_ascii=False) + "\n"


def sign_file(says: dict[str, Any]) -> SignedFile:
    """Sign what this point says."""
    key = current_terminal().find_key()
    if key is None:
        raise NoKeyNow()
    text = canonical({"v": VERSION, **says})
    return SignedFile(text.decode(), key.sign_file(DOMAIN, text), {"v": VERSION, **says})


def read_signed_file(data: bytes | str, kind: str) -> SignedFile:
    """Read a file of a kind; whose it is nobody has checked yet. FileUnreadable for anything else."""
    raw = data.encode() if isinstance(data, str) else data
    if len(raw) > BIGGEST:
        raise FileUnreadable()
    try:
        outer = json.loads(raw.decode("utf-8"))
        text, signature = outer["b"], outer["s"]
        says = parse(text)
        if says["v"] != VERSION or says["kind"] != kind or not isinstance(signature, str) or len(outer) != 2:
            raise FileUnreadable()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, NotCanonical) as trouble:
        raise FileUnreadable() from trouble
    return SignedFile(text, signature, says)


def check_signature(file: SignedFile, public: str, tid: str) -> None:
    """Refuse a file that the owner of this key did not sign."""
    try:
        good = VerifyKey(public).accepts_file(DOMAIN, file.text.encode(), file.signature)
    except KeyUnreadable:
        good = False
    if not good:
        raise SignatureWrong(tid=tid)
