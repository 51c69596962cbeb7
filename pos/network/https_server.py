"""Serving the shop's pages to other tills and phones: TLS with the shop's own certificate, and nothing without it.

Who speaks plain http to this port is told where the page is, and gets nothing else. The handshake is made by the
thread that serves the request and never by the one that takes calls: a silent caller keeps nobody else waiting.
"""

import ipaddress
import logging
import re
import socket
import ssl
from contextlib import suppress
from http.client import responses
from typing import Any

from cheroot.ssl import Adapter

from config.settings import ServerSettings
from core import i18n
from core.i18n import N_, gettext
from pos.network.certificate import may_be_vouched_for
from pos.network.certificate_folder import CertificateFolder
from pos.server import Connection, Pages, ShopServer, make_file, prepared

log = logging.getLogger(__name__)

HANDSHAKE = b"\x16"
MOST_PLAIN_BYTES = 4096
ONLY_HTTPS = N_("This is the shop's till. Its pages are only served over https: type https:// before the address.")
_PLAIN_REQUEST = re.compile(rb"(?:GET|HEAD) (/[\x21-\x7e]{0,500}) HTTP/1\.[01]\r\n")
_HOST = re.compile(rb"\r\nhost: *([A-Za-z0-9.-]{1,253})(?::[0-9]{1,5})?\r\n", re.IGNORECASE)


class TlsAdapter(Adapter):
    """What cheroot needs to speak TLS. `take_up` puts a renewed certificate in place while the shop runs."""

    def __init__(self, folder: CertificateFolder) -> None:
        self.folder = folder
        self._taken_up_at = 0
        self.take_up()

    def take_up(self) -> None:
        """Show the certificate that lies in the folder now, from the next caller on; a known one costs nothing."""
        written_at = self.folder.pages_file.stat().st_mtime_ns
        if written_at == self._taken_up_at:
            return
        self._taken_up_at = written_at
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self.folder.pages_file)
        self.context = context

    def bind(self, sock: socket.socket) -> socket.socket:
        """Nothing is done to the socket that takes calls."""
        return sock

    def wrap(self, sock: socket.socket) -> tuple[ssl.SSLSocket, dict[str, str]]:
        """A line that will speak TLS; not a byte is exchanged here."""
        line = self.context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        return line, self.get_environ()

    def get_environ(self) -> dict[str, str]:
        """What the pages learn of it: the scheme."""
        return {"wsgi.url_scheme": "https", "HTTPS": "on"}

    def makefile(self, sock: socket.socket, mode: str = "r", bufsize: int = -1) -> Any:
        """A connection's reading or writing end."""
        return make_file(sock, mode)


class TlsConnection(Connection):
    """A caller's line: shakes hands before the first request, in the thread that will answer."""

    shaken = False

    def communicate(self) -> bool:
        """Shake hands once, then read one request and answer it."""
        try:
            if not self.shaken and not self._shake_hands():
                return False
            return super().communicate()
        except ssl.SSLError as trouble:
            log.info("a TLS line ended: %s", trouble.reason)
            return False

    def _shake_hands(self) -> bool:
        self.shaken = True
        try:
            # Looking at the first byte, past TLS, tells who speaks plain http.
            if socket.socket.recv(self.socket, 1, socket.MSG_PEEK) != HANDSHAKE:
                self._point_to_https()
                return False
            self.socket.do_handshake()
        except OSError as trouble:  # SSLError and TimeoutError among them
            log.info("no TLS with %s: %s", self.remote_addr, getattr(trouble, "reason", type(trouble).__name__))
            return False
        return True

    def _point_to_https(self) -> None:
        asked = socket.socket.recv(self.socket, MOST_PLAIN_BYTES)
        self.socket.settimeout(1)
        with suppress(OSError):
            socket.socket.send(self.socket, plain_answer(asked, self.server.bind_addr[1]))
            socket.socket.shutdown(self.socket, socket.SHUT_WR)
            socket.socket.recv(self.socket, MOST_PLAIN_BYTES)  # let the caller read before the line is cut

    def close(self) -> None:
        """Hang up without waiting for the caller to agree."""
        with suppress(OSError):
            super().close()


class PrivateServer(ShopServer):
    """Answers only callers of the shop's own network, at an address of it."""

    def may_speak(self, connection: Any) -> bool:
        """Both ends must be private: a machine with a public address, too, is not to be had from outside."""
        try:
            here = connection.socket.getsockname()[0]
        except OSError:
            return False
        return may_be_vouched_for(here) and may_be_vouched_for(connection.remote_addr or "")


class HttpsServer(PrivateServer):
    """The pages for other machines, over TLS only."""

    ConnectionClass = TlsConnection


def make_https_server(pages: Pages, settings: ServerSettings, folder: CertificateFolder) -> HttpsServer:
    """The server for other machines, its port open; `ssl_adapter` is its TlsAdapter."""
    server = HttpsServer((settings.network_host, settings.network_port), pages, numthreads=settings.threads)
    server.ssl_adapter = TlsAdapter(folder)
    return prepared(server, "network_port under [server] in shop.toml")


def plain_answer(asked: bytes, port: int) -> bytes:
    """What a caller without TLS hears: where the page is, if a page was asked for at an address of this network."""
    request, host = _PLAIN_REQUEST.match(asked), _HOST.search(asked)
    where = ""
    if request and host and _is_private_name(host[1].decode("ascii")):
        where = f"https://{host[1].decode('ascii')}:{port}{request[1].decode('ascii')}"
    said = "\n\n".join(_in(language) for language in i18n.LANGUAGES).encode()
    status = 308 if where else 400
    lines = [
        f"HTTP/1.1 {status} {responses[status]}",
        "Content-Type: text/plain; charset=utf-8",
        f"Content-Length: {len(said)}",
        "X-Content-Type-Options: nosniff",
        "Cache-Control: no-store",
        "Connection: close",
        *([f"Location: {where}"] if where else []),
    ]
    return "\r\n".join(lines).encode("ascii") + b"\r\n\r\n" + said


def _in(language: str) -> str:
    with i18n.use(language):
        return gettext(ONLY_HTTPS)


def _is_private_name(host: str) -> bool:
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return host.lower().endswith(".local")
    return may_be_vouched_for(host)
