"""A provider (tổ chức truyền nhận, T-VAN): who carries messages to the tax office and brings back its answers.

Each adapter keeps two promises: a message sent again under the same id is one message, and nothing is said to have
arrived unless it has.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Protocol


class ProviderSilent(Exception):
    """The provider cannot be reached, or answered nonsense; the sentence is for the log and for the page's reason."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Reply(enum.Enum):
    """What came back."""

    LAID_OUT = "laid_out"  # a person carries it on
    RECEIVED = "received"  # the provider has it; the tax office has not spoken yet
    ANSWERED = "answered"  # with the bytes of the answer
    UNKNOWN = "unknown"  # the provider never saw this message


@dataclass(frozen=True, slots=True)
class Replied:
    """A reply, with the answer's bytes where there is one."""

    reply: Reply
    content: bytes = b""


class Provider(Protocol):
    """What the sender needs of an adapter."""

    def send(self, message_id: str, content: bytes) -> Replied:
        """Hand a message over; ProviderSilent when nobody knows whether it arrived."""

    def ask(self, message_id: str) -> Replied:
        """What became of a message that may have been handed over."""
