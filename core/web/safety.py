"""What protects the till from other pages and other machines: headers, cookies, hosts, sizes, forged forms.

Nothing inline and nothing from elsewhere runs. A name that is not ours in the Host header is refused, so that no page
on the internet can make its own name point to this machine and speak to the till (DNS rebinding).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, request
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response

LOOPBACK = ["localhost", "127.0.0.1"]  # Werkzeug 3.1 cannot compare [::1]; the shop listens on 127.0.0.1
BIGGEST_REQUEST = 2 * 1024 * 1024

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


def install_safety(app: Flask) -> None:
    """Set the limits of requests and cookies, and the headers of every answer."""
    https = bool(app.config.setdefault("SERVES_HTTPS", False))
    name = f"{app.import_name.partition('.')[0]}_session"  # two apps on one machine share their cookies otherwise
    app.config.update(
        SESSION_COOKIE_NAME=f"__Host-{name}" if https else name,
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_PATH="/",
        WTF_CSRF_TIME_LIMIT=None,  # a till's page stays open all day; the token ends with the session
    )
    if app.config.get("TRUSTED_HOSTS") is None:
        app.config["TRUSTED_HOSTS"] = LOOPBACK
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
