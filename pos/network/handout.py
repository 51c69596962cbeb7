"""Handing the shop's certificate to a phone that does not trust it yet: for a quarter of an hour, by a manager.

A phone cannot fetch the certificate over https before it trusts it, without being taught to click warnings away. So a
second, tiny server gives it over http: one page with the steps and the certificate, nothing else, no cookies, no app.
Somebody in the network could put another certificate in its place; therefore it is off unless asked for, and the
fingerprint is compared with the one on the till's own screen, which is not part of this page.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from html import escape
from typing import Any

from config.settings import ServerSettings
from core import clock, i18n
from core.i18n import N_, gettext
from pos.network.certificate import pem_of
from pos.network.certificate_folder import CertificateFolder
from pos.network.https_server import PrivateServer
from pos.server import prepared

log = logging.getLogger(__name__)

OPEN_MINUTES = 15
FILE_NAME = "shop.crt"
TITLE = N_("Trust this shop's till")
STEPS = {
    N_("iPhone, iPad"): (
        N_("In Safari tap “%(button)s” and allow the profile to be downloaded."),
        N_("Open Settings, tap Profile Downloaded at the top, then Install."),
        N_("Settings, General, About, Certificate Trust Settings: switch the certificate on."),
    ),
    N_("Android"): (
        N_("Tap “%(button)s”; the file is downloaded."),
        N_("Open Settings and search for “CA certificate”; choose Install anyway, then the file."),
        N_("Under Trusted credentials, User, tap the shop's name to see its fingerprint."),
    ),
}
COMPARE = N_(
    "Before you trust it, compare its SHA-256 fingerprint with the one that the till shows. If it differs, stop."
)
BUTTON = N_("Fetch the certificate")

_HEADERS = [
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Referrer-Policy", "no-referrer"),
]


class Handout:
    """The tiny server; `until` says how long it is open, None while it is shut."""

    def __init__(self, folder: CertificateFolder, settings: ServerSettings) -> None:
        self.folder = folder
        self.settings = settings
        self.until: datetime | None = None
        self.port = 0
        self._server: Any = None
        self._shut: threading.Timer | None = None
        self._lock = threading.Lock()

    def open(self) -> None:
        """Open it for a quarter of an hour from now."""
        with self._lock:
            self._end()
            address = (self.settings.network_host, self.settings.handout_port)
            server = PrivateServer(address, self.answer, numthreads=1)
            self._server = prepared(server, "handout_port under [server] in shop.toml")
            self.port = server.bind_addr[1]
            threading.Thread(target=server.serve, name="handout", daemon=True).start()
            self.until = clock.now() + timedelta(minutes=OPEN_MINUTES)
            self._shut = threading.Timer(OPEN_MINUTES * 60, self.stop)
            self._shut.daemon = True
            self._shut.start()
        log.info("the certificate is handed out for %s minutes", OPEN_MINUTES)

    def stop(self) -> None:
        """Shut it; shutting it twice does no harm."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._shut is not None:
            self._shut.cancel()
        if self._server is not None:
            self._server.stop()
        self._server = self._shut = self.until = None

    def answer(self, asked: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        """The page with the steps, the certificate, or nothing."""
        path = asked.get("PATH_INFO") if asked.get("REQUEST_METHOD") in ("GET", "HEAD") else None
        authority = self.folder.authority()
        if path == "/":
            kind, body = "text/html; charset=utf-8", page().encode()
        elif path == f"/{FILE_NAME}" and authority is not None:
            kind, body = "application/x-x509-ca-cert", pem_of(authority).encode()
        else:
            start("404 Not Found", [("Content-Type", "text/plain"), ("Content-Length", "0"), *_HEADERS])
            return []
        start("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body))), *_HEADERS])
        return [] if asked["REQUEST_METHOD"] == "HEAD" else [body]


def page() -> str:
    """The page of the tiny server, in both languages: nobody has signed in and chosen one."""
    parts = [_in(language) for language in i18n.LANGUAGES]
    head = '<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    return f"{head}<title>OCOP</title><body>{'<hr>'.join(parts)}</body></html>"


def _in(language: str) -> str:
    with i18n.use(language):
        phones = "".join(_steps_of(phone) for phone in STEPS)
        return (
            f"<h1>{escape(gettext(TITLE))}</h1>{phones}<p><b>{escape(gettext(COMPARE))}</b></p>"
            f'<p><a href="/{FILE_NAME}">{escape(gettext(BUTTON))}</a></p>'
        )


def steps_of(phone: str) -> list[str]:
    """What to tap on a phone, in the language spoken now."""
    return [gettext(step) % {"button": gettext(BUTTON)} for step in STEPS[phone]]


def _steps_of(phone: str) -> str:
    lines = "".join(f"<li>{escape(step)}</li>" for step in steps_of(phone))
    return f"<h2>{escape(gettext(phone))}</h2><ol>{lines}</ol>"
