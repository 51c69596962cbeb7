"""Another till in the shop: a browser that comes over https, trusts the shop's authority and sells."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, BrowserType, Error, Page, expect

from config.settings import load_settings
from pos.data_folder import DataFolder
from pos.network.joining import Network, network_of
from pos.running import running_shop
from tests.browser.conftest import NOODLES, Counter
from tests.core.web.wedge import Scanner

HERE = "127.0.0.2"  # an address of this machine that stands for one of the shop's network


@pytest.fixture
def network(demo_folder: DataFolder) -> Iterator[Network]:
    """The demo shop, served to other machines too."""
    served = {"port": 0, "network": True, "network_host": HERE, "network_port": 0, "handout_port": 0}
    with running_shop(demo_folder, load_settings(demo_folder.path, {"server": served})) as shop:
        thread = threading.Thread(target=shop.server.serve)
        thread.start()
        yield network_of(shop.app)
        shop.server.stop()
        thread.join()


@pytest.fixture
def trusting(
    network: Network, browser_type: BrowserType, browser_type_launch_args: dict, tmp_path: Path
) -> Iterator[Browser]:
    """A browser on whose machine the shop's authority was installed, and that looks over nothing else."""
    public = network.folder.authority().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    trusted = base64.b64encode(sha256(public).digest()).decode("ascii")
    args = [*browser_type_launch_args["args"], f"--ignore-certificate-errors-spki-list={trusted}"]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": args})
    yield browser
    browser.close()


@pytest.mark.browser
def test_another_till_sells_over_https_and_a_stranger_does_not_get_in(
    network: Network, trusting: Browser, page: Page, demo_folder: DataFolder
) -> None:
    address = network.addresses[0]
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        page.goto(address)

    other = trusting.new_page(ignore_https_errors=False, locale="vi-VN", viewport={"width": 1024, "height": 768})
    till = Counter(other, address, demo_folder, Scanner(other))
    till.sign_in()
    till.open_shift()
    till.scan(NOODLES)
    expect(till.lines).to_have_count(1)
    till.press("F9")
    expect(other.locator("#amount")).to_be_focused()
    till.press("Enter")

    expect(other.locator(".sold")).to_be_visible()
    session = next(cookie for cookie in other.context.cookies() if cookie["name"].endswith("_session"))
    assert session["name"] == "__Host-pos_session"
    assert (session["secure"], session["httpOnly"], session["sameSite"]) == (True, True, "Strict")
    assert other.evaluate("isSecureContext")
