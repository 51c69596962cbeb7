"""The page for other devices: what a manager sees and presses, and what the foot bar and the doctor say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from core.staff import Role
from pos.doctor.checks.certificate import other_devices_trust_us
from pos.doctor.doctor import Level, Patient
from pos.network.certificate import fingerprint
from pos.network.certificate_folder import certificates_of
from pos.network.joining import Network, network_of, start_network
from tests.factories import MORNING, Shop, shop_settings
from tests.pos.web.conftest import Screen, words

SERVED = {"network": True, "network_host": "127.0.0.2", "network_port": 0, "handout_port": 0}


@pytest.fixture
def manager(shop: Shop) -> Screen:
    return Screen(shop, Role.MANAGER)


@pytest.fixture
def network(shop: Shop) -> Iterator[Network]:
    settings = shop_settings(server=SERVED).server
    stop = start_network(shop.app, certificates_of(shop.folder), settings, "Điểm OCOP Chi Lăng")
    yield network_of(shop.app)
    stop()


def test_without_a_network_the_page_says_how_to_get_one(manager: Screen) -> None:
    assert "network = true" in words(manager.get("/other-devices"))
    assert manager.get("/other-devices/certificate").status_code == 404
    assert manager.press("/other-devices/handout").status_code == 404


def test_a_manager_sees_addresses_fingerprint_and_steps(manager: Screen, network: Network) -> None:
    page = manager.get("/other-devices")

    assert network.addresses[0] in words(page)
    assert fingerprint(network.folder.authority()) in words(page)
    assert page.get_data(as_text=True).count("<svg") >= len(network.addresses)


def test_the_certificate_is_downloaded_without_its_key(manager: Screen, network: Network) -> None:
    answer = manager.get("/other-devices/certificate")

    assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"
    assert answer.data.startswith(b"-----BEGIN CERTIFICATE-----")
    assert b"KEY" not in answer.data


def test_a_clerk_neither_sees_nor_opens_it(shop: Shop, network: Network) -> None:
    clerk = Screen(shop)

    assert clerk.get("/other-devices").status_code == 403
    assert clerk.press("/other-devices/handout").status_code == 403
    assert network.handout.until is None


def test_handing_out_begins_and_ends_by_a_button(manager: Screen, network: Network) -> None:
    manager.press("/other-devices/handout")
    assert f"http://127.0.0.2:{network.handout.port}/" in words(manager.get("/other-devices"))

    manager.press("/other-devices/handout/end")
    assert network.handout.until is None


@pytest.mark.parametrize(
    ("later", "said", "level"),
    [
        (timedelta(), "", Level.OK),
        (timedelta(days=390), "chứng thư hết hạn ngày", Level.WARN),
        (timedelta(days=400), "chứng thư đã hết hạn", Level.WARN),
        (timedelta(days=-3), "đồng hồ máy này sai", Level.BAD),
    ],
)
def test_the_foot_bar_and_the_doctor_say_when_devices_will_refuse(
    shop: Shop, manager: Screen, network: Network, later: timedelta, said: str, level: Level
) -> None:
    shop.clock.set(MORNING + later)

    foot = words(manager.get("/foot"))
    findings = list(other_devices_trust_us(Patient(shop.folder, shop_settings(server=SERVED))))

    assert said in foot
    assert ("Thiết bị khác" in foot) == bool(said)
    assert findings[0].level is level
