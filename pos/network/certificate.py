"""The shop's own certificates: an authority that can vouch for nothing but a private network, and what it vouches for.

Phones and other tills trust the authority once; the certificate of the pages can then be renewed without asking them.
Installing the authority on a phone is safe even if its key were stolen: it is limited to private addresses and names
under .local (RFC 5280, 4.2.1.10, marked critical), and to web pages.
"""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS = 3652
PAGES_DAYS = 397  # phones refuse certificates of more than 398
RENEW_DAYS = 60
NAME_BYTES = 56  # a common name has at most 64
# A phone whose clock is behind must not call a new certificate one of tomorrow.
CLOCK_SLACK = timedelta(days=1)
PRIVATE = tuple(
    map(ipaddress.IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8"))  # the last: itself
)
LOCAL = "local"

Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Sealed:
    """A certificate and its private key."""

    certificate: x509.Certificate
    key: Key

    def as_pem(self) -> str:
        """Key and certificate in one text, so that one file is renewed in one step."""
        key = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return key.decode("ascii") + pem_of(self.certificate)


def make_authority(shop: str, at: datetime) -> Sealed:
    """A new authority of a shop; the name is what a phone shows in its list."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = shop.encode()[:NAME_BYTES].decode(errors="ignore").strip()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{called} (OCOP)")])
    limits = x509.NameConstraints([*map(x509.IPAddress, PRIVATE), x509.DNSName(LOCAL)], None)
    builder = (
        _begun(name, name, key, at, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(limits, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return Sealed(builder.sign(key, hashes.SHA256()), key)


def issue(authority: Sealed, names: Iterable[str], at: datetime) -> Sealed:
    """A certificate for the pages at these addresses and names, with a new key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "OCOP shop")])
    issuer = authority.certificate
    identifier = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    builder = (
        _begun(name, issuer.subject, key, at, PAGES_DAYS)
        .add_extension(x509.SubjectAlternativeName([_name(one) for one in sorted(names)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
    )
    return Sealed(builder.sign(authority.key, hashes.SHA256()), key)


def _begun(subject: x509.Name, issuer: x509.Name, key: Key, at: datetime, days: int) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - CLOCK_SLACK)
        .not_valid_after(at - CLOCK_SLACK + timedelta(days=days))
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(text: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.IPv4Address(text))
    except ValueError:
        return x509.DNSName(text)


def may_be_vouched_for(address: str) -> bool:
    """Whether the authority can vouch for an address: one of a private network, or of the machine itself."""
    try:
        return any(ipaddress.IPv4Address(address) in network for network in PRIVATE)
    except ValueError:
        return False


def names_in(certificate: x509.Certificate) -> list[str]:
    """The addresses and names that a certificate is for."""
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return [str(name.value) for name in names]


def is_due(certificate: x509.Certificate, names: Iterable[str], at: datetime) -> bool:
    """Whether another certificate is needed: it ends soon, has not begun, or lacks an address of the machine."""
    ends_soon = certificate.not_valid_after_utc - at < timedelta(days=RENEW_DAYS)
    return ends_soon or certificate.not_valid_before_utc > at or not set(names) <= set(names_in(certificate))


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 as phones show it, in pairs: A1 B2 …"""
    return certificate.fingerprint(hashes.SHA256()).hex(" ").upper()


def pem_of(certificate: x509.Certificate) -> str:
    """A certificate as text; it holds no secret."""
    return certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")
