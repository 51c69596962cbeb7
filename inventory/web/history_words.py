"""What the journal's fields about goods are called on the screen, and the history of one product with its papers."""

from collections.abc import Mapping
from typing import Any

from config.reference.bases import basis, licence_kind
from config.reference.forms import subject_form
from config.reference.groups import old_group, product_group
from config.reference.localities import commune, province
from config.reference.tax_rates import tax_class
from core.i18n import N_, current_language, gettext
from core.journal.history import Change, history_of
from core.journal.record import Kind
from core.quantity import Quantity, Unit
from core.web.history import NOTHING, Label, Words, WordsByKind, said_as_day, said_as_instant, said_as_money
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.catalogue.product_number import NumberKind
from inventory.web.names import NUMBER_NAMES, UNIT_NAMES

PAPER_KINDS = (Kind.CERTIFICATE, Kind.ELIGIBILITY, Kind.LICENCE, Kind.RECALL)
_PRODUCT_KINDS = (Kind.PRODUCT, Kind.NUMBER, Kind.PRICE, Kind.TAX_CLASS)


def _called(find: Any) -> Any:
    """Says the row of a reference table that a code means."""
    return lambda code: find(code).name(current_language()) if code else NOTHING


def _placed(find: Any) -> Any:
    return lambda place_id: find(place_id).full_name if place_id else NOTHING


def _days(value: int | None) -> str:
    return gettext("%(days)s days", days=value) if value else NOTHING


_REASON = {"reason": N_("Reason")}
_DAYS = {"from": Label(N_("From day"), said_as_day), "until": Label(N_("Last day"), said_as_day)}
_PAPER_ACTS: dict[str | None, str] = {
    None: N_("Paper entered"),
    "given": N_("Paper entered"),
    "corrected": N_("Paper corrected"),
    "struck": N_("Struck out: entered by mistake"),
    "withdrawn": N_("Withdrawn by the authority"),
    "ended": N_("Ended"),
    "recalled": N_("Recalled"),
    "lifted": N_("Recall lifted"),
}

PRODUCER_WORDS = {
    Kind.PRODUCER: Words(
        {
            "name": N_("Name"),
            "form": Label(N_("Legal form"), _called(subject_form)),
            "locality": Label(N_("Commune of today"), _placed(commune)),
            "province": Label(N_("Province"), _placed(province)),
            "old_commune": N_("Old commune"),
            "old_district": N_("Old district"),
            "tax_code": N_("Tax code"),
            "personal": Label(N_("Personal tax code"), hidden=True),
            "phone": Label(N_("Telephone"), hidden=True),
            "address": Label(N_("Address"), hidden=True),
            "retired": Label(N_("No new goods since"), said_as_day),
            **_REASON,
        }
    )
}


_FIELDS: dict[Kind, dict[str, Label | str]] = {
    Kind.PRODUCT: {
        "name": N_("Name"),
        "pack": N_("Pack"),
        "producer": N_("Producer"),
        "unit": Label(N_("Sold by"), lambda value: gettext(UNIT_NAMES[Unit(value)])),
        "label": N_("Word for one"),
        "group": Label(N_("Group"), _called(product_group)),
        "old_group": Label(N_("Older group"), _called(old_group)),
        "within": Label(N_("Sold within"), _days),
        "retired": Label(N_("Out of the range since"), said_as_day),
        **_REASON,
    },
    Kind.NUMBER: {
        "kind": Label(N_("Kind"), lambda value: gettext(NUMBER_NAMES[NumberKind(value)])),
        "pack": Label(N_("How many a carton holds"), lambda value: str(Quantity(value))),
        "withdrawn": N_("Number withdrawn"),
    },
    Kind.PRICE: {"price": Label(N_("Price"), said_as_money), **_DAYS, **_REASON},
    Kind.TAX_CLASS: {"class": Label(N_("Tax class"), _called(tax_class)), **_DAYS, **_REASON},
    Kind.CERTIFICATE: {
        "stars": N_("Stars"),
        "no": N_("Number"),
        "decision": N_("Decision"),
        "decided": Label(N_("Day of the decision"), said_as_day),
        "issuer": N_("Issued by"),
        **_DAYS,
        **_REASON,
    },
    Kind.ELIGIBILITY: {"basis": Label(N_("Basis"), _called(basis)), "evidence": N_("Evidence"), **_DAYS, **_REASON},
    Kind.LICENCE: {
        "kind": Label(N_("Kind"), _called(licence_kind)),
        "no": N_("Number"),
        "issuer": N_("Issued by"),
        **_DAYS,
        **_REASON,
    },
    Kind.RECALL: {
        "lot": N_("Lot"),
        "since": Label(N_("Since"), said_as_instant),
        "issuer": N_("Asked for by"),
        **_REASON,
    },
}
_ACTS: dict[Kind, dict[str | None, str]] = {
    Kind.NUMBER: {None: N_("Number")},
    Kind.PRICE: {None: N_("Price set"), "taken_back": N_("Price taken back")},
    Kind.TAX_CLASS: {None: N_("Tax class set"), "taken_back": N_("Tax class taken back")},
    **dict.fromkeys(PAPER_KINDS, _PAPER_ACTS),
}


def product_words(papers: Mapping[str, str] | None = None) -> WordsByKind:
    """The words of everything about a product; `papers` are names by uid, where several papers stand in one list."""
    names = papers or {}

    def about(change: Change) -> str:
        if change.kind is Kind.NUMBER:
            return str(change.body["no"])
        return names.get(change.body["uid"], "") if change.kind in PAPER_KINDS else ""

    return {kind: Words(fields, _ACTS.get(kind, {}), about) for kind, fields in _FIELDS.items()}


def producer_history(producer: Producer) -> list[Change]:
    """What was done to a producer, the newest first."""
    return history_of(Kind.PRODUCER, code=producer.code)


def product_history(product: Product) -> tuple[list[Change], WordsByKind]:
    """What was done to a product and its papers, the newest first, and how it is said."""
    papers = history_of(*PAPER_KINDS, sku=product.sku)
    names = {change.body["uid"]: paper_name(change) for change in papers}
    about_papers = history_of(*PAPER_KINDS, uid=list(names)) if names else []
    changes = history_of(*_PRODUCT_KINDS, sku=product.sku) + about_papers
    return sorted(changes, key=lambda change: change.seq, reverse=True), product_words(names)


def paper_name(change: Change) -> str:
    """What a paper is called among others: its number or decision, or the rule it proves."""
    body = change.body
    if change.kind is Kind.ELIGIBILITY:
        return basis(body["basis"]).name(current_language())
    return str(body.get("no") or body.get("decision") or "")
