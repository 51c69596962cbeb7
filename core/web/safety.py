"""What protects the till from other pages and other machines: headers, cookies, hosts, sizes, forged forms.

Nothing inline and nothing from elsewhere runs. A name that is not ours in the Host header is refused, so that no page
on the internet can make its own name point to this machine and speak to the till (DNS rebinding).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response

LOOPBACK = ["localhost", "127.0.0.1"]  # Werkzeug 3.1 cannot compare [::1]; the shop listens on 127.0.0.1
BIGGEST_REQUEST = 9 * 1024 * 1024  # a photo of a paper, or a long list of goods; a form without files may have 0,5 MB

CONTENT_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=()",
}
_KEPT_ASSET_SECONDS = 31_536_000


class BoundSessions(SecureCookieSessionInterface):
    """The session's cookie, bound to this very host and to https wherever the request came over https.

    One app answers both: the machine's own browser over http on the loopback, other machines over https only.
    """

    def get_cookie_name(self, app: Flask) -> str:
        return cookie_name(super().get_cookie_name(app))

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


def cookie_name(name: str) -> str:
    """What a cookie of ours is called on this request: the browser takes `__Host-` from this host's https only."""
    return f"__Host-{name}" if request.is_secure else name


def install_safety(app: Flask) -> None:
    """Set the limits of requests and cookies, and the headers of every answer."""
    app.session_interface = BoundSessions()
    app.config.update(
        # Two apps on one machine share their cookies otherwise.
        SESSION_COOKIE_NAME=f"{app.import_name.partition('.')[0]}_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_PATH="/",
        WTF_CSRF_TIME_LIMIT=None,  # a till's page stays open all day; the token ends with the session
    )
    if app.config.get("TRUSTED_HOSTS") is None:
        app.config["TRUSTED_HOSTS"] = list(LOOPBACK)  # the network adds the names in its certificate
    if app.config.get("MAX_CONTENT_LENGTH") is None:
        app.config["MAX_CONTENT_LENGTH"] = BIGGEST_REQUEST
    CSRFProtect(app)
    app.after_request(_add_headers)


def _add_headers(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if request.endpoint and request.endpoint.endswith(".static"):
        answer.cache_control.clear()
        named = "v" in request.args or "/fonts/" in request.path  # a font never changes under its name
        kept = named and answer.status_code in {200, 304}
        answer.headers["Cache-Control"] = f"public, max-age={_KEPT_ASSET_SECONDS}, immutable" if kept else "no-cache"
    else:
        answer.headers.setdefault("Cache-Control", "no-store")
    return answer


def local_path(wanted: str, otherwise: str = "/") -> str:
    """An address of this app to go back to; anything that leads elsewhere becomes the first page."""
    if not wanted.startswith("/") or wanted.startswith(("//", "/\\")) or any(c < " " or c == "\\" for c in wanted):
        return otherwise
    parts = urlsplit(wanted)
    return wanted if not parts.scheme and not parts.netloc else otherwise
