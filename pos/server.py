"""Serving the shop's pages: one process, a few threads; over http to this machine only."""

import ipaddress
import logging
import socket
from collections.abc import Callable, Iterable
from time import monotonic_ns
from typing import Any, TypeVar

from cheroot.makefile import StreamReader, StreamWriter
from cheroot.server import HTTPConnection
from cheroot.wsgi import Server

from config.settings import ServerSettings

log = logging.getLogger(__name__)

Pages = Callable[..., Iterable[bytes]]

SILENCE_SECONDS = 10  # how long nothing may come while something is due
REQUEST_SECONDS = 30  # how long all of a request may take to come; a thread serves nobody else meanwhile
MOST_HEADERS = 64 * 1024
MOST_BODY = 16 * 1024 * 1024  # more is not even thrown away; the pages have narrower limits of their own
MOST_CONNECTIONS = 200
WAITING_CALLS = 64  # callers that the system keeps for us while we are busy; beyond, they try again a second later
BUFFER_BYTES = 8192


class NotOverHttp(Exception):
    """PINs and cameras need https anywhere but on the machine itself."""


class PortTaken(Exception):
    """Another program, perhaps the shop itself, answers there already."""


class PatientReader(socket.SocketIO):
    """Reads from a browser, but not for ever: a trickle of bytes ends the request like silence does."""

    def __init__(self, line: socket.socket) -> None:
        super().__init__(line, "r")
        self.waited_ns = 0

    def readinto(self, buffer: Any) -> int | None:
        """Read what has come; TimeoutError when the whole request takes too long."""
        began = monotonic_ns()
        got = super().readinto(buffer)
        self.waited_ns += monotonic_ns() - began
        if self.waited_ns > REQUEST_SECONDS * 10**9:
            raise TimeoutError("timed out")
        return got


class PatientStream(StreamReader):
    """Cheroot's reading end of a connection, with our patience."""

    def __init__(self, line: socket.socket, mode: str = "r", bufsize: int = BUFFER_BYTES) -> None:
        super(StreamReader, self).__init__(PatientReader(line), bufsize)
        self.bytes_read = 0


def make_file(line: socket.socket, mode: str = "r", bufsize: int = BUFFER_BYTES) -> Any:
    """A connection's reading or writing end."""
    return (PatientStream if "r" in mode else StreamWriter)(line, mode, bufsize)


class Connection(HTTPConnection):
    """A browser's connection; each request on it begins with new patience."""

    def __init__(self, server: Any, line: socket.socket, makefile: Any = None) -> None:
        super().__init__(server, line, make_file)

    def communicate(self) -> bool:
        """Read one request and answer it; whether the connection stays open."""
        self.rfile.raw.waited_ns = 0
        return bool(super().communicate())  # type: ignore[no-untyped-call]


class ShopServer(Server):
    """Cheroot's server, which gives a thread only to who has said something."""

    ConnectionClass: type[Connection] = Connection
    _connections: Any
    max_request_header_size = MOST_HEADERS
    max_request_body_size = MOST_BODY
    keep_alive_conn_limit = MOST_CONNECTIONS // 2

    def __init__(self, address: tuple[str, int], pages: Pages, *, numthreads: int) -> None:
        super().__init__(
            address,
            pages,
            numthreads=numthreads,
            server_name="shop",
            timeout=SILENCE_SECONDS,
            request_queue_size=WAITING_CALLS,
        )

    def process_conn(self, connection: Any) -> None:
        """Hand a connection to a thread once bytes have come; until then waiting for them costs no thread."""
        if connection.last_used is not None:
            super().process_conn(connection)
        elif self._connections._num_connections < MOST_CONNECTIONS and self.may_speak(connection):
            self._connections.put(connection)
        else:
            connection.close()

    def may_speak(self, connection: Any) -> bool:
        """Whether we answer who calls at all."""
        return True

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:
        """Into our log, which keeps secrets out, and not past it."""
        log.log(level, "%s", msg, exc_info=traceback)


AnyServer = TypeVar("AnyServer", bound=ShopServer)


def make_server(pages: Pages, settings: ServerSettings) -> Any:
    """A server that has its port already (`bind_addr` says which) and is ready for `serve()`.

    Refuses an address that other machines can reach: over http anybody on the
    network could read the PINs. Other machines are served over https (pos/network/https_server.py).
    """
    refuse_open_http(settings.host)
    server = ShopServer((settings.host, settings.port), pages, numthreads=settings.threads)
    return prepared(server, "--port, or under [server] in shop.toml")


def prepared(server: AnyServer, chosen_by: str) -> AnyServer:
    """The server with its port open; PortTaken says where another one is chosen."""
    host, port = server.bind_addr[:2]
    try:
        server.prepare()
    except OSError as trouble:
        raise PortTaken(
            f"The shop cannot open {host}, port {port}: {trouble}. Perhaps it runs already. "
            f"Choose another port with {chosen_by}."
        ) from trouble
    return server


def refuse_open_http(host: str) -> None:
    """Let only the machine's own addresses pass."""
    if host != "localhost" and not is_loopback(host):
        raise NotOverHttp(
            f"The shop does not serve {host} over http: other machines can reach that address, and PINs would cross "
            f"the network in plain text. Set host to 127.0.0.1 under [server] in shop.toml; for other tills and phones "
            f"set network = true there, which serves them over https."
        )


def is_loopback(host: str) -> bool:
    """Whether an address never leaves this machine; a name other than localhost is not trusted to."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
