"""A relay that brings the bank's notices to the shop under test, and the settings under which the shop hears it."""

from __future__ import annotations

import json
from contextvars import Context

import pytest
from werkzeug.test import TestResponse

from core.clock import now
from core.current_settings import install_settings
from core.database import db
from pos.bank_notice.signature import sign
from tests.factories import Shop, shop_settings

SECRET = "s" * 32
ADDRESS = "/bank-notices"


def hear_the_bank(shop: Shop, monkeypatch: pytest.MonkeyPatch, **more: object) -> None:
    """From now on the shop listens to notices."""
    monkeypatch.setenv("SHOP_SECRET_BANK_NOTICES", SECRET)
    install_settings(shop.app, shop_settings(demo=True, bank_notices={"enabled": True, **more}))


def notice(order: str, dong: int, reference: str = "FT1", **more: object) -> bytes:
    """What the bank says of one transfer."""
    told = {"id": reference, "amount": dong, "account": "KHONGCHUYENTIEN", "description": f"{order} mua hang", **more}
    return json.dumps(told).encode()


def send(shop: Shop, body: bytes, *, address: str = "192.168.1.7", **headers: str) -> TestResponse:
    """A notice as a relay on the shop's network sends it; headers given stand above the right ones."""
    stamp = headers.get("timestamp", str(int(now().timestamp())))
    signature = headers.get("signature", sign(SECRET, stamp, body))
    answer = Context().run(
        shop.app.test_client().post,
        ADDRESS,
        data=body,
        content_type="application/json",
        headers={"X-Shop-Timestamp": stamp, "X-Shop-Signature": signature},
        environ_overrides={"REMOTE_ADDR": address},
    )
    db.session.rollback()
    return answer
