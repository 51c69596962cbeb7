"""A message of many invoices (type 206) as it goes to the provider: one envelope, one signature over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lxml import etree

from config.reference.invoice_codes import invoice_code
from pos.invoice.data_format import invoice_element
from pos.invoice.document import InvoiceDocument
from pos.invoice.schema import need_the_format

LARGEST_MESSAGE = 2 * 1024 * 1024
"""2 MB, as QĐ 1271/QĐ-CT allows."""
DATA, SIGNATURE = "DLieu", "CKSNNT"
_ROOM_FOR_SIGNATURE = 16 * 1024


class MessageTooLarge(ValueError):
    """Our own mistake: what is packed together was counted wrongly."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a message says of itself."""

    message_id: str
    tax_code: str
    day: date


def message_of(envelope: Envelope, invoices: Sequence[InvoiceDocument]) -> etree._Element:
    """The message, unsigned and held to the schema."""
    whole = etree.Element("TDiep")
    whole.append(_about(envelope, len(invoices)))
    data = etree.SubElement(whole, DATA, Id="DuLieu")
    for place, invoice in enumerate(invoices, start=1):
        data.append(invoice_element(invoice, place))
    etree.SubElement(whole, SIGNATURE)
    need_the_format(whole)
    return whole


def written(message: etree._Element) -> bytes:
    """The bytes that are signed, kept and sent; MessageTooLarge above what the tax office takes."""
    data = etree.tostring(message, encoding="UTF-8", xml_declaration=True)
    if len(data) > LARGEST_MESSAGE:
        raise MessageTooLarge(f"{len(data)} bytes; {LARGEST_MESSAGE} are the most")
    return bytes(data)


def how_many_fit(envelope: Envelope, invoices: Sequence[InvoiceDocument], *, most: int = LARGEST_MESSAGE) -> int:
    """How many of these, from the first on, one message has room for; at least one."""
    room = most - _ROOM_FOR_SIGNATURE - len(etree.tostring(_about(envelope, len(invoices)), encoding="UTF-8"))
    for place, invoice in enumerate(invoices, start=1):
        room -= len(etree.tostring(invoice_element(invoice, place), encoding="UTF-8"))
        if room < 0:
            return max(place - 1, 1)
    return len(invoices)


def _about(envelope: Envelope, count: int) -> etree._Element:
    day = envelope.day
    about = etree.Element("TTChung")
    said = (
        ("PBan", invoice_code("version", "message", day).value),
        ("MNGui", envelope.message_id[:-32]),
        ("MNNhan", invoice_code("receiver", "tax_office", day).value),
        ("MLTDiep", invoice_code("message", "till_invoices", day).value),
        ("MTDiep", envelope.message_id),
        ("MST", envelope.tax_code),
        ("SLuong", str(count)),
    )
    for name, value in said:
        etree.SubElement(about, name).text = value
    return about
