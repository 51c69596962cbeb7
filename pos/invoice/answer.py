"""What the tax office, or the provider, answered to a message: read with distrust, for it comes from outside.

No entities, no document type, nothing fetched, a bound on its size. Elements as in docs/invoices.md: 204 is the result
of the check of the data (accepted when `LTBao` says valid, else refused with reasons), 999 a technical reply.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from lxml import etree

from config.reference.invoice_codes import invoice_code
from core.i18n import N_
from core.text import clean
from pos.invoice.number import is_message_id

LARGEST_ANSWER = 1024 * 1024
_REASON_LIMIT = 400


class Unreadable(ValueError):
    """Not an answer to anything: broken, too large, or of another kind. The message is asked about again."""


class Verdict(enum.Enum):
    """What an answer says of the whole message."""

    RECEIVED = "received"
    VALID = "valid"
    REFUSED = "refused"


Named = tuple[str, str, str]
"""Form, series and number of an invoice, as an answer writes them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: to which message, what it says, and which invoices it refuses with which reason.

    A refusal that names no invoice is meant for all of them; `reason` is what it says then.
    """

    message_id: str
    verdict: Verdict
    refused: dict[Named, str]
    reason: str


def read_answer(content: bytes, day: date) -> Answer:
    """What an answer says; Unreadable for whatever is none."""
    root = _parsed(content)
    kind, about = _text(root, "TTChung/MLTDiep"), _text(root, "TTChung/MTDTChieu")
    if not is_message_id(about):
        raise Unreadable(N_("it names no message that it answers"))
    if kind == invoice_code("message", "technical", day).value:
        return _technical(root, about, day)
    if kind == invoice_code("message", "check_result", day).value:
        return _checked(root, about, day)
    raise Unreadable(N_("a message of this kind is no answer to invoices"))


def _parsed(content: bytes) -> etree._Element:
    if len(content) > LARGEST_ANSWER:
        raise Unreadable(N_("it has too many bytes"))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable(N_("it is broken: not well-formed XML")) from None
    if root.getroottree().docinfo.doctype:
        raise Unreadable(N_("it has a document type, which no answer has"))
    if root.tag != "TDiep":
        raise Unreadable(N_("it is no message of the tax office"))
    return root


def _technical(root: etree._Element, about: str, day: date) -> Answer:
    received = _text(root, "DLieu/TBao/TTTNhan") == invoice_code("answer", "received", day).value
    verdict = Verdict.RECEIVED if received else Verdict.REFUSED
    return Answer(about, verdict, {}, "" if received else _reasons(root) or "999")


def _checked(root: etree._Element, about: str, day: date) -> Answer:
    notice = root.find("DLieu/TBao/DLTBao")
    if notice is None:
        raise Unreadable(N_("it holds no result"))
    if _text(notice, "LTBao") == invoice_code("answer", "valid", day).value:
        return Answer(about, Verdict.VALID, {}, "")
    refused: dict[Named, str] = {}
    for number in notice.iter("SHDon"):
        one = number.getparent()
        assert one is not None, "an element inside a notice"
        named = (_text(one, "KHMSHDon"), _text(one, "KHHDon"), (number.text or "").strip().lstrip("0"))
        said = _reasons(one)
        refused[named] = "; ".join(filter(None, [refused.get(named, ""), said]))[:_REASON_LIMIT]
    return Answer(about, Verdict.REFUSED, refused, _reasons(notice) or _text(notice, "Ten") or "204")


def _reasons(inside: etree._Element) -> str:
    """Codes and words of what is wrong, each once."""
    said = [" ".join(element.text.split()) for element in inside.iter("MLoi", "MTLoi", "MTa", "MoTa") if element.text]
    return clean("; ".join(dict.fromkeys(said))[:_REASON_LIMIT])


def _text(inside: etree._Element, path: str) -> str:
    return (inside.findtext(path) or "").strip()
