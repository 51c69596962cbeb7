"""A provider made of software, over https with a certificate of its own: keeps messages, and fails as it is told.

It stands where the line ends: nothing of the shop is replaced. `mood` is what it does with the next messages.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pos.invoice.https_provider import HttpsProvider

TOKEN = "a-token"


def answer_of(message_id: str, *, kind: str = "204", valid: bool = True, refused: str = "") -> bytes:
    """A reply of the tax office: 204 valid or with refused invoices, or another kind."""
    if kind == "999":
        inside = f"<TBao><MTDiep>{message_id}</MTDiep><TTTNhan>{0 if valid else 1}</TTTNhan>{refused}</TBao>"
    else:
        inside = f"<TBao><DLTBao><MSo>01/TB-KTDL</MSo><LTBao>{2 if valid else 3}</LTBao>{refused}</DLTBao></TBao>"
    about = f"<MLTDiep>{kind}</MLTDiep><MTDiep>V0100000000{'F' * 32}</MTDiep><MTDTChieu>{message_id}</MTDTChieu>"
    return f"<TDiep><TTChung><PBan>2.1.0</PBan>{about}</TTChung><DLieu>{inside}</DLieu></TDiep>".encode()


@dataclass
class FakeProvider:
    """What it got and knows, and its mood: accept, take (answers later), refuse, hang, drop, garbage, error, deny."""

    trust: ssl.SSLContext
    port: int = 0
    mood: str = "accept"
    refused: str = ""
    got: list[tuple[str, str, bytes]] = field(default_factory=list)
    known: dict[str, bytes] = field(default_factory=dict)
    hold: threading.Event = field(default_factory=threading.Event)

    def adapter(self, *, timeout_seconds: int = 1, trust: ssl.SSLContext | None = None) -> HttpsProvider:
        """The shop's adapter, pointed here."""
        return HttpsProvider(
            f"https://127.0.0.1:{self.port}/v1", TOKEN, trust=trust or self.trust, timeout_seconds=timeout_seconds
        )

    @property
    def sent(self) -> list[str]:
        """The ids of the messages that were handed over, each time it happened."""
        return [message_id for method, message_id, _ in self.got if method == "PUT"]


class _Desk(BaseHTTPRequestHandler):
    fake: FakeProvider
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self._serve("PUT", content)

    def do_GET(self) -> None:
        self._serve("GET", b"")

    def _serve(self, method: str, content: bytes) -> None:
        fake, message_id = self.fake, self.path.rsplit("/", 1)[-1]
        fake.got.append((method, message_id, content))
        if self.headers["Authorization"] != f"Bearer {TOKEN}" or fake.mood == "deny":
            return self._answer(401, b"")
        if fake.mood == "error":
            return self._answer(500, b"")
        if fake.mood == "hang":
            fake.hold.wait(10)
            return None
        if method == "PUT":
            fake.known.setdefault(message_id, content)
        if fake.mood == "drop":  # it has the message, and the line breaks before anybody hears of it
            self.connection.shutdown(socket.SHUT_RDWR)
            return None
        if message_id not in fake.known:
            return self._answer(404, b"")
        return self._speak(message_id)

    def _speak(self, message_id: str) -> None:
        fake = self.fake
        if fake.mood == "take":
            return self._answer(202, b"")
        if fake.mood == "garbage":
            return self._answer(200, b"<html>Login</html>")
        valid = fake.mood == "accept"
        return self._answer(200, answer_of(message_id, valid=valid, refused=fake.refused))

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nobody reads it."""


@contextmanager
def fake_provider(folder: Path) -> Iterator[FakeProvider]:
    """A provider at work on a port of its own."""
    file = folder / "provider.pem"
    _make_certificate(file)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(file)
    fake = FakeProvider(ssl.create_default_context(cafile=str(file)))
    desk = type("Desk", (_Desk,), {"fake": fake})
    with ThreadingHTTPServer(("127.0.0.1", 0), desk) as server:
        server.daemon_threads = True
        server.socket = serving.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *args: None  # lines that break are what it is there for
        fake.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield fake
        fake.hold.set()
        server.shutdown()
        thread.join()


def _make_certificate(file: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "provider")])
    begins = datetime.fromtimestamp(time.time(), UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(pem + certificate.public_bytes(serialization.Encoding.PEM))
