"""The seller's signature on a message (XML-DSig). As a rule the provider signs: then the message leaves unsigned.

For trying, the shop makes a test certificate on the spot. It is worth nothing before the law, and its name, the page
and the paper say so.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureConstructionMethod, SignatureMethod
from signxml.signer import XMLSigner
from signxml.verifier import SignatureConfiguration, XMLVerifier

from core.clock import now
from pos.invoice.message import DATA, SIGNATURE

TEST_NAME = "TEST CERTIFICATE - NOT VALID"
_YEARS = timedelta(days=365)
_OURS = SignatureConfiguration(
    signature_methods=frozenset({SignatureMethod.RSA_SHA256}),
    digest_algorithms=frozenset({DigestAlgorithm.SHA256}),
    location=f"./{SIGNATURE}/",
)


def make_test_certificate(file: Path, tax_code: str) -> None:
    """Write a key and a certificate that nobody vouches for into a file that only the shop can read."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, TEST_NAME),
            x509.NameAttribute(NameOID.USER_ID, f"MST:{tax_code}"),
        ]
    )
    begins = now()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + _YEARS)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.unlink(missing_ok=True)
    file.touch(0o600)
    file.write_bytes(pem + certificate.public_bytes(serialization.Encoding.PEM))


def sign_for_trying(message: etree._Element, file: Path) -> etree._Element:
    """The message with the signature of the test certificate over all its invoices; the same bytes each time."""
    pem = file.read_bytes()
    signer = XMLSigner(
        method=SignatureConstructionMethod.detached, c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"
    )
    certificate = pem[pem.index(b"-----BEGIN CERTIFICATE-----") :].decode()
    about = [f"#{_data_id(message)}"]
    signature = signer.sign(message, key=pem, cert=certificate, reference_uri=about, id_attribute="Id")
    place = message.find(SIGNATURE)
    assert place is not None, "a message has a place for its signature"
    place.append(signature)
    return message


def verified(message: etree._Element, certificate: str) -> bool:
    """Whether the signature fits the invoices and comes from a certificate; InvalidSignature where it does not."""
    result = XMLVerifier().verify(message, x509_cert=certificate, id_attribute="Id", expect_config=_OURS)
    signed = result[0].signed_xml if isinstance(result, list) else result.signed_xml
    return signed is not None and signed.tag == DATA


def _data_id(message: etree._Element) -> str:
    data = message.find(DATA)
    assert data is not None, "a message has data"
    return str(data.get("Id"))
