"""The generic adapter over https: PUT a message under its id, GET what became of it.

    PUT {url}/messages/{id}   the message; 200 with the answer, 202 when it has it and will answer later
    GET {url}/messages/{id}   200 with the answer, 202 still without one, 404 never seen

The token goes along as `Authorization: Bearer`. Certificates are verified; there is no way to switch that off.
"""

from __future__ import annotations

import http.client
import ssl
from urllib.parse import urlsplit

from pos.invoice.answer import LARGEST_ANSWER
from pos.invoice.provider import ProviderSilent, Replied, Reply

TIMEOUT_SECONDS = 15
_OK, _TAKEN, _NEVER_SEEN = 200, 202, 404


class HttpsProvider:
    """One provider at one address; a connection of its own for each question."""

    def __init__(
        self, url: str, token: str, *, trust: ssl.SSLContext | None = None, timeout_seconds: int = TIMEOUT_SECONDS
    ) -> None:
        parts = urlsplit(url)
        assert parts.scheme == "https", "the settings take only https"
        assert parts.hostname, "the settings take only whole addresses"
        self._host, self._port, self._path = parts.hostname, parts.port or 443, parts.path.rstrip("/")
        self._token, self._timeout = token, timeout_seconds
        self._trust = trust or ssl.create_default_context()

    def send(self, message_id: str, content: bytes) -> Replied:
        """Hand a message over; under the same id the provider keeps one."""
        replied = self._ask("PUT", message_id, content)
        if replied.reply is Reply.UNKNOWN:
            raise ProviderSilent("404: is the address right?")
        return replied

    def ask(self, message_id: str) -> Replied:
        """What the provider knows of a message."""
        return self._ask("GET", message_id, None)

    def _ask(self, method: str, message_id: str, content: bytes | None) -> Replied:
        headers = {"Authorization": f"Bearer {self._token}", "Accept": "application/xml"}
        if content is not None:
            headers["Content-Type"] = "application/xml; charset=utf-8"
        line = http.client.HTTPSConnection(self._host, self._port, timeout=self._timeout, context=self._trust)
        try:
            line.request(method, f"{self._path}/messages/{message_id}", body=content, headers=headers)
            answer = line.getresponse()
            body = answer.read(LARGEST_ANSWER + 1)
        except (OSError, http.client.HTTPException) as trouble:
            raise ProviderSilent(_said(trouble)) from trouble
        finally:
            line.close()
        return _replied(answer.status, body)


def _replied(status: int, body: bytes) -> Replied:
    if status == _OK:
        return Replied(Reply.ANSWERED, body)
    if status == _TAKEN:
        return Replied(Reply.RECEIVED)
    if status == _NEVER_SEEN:
        return Replied(Reply.UNKNOWN)
    raise ProviderSilent(f"HTTP {status}")


def _said(trouble: Exception) -> str:
    """What went wrong, without addresses of machines."""
    if isinstance(trouble, ssl.SSLCertVerificationError):
        return f"certificate: {trouble.verify_message}"
    return type(trouble).__name__
