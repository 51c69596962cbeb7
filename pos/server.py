"""Serving the shop's pages: one process, a few threads, on this machine only."""

import ipaddress

from cheroot.wsgi import Server
from flask import Flask

from config.settings import ServerSettings


class NotOnHttp(Exception):
    """Passwords, PINs and cameras need https anywhere but on the machine itself."""


def make_server(app: Flask, settings: ServerSettings) -> Server:
    """A server ready to start; its `bind_addr` tells the port that was really taken.

    Refuses an address that other machines can reach: over http anybody on the
    network could read the PINs. Serving other machines comes with https.
    """
    refuse_open_http(settings.host)
    server = Server((settings.host, settings.port), app, numthreads=settings.threads, server_name="shop")
    server.prepare()
    return server


def refuse_open_http(host: str) -> None:
    """Let only loopback addresses pass."""
    if host == "localhost":
        return
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        address = None
    if address is None or not address.is_loopback:
        raise NotOnHttp(
            f"The shop does not serve {host}: that address is open to other machines, and PINs would cross the "
            f"network in plain text over http. Set server.host to 127.0.0.1 in shop.toml; serving other machines "
            f"needs https, which this version cannot do yet."
        )
