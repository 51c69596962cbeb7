"""The folder `network/` of a shop: its authority and the certificate of its pages, made when they are first needed.

The keys are readable by the shop's user only and never leave this folder: no page and no command shows them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from pos.data_folder import DataFolder, write_private
from pos.network.certificate import Sealed, is_due, issue, make_authority, pem_of


class CertificateUnreadable(Exception):
    """A file of the folder was damaged; the sentence says which, and what to do."""


@dataclass(frozen=True)
class CertificateFolder:
    """Where the certificates lie. Two files, each renewed in one step: key and certificate stand in the same."""

    path: Path

    @property
    def authority_file(self) -> Path:
        """The authority with its key: who has it can pose as the shop, inside its own network."""
        return self.path / "authority.pem"

    @property
    def pages_file(self) -> Path:
        """The certificate of the pages with its key, and behind it the authority's, as the server sends them."""
        return self.path / "pages.pem"

    def authority(self) -> x509.Certificate | None:
        """The authority's certificate, where there is one yet."""
        return _certificate(self.authority_file)

    def pages(self) -> x509.Certificate | None:
        """The certificate of the pages, where there is one yet."""
        return _certificate(self.pages_file)

    def renew(self, shop: str, names: Iterable[str], at: datetime) -> x509.Certificate:
        """Make a new certificate for the pages, and before it the authority where there is none or it ends."""
        self.path.mkdir(mode=0o700, exist_ok=True)
        authority = self._sealed_authority()
        if authority is None or authority.certificate.not_valid_after_utc <= at:
            authority = make_authority(shop, at)
            write_private(self.authority_file, authority.as_pem())
        pages = issue(authority, names, at)
        write_private(self.pages_file, pages.as_pem() + pem_of(authority.certificate))
        return pages.certificate

    def renew_if_due(self, shop: str, names: Iterable[str], at: datetime) -> bool:
        """Renew where the certificate ends soon, is not valid yet or lacks an address; whether that was done."""
        wanted, pages, authority = set(names), self.pages(), self.authority()
        if pages is None or authority is None or is_due(pages, wanted, at) or not _vouches(authority, pages, at):
            self.renew(shop, wanted, at)
            return True
        return False

    def _sealed_authority(self) -> Sealed | None:
        certificate = self.authority()
        if certificate is None:
            return None
        try:
            key = serialization.load_pem_private_key(self.authority_file.read_bytes(), password=None)
        except ValueError as trouble:
            raise _damaged(self.authority_file) from trouble
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise _damaged(self.authority_file)
        return Sealed(certificate, key)


def _vouches(authority: x509.Certificate, pages: x509.Certificate, at: datetime) -> bool:
    """Whether the pages' certificate is of this authority, and the authority has not ended."""
    try:
        pages.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return authority.not_valid_after_utc > at


def certificates_of(folder: DataFolder) -> CertificateFolder:
    """Where the certificates of a shop lie."""
    return CertificateFolder(folder.path / "network")


def _certificate(path: Path) -> x509.Certificate | None:
    """The first certificate of a file."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return _parsed(path, found.st_ino, found.st_mtime_ns)


@lru_cache(maxsize=8)
def _parsed(path: Path, inode: int, written_ns: int) -> x509.Certificate:
    """Each browser asks every few seconds how the certificate is; a file that was renewed has another inode."""
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())[0]
    except ValueError as trouble:
        raise _damaged(path) from trouble


def _damaged(path: Path) -> CertificateUnreadable:
    return CertificateUnreadable(
        f"The certificate file {path} is damaged. Delete it and start the shop again: a new one is made. "
        f"If it is authority.pem, install the new certificate on each phone and till."
    )
