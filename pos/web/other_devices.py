"""Other devices in the shop: where tills and phones find it, and how they learn to trust its certificate."""

import io

import segno
from flask import Blueprint, Response, current_app, make_response, redirect, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from core.clock import now
from core.i18n import gettext, written_day
from core.staff import Role
from core.web.access import for_role, may
from core.web.foot import FootItem
from core.web.once import once
from pos.network.certificate import fingerprint, pem_of
from pos.network.handout import FILE_NAME, OPEN_MINUTES, STEPS, steps_of
from pos.network.joining import Network, health_of, network_of

bp = Blueprint("other_devices", __name__, url_prefix="/other-devices")


@bp.get("")
@for_role(Role.MANAGER)
def show() -> str:
    """The addresses as text and as QR, and the certificate with its fingerprint and the steps of each phone."""
    network = network_of(current_app)
    if network is None:
        return render_template("pos/other_devices/page.html", network=None)
    return render_template(
        "pos/other_devices/page.html",
        network=network,
        addresses=[(address, qr(address)) for address in network.addresses],
        handout=handout_addresses(network),
        minutes=OPEN_MINUTES,
        fingerprint=fingerprint(network.folder.authority()).split(),
        health=health_of(network.folder, now()),
        steps={gettext(phone): steps_of(phone) for phone in STEPS},
    )


@bp.get("/certificate")
@for_role(Role.MANAGER)
def certificate() -> Response:
    """The authority's certificate, to carry to a till or phone; there is no secret in it."""
    answer = make_response(pem_of(_network().folder.authority()))
    answer.headers["Content-Type"] = "application/x-x509-ca-cert"
    answer.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return answer


@bp.post("/handout")
@for_role(Role.MANAGER)
@once
def open_handout() -> AnyResponse:
    """Let phones fetch the certificate over http for a quarter of an hour."""
    _network().handout.open()
    return redirect(url_for(".show", _anchor="handout"), 303)


@bp.post("/handout/end")
@for_role(Role.MANAGER)
@once
def end_handout() -> AnyResponse:
    """Stop handing it out now."""
    _network().handout.stop()
    return redirect(url_for(".show", _anchor="handout"), 303)


def certificate_item() -> FootItem | None:
    """In the foot bar only when other devices will soon be refused, or are refused already."""
    network = network_of(current_app)
    health = health_of(network.folder, now()) if network else None
    if health is None or not (health.too_early or health.ends_soon):
        return None
    url = url_for("other_devices.show") if may("other_devices.show") else None
    if health.too_early:
        return FootItem(gettext("Other devices: the clock of this computer is wrong"), "act", url)
    if health.ended:
        return FootItem(gettext("Other devices: the certificate has ended"), "act", url)
    return FootItem(
        gettext("Other devices: the certificate ends on %(day)s", day=written_day(health.ends.date())), "warn", url
    )


def handout_addresses(network: Network) -> list[tuple[str, str]]:
    """Where a phone fetches the certificate while that is allowed."""
    if network.handout.until is None:
        return []
    hosts = [address.removeprefix("https://").rpartition(":")[0] for address in network.addresses]
    return [(address, qr(address)) for address in (f"http://{host}:{network.handout.port}/" for host in hosts)]


def qr(text: str) -> str:
    """A QR as SVG without styles: the content policy allows none."""
    drawn = io.BytesIO()
    segno.make_qr(text, error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=4, svgclass="qr", lineclass=None
    )
    return drawn.getvalue().decode("ascii")


def _network() -> Network:
    network = network_of(current_app)
    if network is None:
        raise NotFound
    return network
