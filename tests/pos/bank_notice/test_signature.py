"""The signature of a notice: the secret's, over these very bytes, and of now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from core.clock import Hand, stopped_at
from pos.bank_notice.rate import PER_MINUTE, Knocks
from pos.bank_notice.signature import NotFresh, NotSigned, need_signature, sign

SECRET = "x" * 32
BODY = b'{"id": "FT1"}'
NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))


@pytest.fixture(autouse=True)
def hand() -> Iterator[Hand]:
    """A clock that stands."""
    with stopped_at(NOW) as hand:
        yield hand


def test_the_example_of_the_manual_holds() -> None:
    """As any language computes it: HMAC-SHA256 over the time, a point, and the body."""
    assert sign("k" * 32, "1795771800", b"{}") == (
        "sha256=" + "996eb23a16de9186c0d31f3fb0d6f9cf9a3d338d65e434afd85801ad5dd2b5aa"
    )


def test_what_the_secret_signed_now_passes() -> None:
    need_signature(SECRET, timestamp=STAMP, signature=sign(SECRET, STAMP, BODY), body=BODY)


@pytest.mark.parametrize(
    ("timestamp", "signature", "body"),
    [
        (STAMP, sign(SECRET, STAMP, BODY), BODY + b" "),
        (STAMP, sign("y" * 32, STAMP, BODY), BODY),
        (str(int(STAMP) + 1), sign(SECRET, STAMP, BODY), BODY),
        (STAMP, sign(SECRET, STAMP, BODY).removeprefix("sha256="), BODY),
        (STAMP, sign(SECRET, STAMP, BODY).upper(), BODY),
        (STAMP, "", BODY),
        (STAMP, "sha256=ü", BODY),
        ("", sign(SECRET, "", BODY), BODY),
        ("now", sign(SECRET, "now", BODY), BODY),
        ("1e9", sign(SECRET, "1e9", BODY), BODY),
    ],
)
def test_anything_else_does_not(timestamp: str, signature: str, body: bytes) -> None:
    with pytest.raises(NotSigned):
        need_signature(SECRET, timestamp=timestamp, signature=signature, body=body)


@pytest.mark.parametrize(
    ("seconds", "fresh"), [(300, True), (-300, True), (301, False), (-301, False), (86_400, False)]
)
def test_a_message_is_good_for_five_minutes_around_its_time(hand: Hand, seconds: int, fresh: bool) -> None:
    signature = sign(SECRET, STAMP, BODY)
    hand.move(timedelta(seconds=seconds))

    if fresh:
        need_signature(SECRET, timestamp=STAMP, signature=signature, body=BODY)
        return
    with pytest.raises(NotFresh):
        need_signature(SECRET, timestamp=STAMP, signature=signature, body=BODY)


def test_one_address_knocks_sixty_times_a_minute_and_others_are_not_kept_waiting(hand: Hand) -> None:
    knocks = Knocks()

    assert not any(knocks.are_too_many("192.168.1.7") for _ in range(PER_MINUTE))
    assert knocks.are_too_many("192.168.1.7")
    assert not knocks.are_too_many("192.168.1.8")

    hand.move(timedelta(minutes=1))
    assert not knocks.are_too_many("192.168.1.7")
