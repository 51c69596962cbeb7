"""The shop in its own network: its names there, its certificate kept fresh, its https server, how phones join."""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from config.settings import ServerSettings
from core import clock
from pos.network.certificate_folder import CertificateFolder, CertificateUnreadable
from pos.network.handout import Handout
from pos.network.https_server import HttpsServer, make_https_server
from pos.network.own_addresses import local_name, private_addresses

log = logging.getLogger(__name__)

EXTENSION = "network"
# Safe, because the server hangs up on callers from outside the private network (PrivateServer).
EVERYWHERE = "0.0.0.0"  # noqa: S104  # nosec B104
LOOK_SECONDS = 60
WARN_DAYS = 14  # a certificate is renewed long before; this late something keeps it from being renewed


class App(Protocol):
    """An app that serves pages and keeps what was installed in it."""

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]: ...

    extensions: dict[str, Any]

    @property
    def config(self) -> Any: ...


@dataclass
class Network:
    """How other tills and phones reach the shop; kept up to date by its own thread."""

    settings: ServerSettings
    folder: CertificateFolder
    shop: str
    server: HttpsServer
    handout: Handout
    trusted_hosts: list[str]
    _stop: threading.Event = field(default_factory=threading.Event)

    @property
    def port(self) -> int:
        """The port of the pages."""
        return int(self.server.bind_addr[1])

    @property
    def addresses(self) -> list[str]:
        """Where a browser of the network finds the shop, the most useful first."""
        return [f"https://{name}:{self.port}/" for name in names_of(self.settings)]

    def look(self) -> None:
        """See whether the machine has another address or the certificate ends, and renew it then."""
        names = names_of(self.settings)
        if self.folder.renew_if_due(self.shop, names, clock.now()):
            log.info("the certificate of the pages was renewed")
        self.server.ssl_adapter.take_up()  # somebody may have typed: shop certificate renew
        missing = [name for name in names if name not in self.trusted_hosts]
        self.trusted_hosts.extend(missing)

    def watch(self) -> None:
        """Look again and again until the shop is stopped."""
        while not self._stop.wait(LOOK_SECONDS):
            try:
                self.look()
            except (OSError, CertificateUnreadable) as trouble:
                log.warning("the certificate cannot be looked after: %s", trouble)

    def stop(self) -> None:
        """Hang up."""
        self._stop.set()
        self.handout.stop()
        self.server.stop()


def start_network(app: App, folder: CertificateFolder, settings: ServerSettings, shop: str) -> Callable[[], None]:
    """Serve the app to other machines where the settings ask for it; gives what stops it again."""
    if not settings.network:
        return lambda: None
    folder.renew_if_due(shop, names_of(settings), clock.now())
    server = make_https_server(app, settings, folder)
    network = Network(settings, folder, shop, server, Handout(folder, settings), app.config["TRUSTED_HOSTS"])
    network.look()
    app.extensions[EXTENSION] = network
    threads = [threading.Thread(target=work, name=work.__qualname__) for work in (server.serve, network.watch)]
    for thread in threads:
        thread.start()

    def stop() -> None:
        network.stop()
        for thread in threads:
            thread.join()

    return stop


def network_of(app: App) -> Network | None:
    """How the app is reached from other machines; None where it is not."""
    found = app.extensions.get(EXTENSION)
    return found if isinstance(found, Network) else None


def names_of(settings: ServerSettings) -> list[str]:
    """The addresses that other machines may use, and the machine's name."""
    addresses = private_addresses() if settings.network_host == EVERYWHERE else [settings.network_host]
    name = local_name()
    return [*addresses, *([name] if name else [])]


@dataclass(frozen=True)
class CertificateHealth:
    """How long the certificate of the pages is good, and whether the clock stands outside its days."""

    ends: datetime
    too_early: bool
    ended: bool
    ends_soon: bool


def health_of(folder: CertificateFolder, at: datetime) -> CertificateHealth | None:
    """How the certificate stands; None where there is none yet."""
    pages, authority = folder.pages(), folder.authority()
    if pages is None or authority is None:
        return None
    ends = min(pages.not_valid_after_utc, authority.not_valid_after_utc)
    begins = max(pages.not_valid_before_utc, authority.not_valid_before_utc)
    return CertificateHealth(ends, at < begins, at >= ends, ends - at < timedelta(days=WARN_DAYS))
