"""Serving the shop's pages: one process, a few threads, on this machine only."""

import ipaddress
from collections.abc import Callable, Iterable
from typing import Any

from cheroot.wsgi import Server

from config.settings import ServerSettings

Pages = Callable[..., Iterable[bytes]]


class NotOverHttp(Exception):
    """PINs and cameras need https anywhere but on the machine itself."""


class PortTaken(Exception):
    """Another program, perhaps the shop itself, answers there already."""


def make_server(pages: Pages, settings: ServerSettings) -> Any:
    """A server that has its port already (`bind_addr` says which) and is ready for `serve()`.

    Refuses an address that other machines can reach: over http anybody on the
    network could read the PINs. Serving other machines comes with https.
    """
    refuse_open_http(settings.host)
    server = Server((settings.host, settings.port), pages, numthreads=settings.threads, server_name="shop")
    try:
        server.prepare()
    except OSError as trouble:
        raise PortTaken(
            f"The shop cannot open {settings.host}, port {settings.port}: {trouble}. Perhaps it runs already. "
            f"Choose another port with --port, or under [server] in shop.toml."
        ) from trouble
    return server


def refuse_open_http(host: str) -> None:
    """Let only the machine's own addresses pass."""
    if host != "localhost" and not is_loopback(host):
        raise NotOverHttp(
            f"The shop does not serve {host}: other machines can reach that address, and PINs would cross the network "
            f"in plain text. Set host to 127.0.0.1 under [server] in shop.toml. Serving other machines needs https, "
            f"which this version cannot do yet."
        )


def is_loopback(host: str) -> bool:
    """Whether an address never leaves this machine; a name other than localhost is not trusted to."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
