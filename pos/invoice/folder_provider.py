"""The adapter without a line: XML files in a folder that a person uploads, and a folder for the answers."""

from __future__ import annotations

import os
from pathlib import Path

from pos.invoice.answer import LARGEST_ANSWER
from pos.invoice.provider import ProviderSilent, Replied, Reply

TO_SEND, ANSWERS = "to-send", "answers"


class FolderProvider:
    """`to-send/<message id>.xml` for the provider's page; its answer goes into `answers/` under any name."""

    def __init__(self, folder: Path) -> None:
        self.to_send, self.answers = folder / TO_SEND, folder / ANSWERS

    def send(self, message_id: str, content: bytes) -> Replied:
        """Lay the file out, whole or not at all; laid out twice it is the same file."""
        try:
            for folder in (self.to_send, self.answers):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            half = self.to_send / f".{message_id}.part"
            with half.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            half.replace(self.to_send / f"{message_id}.xml")
        except OSError as trouble:
            raise ProviderSilent(f"{type(trouble).__name__}: {trouble.strerror or ''}".strip()) from trouble
        return Replied(Reply.LAID_OUT)

    def ask(self, message_id: str) -> Replied:
        """The answer that names the message, if somebody put one there."""
        try:
            for file in sorted(self.answers.glob("*.xml")):
                if file.stat().st_size <= LARGEST_ANSWER:
                    content = file.read_bytes()
                    if message_id.encode() in content:
                        return Replied(Reply.ANSWERED, content)
        except OSError as trouble:
            raise ProviderSilent(f"{type(trouble).__name__}: {trouble.strerror or ''}".strip()) from trouble
        there = (self.to_send / f"{message_id}.xml").exists()
        return Replied(Reply.LAID_OUT if there else Reply.UNKNOWN)
