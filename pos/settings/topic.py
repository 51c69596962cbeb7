"""What of the settings can be changed while the shop runs, by topic: one topic is one form, one record, one history."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from config.settings import Settings
from config.settings_file import Layer, build


@dataclass(frozen=True, slots=True)
class Topic:
    """Some fields of one section of `Settings`; without a section they stand at the top.

    What is `dated` counts from a first day on, as a price does; everything else from the moment it is changed.
    """

    name: str
    section: str
    fields: tuple[str, ...]
    dated: bool = False


SHOP, TAX, RECEIPT, BANK, SELLING, SCAN, BACKUP = "shop", "tax", "receipt", "bank", "selling", "scan", "backup"
PEOPLE, APPROVAL, ROUNDING, RETURNS, CASH = "people", "approval", "rounding", "returns", "cash"
INVOICE_DUTY, INVOICE = "invoice_duty", "invoice"
_ALL = (
    Topic("demo", "", ("demo",)),
    Topic(
        SHOP,
        "shop",
        ("name", "code", "address", "phone", "tax_code", "location_code", "locality", "owner_kind"),
    ),
    Topic(TAX, "shop", ("tax_method",), dated=True),
    Topic(RECEIPT, "receipt", ("language", "return_terms", "footer")),
    Topic(BANK, "bank", ("bin", "account", "holder", "sticker")),
    Topic(SELLING, "selling", ("max_quantity", "clerk_discount_percent")),
    Topic(ROUNDING, "selling", ("cash_rounding",), dated=True),
    Topic(SCAN, "scan", ("in_store_prefix", "weight_layouts")),
    Topic(PEOPLE, "people", ("idle_minutes",)),
    Topic(
        APPROVAL,
        "approval",
        (
            "expected_cash",
            "empty_lot",
            "open_drawer",
            "money_back",
            "discount",
            "set_price",
            "return_without_receipt",
            "return_late",
            "other_tender",
            "cash_out",
            "wrong_sticker",
        ),
    ),
    Topic(RETURNS, "returns", ("days", "fair_from", "fair_until", "fair_registers")),
    Topic(CASH, "cash", ("clerk_takes_out",)),
    Topic(INVOICE_DUTY, "invoice", ("duty",), dated=True),
    Topic(
        INVOICE,
        "invoice",
        ("letters", "after_return", "provider", "folder", "url", "signed_by", "lookup", "few_left"),
    ),
    Topic(BACKUP, "backup", ("place", "every_minutes", "keep_hours", "keep_days", "keep_weeks", "keep_months")),
)
TOPICS = {topic.name: topic for topic in _ALL}


def values_of(settings: Settings, topic: Topic) -> dict[str, Any]:
    """A topic's fields as a record keeps them: text, whole numbers, lists."""
    section = getattr(settings, topic.section) if topic.section else settings
    return {name: _plain(getattr(section, name)) for name in topic.fields}


def laid_over(settings: Settings, topic: Topic, values: Mapping[str, Any], *, source: str) -> Settings:
    """The settings with other values of a topic; SettingsError, which names `source`, for values that cannot be."""
    if not topic.section:
        return dataclasses.replace(settings, **values)
    before = getattr(settings, topic.section)
    layers = [Layer("the settings before", dataclasses.asdict(before)), Layer(source, values)]
    return dataclasses.replace(settings, **{topic.section: build(type(before), layers)})


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
