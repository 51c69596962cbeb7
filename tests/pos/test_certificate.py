"""The shop's own certificates: what they vouch for, how long, and when they are made anew."""

from __future__ import annotations

import ssl
import stat
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from pos.network.certificate import (
    Sealed,
    fingerprint,
    is_due,
    issue,
    make_authority,
    may_be_vouched_for,
    names_in,
    pem_of,
)
from pos.network.certificate_folder import CertificateFolder, CertificateUnreadable

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
NAMES = ["192.168.1.10", "quay1.local"]


@pytest.fixture
def files(tmp_path: Path) -> CertificateFolder:
    return CertificateFolder(tmp_path / "network")


def extension(certificate: x509.Certificate, kind: type[Any]) -> Any:
    return certificate.extensions.get_extension_for_class(kind)


def test_the_authority_can_vouch_for_private_addresses_and_local_names_only() -> None:
    authority = make_authority("Điểm OCOP Chi Lăng", NOW).certificate

    limits = extension(authority, x509.NameConstraints)
    networks = [str(one.value) for one in limits.value.permitted_subtrees]
    assert limits.critical
    assert networks == ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "local"]
    assert extension(authority, x509.BasicConstraints).value == x509.BasicConstraints(ca=True, path_length=0)
    assert authority.not_valid_after_utc.year == 2036


@pytest.mark.parametrize("name", ["vietcombank.com.vn", "8.8.8.8", "local.evil.example"])
def test_a_browser_refuses_what_a_stolen_key_signs_for_the_internet(name: str, tmp_path: Path) -> None:
    authority = make_authority("Điểm OCOP", datetime.now(UTC))
    stolen = issue(authority, [name], datetime.now(UTC))

    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        shake_hands(authority, stolen, name, tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_a_browser_accepts_the_pages_at_their_addresses(name: str, tmp_path: Path) -> None:
    authority = make_authority("Điểm OCOP", datetime.now(UTC))
    pages = issue(authority, NAMES, datetime.now(UTC))

    shake_hands(authority, pages, name, tmp_path)

    assert names_in(pages.certificate) == sorted(NAMES)
    assert pages.certificate.not_valid_after_utc - pages.certificate.not_valid_before_utc < timedelta(days=398)


def shake_hands(authority: Sealed, pages: Sealed, name: str, folder: Path) -> None:
    """A browser that trusts the authority calls the pages by a name; SSLCertVerificationError when it hangs up."""
    (folder / "pages.pem").write_text(pages.as_pem())
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(folder / "pages.pem")
    calling = ssl.create_default_context(cadata=pem_of(authority.certificate))
    calling.verify_flags |= ssl.VERIFY_X509_STRICT
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    browser = calling.wrap_bio(back, there, server_hostname=name)
    server = serving.wrap_bio(there, back, server_side=True)
    for side in (browser, server, browser):
        with suppress(ssl.SSLWantReadError):
            side.do_handshake()


def test_a_very_long_name_of_a_shop_still_makes_a_certificate() -> None:
    assert make_authority("Điểm giới thiệu và bán sản phẩm OCOP " * 5, NOW)


def test_files_are_made_at_first_need_and_only_their_owner_reads_them(files: CertificateFolder) -> None:
    assert files.renew_if_due("Điểm OCOP", NAMES, NOW)

    assert stat.S_IMODE(files.path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in files.path.iterdir()} == {0o600}
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.pages_file)


def test_nothing_is_made_anew_while_all_is_well(files: CertificateFolder) -> None:
    files.renew_if_due("Điểm OCOP", NAMES, NOW)
    before = files.pages_file.read_bytes()

    assert not files.renew_if_due("Điểm OCOP", NAMES[:1], NOW + timedelta(days=300))

    assert files.pages_file.read_bytes() == before


@pytest.mark.parametrize(
    ("names", "later"),
    [
        (NAMES, timedelta(days=340)),  # 57 days before its end
        (NAMES, timedelta(days=-30)),  # the clock was in the future when it was made
        ([*NAMES, "10.0.0.4"], timedelta()),  # the router gave another address
    ],
)
def test_the_pages_get_a_new_certificate_and_the_authority_stays(
    files: CertificateFolder, names: list[str], later: timedelta
) -> None:
    files.renew_if_due("Điểm OCOP", NAMES, NOW)
    authority, pages = files.authority(), files.pages()

    assert files.renew_if_due("Điểm OCOP", names, NOW + later)

    assert files.authority() == authority
    assert files.pages() != pages
    assert not is_due(files.pages(), names, NOW + later)


def test_when_the_authority_ends_there_is_a_new_one(files: CertificateFolder) -> None:
    files.renew_if_due("Điểm OCOP", NAMES, NOW)
    old = fingerprint(files.authority())

    files.renew_if_due("Điểm OCOP", NAMES, NOW + timedelta(days=3660))

    assert fingerprint(files.authority()) != old


def test_pages_of_another_authority_are_replaced(files: CertificateFolder) -> None:
    files.renew_if_due("Điểm OCOP", NAMES, NOW)
    files.authority_file.unlink()

    assert files.renew_if_due("Điểm OCOP", NAMES, NOW)

    files.pages().verify_directly_issued_by(files.authority())


def test_a_damaged_file_is_named_with_the_way_out(files: CertificateFolder) -> None:
    files.renew_if_due("Điểm OCOP", NAMES, NOW)
    files.authority_file.write_text("no certificate")

    with pytest.raises(CertificateUnreadable, match=r"authority\.pem"):
        files.renew_if_due("Điểm OCOP", [*NAMES, "10.0.0.9"], NOW)


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("10.1.2.3", True),
        ("172.32.0.1", False),
        ("192.168.0.1", True),
        ("8.8.8.8", False),
        ("fe80::1", False),
        ("", False),
    ],
)
def test_only_private_addresses_are_vouched_for(address: str, private: bool) -> None:
    assert may_be_vouched_for(address) is private
