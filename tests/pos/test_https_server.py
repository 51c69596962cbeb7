"""Serving other machines: TLS verified against the shop's own authority, and callers who mean no good."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from config.settings import load_settings
from pos import server as serving
from pos.network.certificate import fingerprint, pem_of
from pos.network.certificate_folder import CertificateFolder
from pos.network.joining import Network, network_of, start_network
from pos.server import make_server

HERE = "127.0.0.2"  # an address of this machine that stands for one of the shop's network
NETWORK = {"network": True, "network_host": HERE, "network_port": 0, "handout_port": 0, "threads": 2}


def tell(asked: dict[str, Any], start: Callable[..., object]) -> list[bytes]:
    """A page that says what it was told."""
    length = int(asked.get("CONTENT_LENGTH") or 0)
    said = [asked["wsgi.url_scheme"], asked["REMOTE_ADDR"], str(len(asked["wsgi.input"].read(length)))]
    body = " ".join(said).encode()
    start("200 OK", [("Content-Length", str(len(body)))])
    return [body]


class Pages(SimpleNamespace):
    """As much of an app as the network needs."""

    def __call__(self, asked: dict[str, Any], start: Callable[..., object]) -> list[bytes]:
        return tell(asked, start)


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    app = Pages(config={"TRUSTED_HOSTS": ["localhost"]}, extensions={})
    settings = load_settings(None, {"server": NETWORK}).server
    stop = start_network(
        app, CertificateFolder(tmp_path_factory.mktemp("shop") / "network"), settings, "Điểm OCOP Chi Lăng"
    )
    yield network_of(app)
    stop()
    assert not [thread for thread in threading.enumerate() if "Network" in thread.name]


def trusting(network: Network) -> ssl.SSLContext:
    """What a device does that has installed the authority, and nothing else."""
    return ssl.create_default_context(cadata=pem_of(network.folder.authority()))


def ask(network: Network, path: str = "/", **more: Any) -> str:
    line = http.client.HTTPSConnection(HERE, network.port, timeout=20, context=trusting(network))
    try:
        line.request(more.pop("method", "GET"), path, **more)
        return line.getresponse().read().decode()
    finally:
        line.close()


def plainly(port: int, said: bytes) -> bytes:
    with socket.create_connection((HERE, port), timeout=5) as line:
        line.sendall(said)
        return b"".join(iter(lambda: line.recv(4096), b""))


def test_a_device_that_trusts_the_authority_opens_the_pages_over_https(network: Network) -> None:
    assert ask(network).split()[0] == "https"
    assert network.addresses[0] == f"https://{HERE}:{network.port}/"
    assert HERE in network.trusted_hosts


def test_a_device_that_does_not_trust_it_opens_nothing(network: Network) -> None:
    line = http.client.HTTPSConnection(HERE, network.port, timeout=5, context=ssl.create_default_context())

    with pytest.raises(ssl.SSLCertVerificationError):
        line.request("GET", "/")


def test_who_calls_is_who_connected_whatever_the_request_claims(network: Network) -> None:
    claims = {"X-Forwarded-For": "10.0.0.9", "Forwarded": "for=10.0.0.9", "X-Real-IP": "10.0.0.9"}

    assert ask(network, headers=claims).split()[1] == "127.0.0.1"


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_old_tls_is_refused(network: Network, version: ssl.TLSVersion) -> None:
    context = trusting(network)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version

    with pytest.raises((ssl.SSLError, ConnectionError)), socket.create_connection((HERE, network.port), 5) as line:
        context.wrap_socket(line, server_hostname=HERE)


def test_plain_http_is_led_to_https(network: Network) -> None:
    answer = plainly(network.port, f"GET /till?x=1 HTTP/1.1\r\nHost: {HERE}:{network.port}\r\n\r\n".encode())

    assert answer.startswith(b"HTTP/1.1 308 ")
    assert f"\r\nLocation: https://{HERE}:{network.port}/till?x=1\r\n".encode() in answer
    assert b"Set-Cookie" not in answer


@pytest.mark.parametrize(
    "said",
    [
        b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.2\r\nContent-Length: 10\r\n\r\npin=135790",
        b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 8.8.8.8\r\n\r\n",
        b"GET //evil.example/\xff HTTP/1.1\r\nHost: 127.0.0.2\r\n\r\n",
        b"GET /\r\nX: y HTTP/1.1\r\nHost: 127.0.0.2\r\n\r\n",
        b"SSH-2.0-x\r\n",
        b"\x00" * 500,
    ],
)
def test_other_plain_words_get_a_sentence_and_lead_nowhere(network: Network, said: bytes) -> None:
    answer = plainly(network.port, said)

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"Location" not in answer
    assert "https://" in answer.decode()


def test_many_silent_callers_keep_nobody_waiting(network: Network) -> None:
    with silent_callers(network.port, 40):
        began = time.monotonic()

        assert ask(network).startswith("https")

        assert time.monotonic() - began < 2


@contextmanager
def silent_callers(port: int, count: int) -> Iterator[list[socket.socket]]:
    """Browsers that connect and say nothing."""
    with ExitStack() as stack:
        yield [stack.enter_context(socket.create_connection((HERE, port), timeout=5)) for _ in range(count)]


def test_a_silent_caller_is_hung_up_on(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network.server, "timeout", 1)

    with silent_callers(network.port, 1) as [line]:
        assert line.recv(1) == b""


def test_half_a_handshake_gives_its_thread_back(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network.server, "timeout", 1)
    with silent_callers(network.port, 4) as lines:
        for line in lines:
            line.sendall(b"\x16\x03\x01\x02\x00\x01")  # the beginning of a greeting, and no more

        assert ask(network).startswith("https")


def test_a_request_that_trickles_in_is_ended(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "REQUEST_SECONDS", 1)
    with called(network) as line:
        said = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n" + b"a" * 900

        assert trickle(line, said) < 100


@contextmanager
def called(network: Network) -> Iterator[ssl.SSLSocket]:
    """A line to the pages, hands shaken."""
    with (
        socket.create_connection((HERE, network.port), 10) as line,
        trusting(network).wrap_socket(line, server_hostname=HERE) as tls,
    ):
        yield tls


def trickle(line: socket.socket, said: bytes) -> int:
    """Say a byte now and then; how many were said before the other end hung up."""
    for count, byte in enumerate(said):
        try:
            line.sendall(bytes([byte]))
        except OSError:
            return count
        time.sleep(0.05)
    return len(said)


def test_a_body_beyond_all_measure_is_not_read(network: Network) -> None:
    said = ask(network, method="POST", headers={"Content-Length": str(10**10)})

    assert "exceeds" in said


def test_a_renewed_certificate_is_shown_without_a_restart(network: Network) -> None:
    before = shown(network)

    network.folder.renew("Điểm OCOP Chi Lăng", [HERE], datetime.now(UTC))  # as `shop certificate renew` does
    network.look()

    assert shown(network) != before
    assert ask(network).startswith("https")


def shown(network: Network) -> bytes:
    with called(network) as line:
        return line.getpeercert(binary_form=True)


def test_a_caller_from_outside_is_not_answered(network: Network) -> None:
    for here, there in (("203.0.113.7", "192.168.1.9"), ("192.168.1.10", "203.0.113.9"), ("192.168.1.10", None)):
        line = SimpleNamespace(socket=SimpleNamespace(getsockname=lambda here=here: (here, 8643)), remote_addr=there)
        assert not network.server.may_speak(line)


def test_the_certificate_is_handed_out_over_http_only_while_a_manager_says_so(network: Network) -> None:
    assert network.handout.until is None
    network.handout.open()
    port = network.handout.port
    request = f"Host: {HERE}\r\nConnection: close\r\n\r\n".encode()

    page = plainly(port, b"GET / HTTP/1.1\r\n" + request)
    certificate = plainly(port, b"GET /shop.crt HTTP/1.1\r\n" + request)

    assert "chứng thư" in page.decode()
    assert fingerprint(network.folder.authority()) not in page.decode()  # whoever changes one would change both
    assert pem_of(network.folder.authority()).encode() in certificate
    assert b"PRIVATE" not in page + certificate
    for wrong in (b"GET /till", b"GET /authority.pem", b"GET /../authority.pem", b"POST /shop.crt", b"GET /shop.crt/x"):
        assert plainly(port, wrong + b" HTTP/1.1\r\n" + request).startswith((b"HTTP/1.1 404", b"HTTP/1.1 400"))
    network.handout.stop()
    with pytest.raises(ConnectionError):
        plainly(port, b"GET / HTTP/1.1\r\n\r\n")


def test_the_loopback_server_gives_no_thread_to_silence_either() -> None:
    settings = replace(load_settings(None).server, port=0, threads=1)
    server = make_server(tell, settings)
    thread = threading.Thread(target=server.serve)
    thread.start()
    port = server.bind_addr[1]
    try:
        with ExitStack() as stack:
            for _ in range(20):
                stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
            line.request("GET", "/", headers={"Connection": "close"})
            assert line.getresponse().read().startswith(b"http ")
            line.close()
    finally:
        server.stop()
        thread.join()
