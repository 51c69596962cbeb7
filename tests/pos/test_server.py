import socket
from dataclasses import replace

import pytest

from pos.server import NotOverHttp, PortTaken, is_loopback, make_server
from tests.factories import shop_settings


def pages(environ, start):
    start("200 OK", [])
    return [b""]


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("127.0.0.1", True),
        ("127.0.0.2", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.10", False),
        ("8.8.8.8", False),
        ("shop.example", False),  # a name may lead anywhere
    ],
)
def test_only_the_machines_own_addresses_are_loopback(host, ours):
    assert is_loopback(host) is ours


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "shop.example"])
def test_other_machines_are_refused_over_http_and_told_why(host):
    settings = replace(shop_settings().server, host=host, port=0)

    with pytest.raises(NotOverHttp, match="https"):
        make_server(pages, settings)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_machine_itself_is_served_on_a_free_port(host):
    server = make_server(pages, replace(shop_settings().server, host=host, port=0))
    try:
        assert server.bind_addr[1] > 0
    finally:
        server.stop()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # cheroot forgets a socket here
def test_a_taken_port_is_named_with_the_way_out():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = replace(shop_settings().server, port=taken.getsockname()[1])

        with pytest.raises(PortTaken, match="--port"):
            make_server(pages, settings)
