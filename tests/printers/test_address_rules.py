"""Where a printer may stand. Whoever types an address makes the till speak to it: X5 of the printers."""

from __future__ import annotations

import socket

import pytest

from config.settings import PrintingSettings, SettingsError
from core.errors import RuleBroken
from printers import address_rules
from printers.address_rules import AddressRefused, check_printer_address, find_printer
from printers.device import device_for
from printers.transports import NotReachable
from tests.factories import shop_settings
from tests.printers.conftest import printer_settings

GOOD = [
    ("network", "192.168.1.50:9100"),
    ("network", "192.168.1.50"),
    ("network", "10.0.0.7:9109"),
    ("network", "172.31.255.254:9101"),
    ("network", "may-in-1.local:9100"),
    ("virtual", "127.0.0.1:0"),
    ("virtual", "9100"),
    ("usb", "04b8:0e15"),
    ("serial", "/dev/ttyUSB0@9600"),
    ("serial", "/dev/serial/by-id/usb-EPSON_TM-T20-if00-port0"),
    ("serial", "/dev/serial/by-path/pci-0000:00:14.0-usb-0:1:1.0-port0@115200"),
    ("file", "/dev/usb/lp0"),
    ("cups", "Quay1"),
]
BAD = [
    *(("network", f"{host}:9100") for host in ("127.0.0.1", "127.8.9.1", "0.0.0.0", "localhost", "a.localhost")),
    ("network", "169.254.169.254:9100"),  # link-local: where clouds keep their secrets
    ("network", "224.0.0.1:9100"),
    ("network", "255.255.255.255:9100"),
    ("network", "8.8.8.8:9100"),
    ("network", "172.32.0.1:9100"),
    ("network", "192.169.0.1:9100"),
    ("network", "192.168.1.1:80"),
    ("network", "192.168.1.1:22"),
    ("network", "192.168.1.1:9110"),
    ("network", "192.168.1.1:0"),
    ("network", "router.local:443"),
    # Other ways to write 127.0.0.1 that the system understands.
    *(("network", host) for host in ("2130706433", "0x7f000001", "0177.0.0.1", "127.1", "127.0.0.0x1", "10.1")),
    ("network", "[::1]:9100"),
    ("network", "::1"),
    ("network", "http://192.168.1.1:9100"),
    ("network", "user@192.168.1.1:9100"),
    ("network", "192.168.1.1:9100/redirect?to=http://127.0.0.1"),
    ("network", "192.168.1.1\r\nHost: x"),
    ("network", "192.168.1.\u0661"),  # a digit, but no ASCII one
    ("network", "-lp.local"),
    ("network", "máy-in.local"),
    ("virtual", "192.168.1.1:9100"),
    ("serial", "/dev/ttyUSB0/../../etc/passwd"),
    ("serial", "/dev/tty"),
    ("serial", "/dev/tty1"),  # the screen of the machine itself
    ("serial", "/dev/serial/by-id/../../../sda"),
    ("serial", "ttyUSB0"),
    ("file", "/dev/sda"),
    ("file", "/dev/mem"),
    ("file", "/dev/usb/../sda"),
    ("file", "/dev/usb/lp0\n"),
    ("file", "/etc/passwd"),
    ("file", "shop.sqlite"),
    ("file", "/dev/usb/lp0 /etc/passwd"),
    ("cups", "-o"),
    ("cups", "a b"),
    ("cups", "../x"),
    ("cups", "Quay1;reboot"),
    ("usb", "04b8:0e15:1"),
]


@pytest.mark.parametrize(("kind", "address"), GOOD)
def test_a_printer_may_stand_in_the_shops_network_and_at_a_printers_socket(kind: str, address: str) -> None:
    check_printer_address(kind, address)


@pytest.mark.parametrize(("kind", "address"), BAD)
def test_a_printer_stands_nowhere_else(kind: str, address: str) -> None:
    with pytest.raises(RuleBroken):
        check_printer_address(kind, address)
    with pytest.raises(RuleBroken):
        device_for(printer_settings(kind, address))


def test_what_the_machines_owner_listed_is_allowed_and_its_neighbour_is_not() -> None:
    listed = PrintingSettings(also_allowed=("203.0.113.7:631", "/srv/papers/lp0"))

    check_printer_address("network", "203.0.113.7:631", listed)
    check_printer_address("file", "/srv/papers/lp0", listed)

    for kind, address in (("network", "203.0.113.7:632"), ("network", "203.0.113.8:631"), ("file", "/srv/papers/lp1")):
        with pytest.raises(AddressRefused):
            check_printer_address(kind, address, listed)


@pytest.mark.parametrize(
    "place", ["127.0.0.1:9100", "169.254.1.1:9100", "224.0.0.1:9100", "0.0.0.0:9100", "printer.example:9100", "/a/../b"]
)
def test_not_even_the_list_can_name_the_machine_itself_or_a_name(place: str) -> None:
    with pytest.raises(SettingsError, match="also_allowed"):
        shop_settings(printing={"also_allowed": [place]})


def names_lead_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Let every name be looked up to these addresses, one after the other; gives what was asked."""
    asked: list[str] = []
    answers = iter(addresses)

    def look_up(host: str, port: int, *kind: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(address_rules.socket, "getaddrinfo", look_up)
    return asked


@pytest.mark.parametrize("leads_to", ["127.0.0.1", "169.254.169.254", "93.184.216.34", "0.0.0.0"])
def test_a_name_that_leads_elsewhere_is_refused_when_it_is_used(monkeypatch: pytest.MonkeyPatch, leads_to: str) -> None:
    names_lead_to(monkeypatch, leads_to)
    device = device_for(printer_settings("network", "printer.local:9100"))  # the name alone tells nothing

    with pytest.raises(NotReachable, match=leads_to), device.opened():
        pass


def test_a_name_is_looked_up_once_and_the_address_judged_is_the_address_used(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = names_lead_to(monkeypatch, "192.168.1.50", "127.0.0.1")

    assert find_printer("printer.local", 9100) == "192.168.1.50"
    assert asked == ["printer.local"]


def test_an_unplugged_printer_leaves_no_plain_file_in_its_place() -> None:
    device = device_for(printer_settings("file", "/dev/usb/lp987"))

    with pytest.raises(NotReachable), device.opened():
        pass
