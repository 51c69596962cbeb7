"""Is this message from the bank's relay, and is it fresh? HMAC-SHA256 over the time and the raw bytes.

    X-Shop-Timestamp: 1795771800
    X-Shop-Signature: sha256=<hex of HMAC-SHA256(secret, timestamp + "." + body)>

An old message sent again is refused by its time; a fresh one sent again is found by the bank's own number of the
transfer (pos/bank_notice/intake.py) and changes nothing.
"""

import hashlib
import hmac
import re

from core import clock
from core.errors import RuleBroken
from core.i18n import N_

WINDOW_SECONDS = 300
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_PREFIX = "sha256="


class NotSigned(RuleBroken):
    """Not the relay's: nothing of the message was looked at."""

    message = N_("The signature does not belong to this message. Compare the secret of shop and relay.")


class NotFresh(RuleBroken):
    """The relay's, but sent at another time than now: an old message sent again, or a clock that is wrong."""

    message = N_("The message was signed more than %(minutes)s minutes from now. Compare the clocks of shop and relay.")


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The signature that a relay puts on a message."""
    signed = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return _PREFIX + signed.hexdigest()


def need_signature(secret: str, *, timestamp: str, signature: str, body: bytes) -> None:
    """Refuse a message that the secret did not sign, or not within five minutes of now.

    The signature is proved first and in constant time: a stranger learns nothing of the shop's clock or of its secret.
    """
    right = sign(secret, timestamp, body).encode()
    if not hmac.compare_digest(right, signature.encode("utf-8", "replace")) or not _TIMESTAMP.fullmatch(timestamp):
        raise NotSigned()
    if abs(clock.now().timestamp() - int(timestamp)) > WINDOW_SECONDS:
        raise NotFresh(minutes=WINDOW_SECONDS // 60)
