"""Settings of a shop: defaults.toml, then the shop's shop.toml, then the environment for secrets.

Read once into frozen dataclasses. An unknown, missing or wrong setting stops the start with its name and file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any, Literal

from config.backup_settings import BackupSettings
from config.bank_settings import BankNoticeSettings, BankSettings
from config.cash_settings import CashSettings
from config.inspection_settings import InspectionSettings
from config.invoice_settings import InvoiceSettings
from config.moving_settings import MovingSettings
from config.people_settings import ApprovalSettings, PeopleSettings
from config.reorder_settings import ReorderSettings
from config.returns_settings import ReturnsSettings
from config.selling_settings import SellingSettings
from config.settings_file import Layer, SettingsError, WrongValue, build, read_layer
from config.stocktake_settings import StocktakeSettings

__all__ = ["BankSettings", "Settings", "SettingsError", "load_settings"]

DEFAULTS = Path(__file__).with_name("defaults.toml")
SHOP_FILE = "shop.toml"
SHORTEST_SECRET = 32
SECRET_PREFIX = "SHOP_SECRET_"  # noqa: S105  (a name, not a secret)

_TAX_CODE = re.compile(r"[0-9]{10}(-[0-9]{3})?|[0-9]{12}")


@dataclass(frozen=True)
class ShopSettings:
    """Who the shop is, as its papers say it."""

    name: str
    code: str
    address: str
    phone: str
    tax_code: str
    location_code: str
    locality: str
    owner_kind: Literal["company", "cooperative", "household", "state"]
    tax_method: Literal["deduction", "household", "below_threshold"]

    def __post_init__(self) -> None:
        _require(self.name.strip() != "", "name", "must not be empty.")
        _require(re.fullmatch(r"[0-9]{1,6}", self.code) is not None, "code", "must be 1 to 6 digits.")
        _require(
            self.tax_code == "" or _TAX_CODE.fullmatch(self.tax_code) is not None,
            "tax_code",
            "must be 10 digits, 10 digits-3 digits, 12 digits, or empty.",
        )


@dataclass(frozen=True)
class ServerSettings:
    """Where the shop's pages are served."""

    host: str
    port: int
    threads: int
    network: bool
    network_host: str
    network_port: int
    handout_port: int

    def __post_init__(self) -> None:
        for name, number in (("network_port", self.network_port), ("handout_port", self.handout_port)):
            _require(0 <= number <= 65535, name, "must be from 0 (any free one) to 65535.")
        _require(_is_ipv4(self.network_host), "network_host", "must be 0.0.0.0 or one address of this machine.")
        _require(0 <= self.port <= 65535, "port", "must be from 0 (any free one) to 65535.")
        _require(1 <= self.threads <= 64, "threads", "must be from 1 to 64.")


@dataclass(frozen=True)
class PrinterSettings:
    """One printer: what it prints and how it is reached."""

    name: str
    role: Literal["receipt", "label", "office"]
    kind: Literal["network", "usb", "serial", "file", "cups", "virtual"]
    address: str
    dots: int
    drawer: bool
    cut: bool
    language: Literal["escpos", "tspl", "zpl", "epl"] = "escpos"
    dpi: int = 203
    code: str = ""
    """Given by the shop when a printer is entered on its page; a file leaves it out."""

    @property
    def key(self) -> str:
        """What papers that wait for it know it by."""
        return self.code or self.name

    def __post_init__(self) -> None:
        _require(self.name.strip() != "", "name", "must not be empty.")
        _require(
            self.dots > 0 and self.dots % 8 == 0, "dots", "must be above 0 and a multiple of 8, such as 576 or 384."
        )
        _require(self.dpi in (203, 300, 600), "dpi", "must be 203, 300 or 600.")


@dataclass(frozen=True)
class PrintingSettings:
    """What every printer has in common: where else than at the usual places one may stand."""

    also_allowed: tuple[str, ...]

    def __post_init__(self) -> None:
        for place in self.also_allowed:
            _require(
                _is_path(place) or _is_far_address(place),
                "also_allowed",
                f"“{place}” must be a path or a numeric address with its port, such as 203.0.113.7:9100, "
                f"and not this machine itself.",
            )


def _is_ipv4(text: str) -> bool:
    try:
        IPv4Address(text)
    except ValueError:
        return False
    return True


def _is_path(place: str) -> bool:
    return place.startswith("/") and ".." not in place.split("/")


def _is_far_address(place: str) -> bool:
    host, _, port = place.rpartition(":")
    if not _is_ipv4(host):
        return False
    address = IPv4Address(host)
    near = address.is_loopback or address.is_link_local or address.is_multicast or address.is_unspecified
    return not near and re.fullmatch(r"[1-9][0-9]{0,4}", port) is not None


@dataclass(frozen=True)
class WeightLayout:
    """How a scale writes a weight into a number: prefix, item, value, check digit."""

    prefix: str
    item_digits: int
    value_digits: int
    unit: Literal["g", "dag", "kg"]

    def __post_init__(self) -> None:
        _require(re.fullmatch(r"2[0-9]", self.prefix) is not None, "prefix", "must be 20 to 29.")
        _require(
            self.item_digits >= 1 and self.value_digits >= 1, "item_digits", "and value_digits must be at least 1."
        )
        _require(
            self.length in (8, 13),
            "prefix",
            f"with item, value and check digit makes {self.length} digits, not 13 or 8.",
        )

    @property
    def length(self) -> int:
        """Digits of the whole number."""
        return len(self.prefix) + self.item_digits + self.value_digits + 1

    @property
    def thousandths(self) -> int:
        """Thousandths of a kilogram in one of the value."""
        return {"g": 1, "dag": 10, "kg": 1000}[self.unit]


@dataclass(frozen=True)
class ScanSettings:
    """Numbers that only this shop understands."""

    in_store_prefix: str
    weight_layouts: tuple[WeightLayout, ...]

    def __post_init__(self) -> None:
        _require(
            re.fullmatch(r"2[0-9]?", self.in_store_prefix) is not None, "in_store_prefix", "must be 2 or 20 to 29."
        )
        prefixes = [layout.prefix for layout in self.weight_layouts]
        _require(len(prefixes) == len(set(prefixes)), "weight_layouts", "must not have the same prefix twice.")


@dataclass(frozen=True)
class ReceiptSettings:
    """The customer's paper."""

    language: Literal["vi", "en"]
    return_terms: str
    footer: str


@dataclass(frozen=True)
class TerminalSettings:
    """This database's name in the journal."""

    id: str

    def __post_init__(self) -> None:
        _require(
            re.fullmatch(r"[A-Za-z0-9-]{1,32}", self.id) is not None, "id", "must be 1 to 32 letters, digits or -."
        )


@dataclass(frozen=True)
class SecretSettings:
    """What must not stand in a file that is copied about; given by the environment, else empty."""

    session_key: str
    bank_notices: str = field(repr=False)
    invoice_token: str = field(repr=False)


@dataclass(frozen=True)
class Settings:
    """All settings of a shop; each is explained in defaults.toml."""

    demo: bool
    shop: ShopSettings
    server: ServerSettings
    bank: BankSettings
    printers: tuple[PrinterSettings, ...]
    printing: PrintingSettings
    scan: ScanSettings
    receipt: ReceiptSettings
    terminal: TerminalSettings
    selling: SellingSettings
    returns: ReturnsSettings
    reorder: ReorderSettings
    people: PeopleSettings
    approval: ApprovalSettings
    cash: CashSettings
    stocktake: StocktakeSettings
    moving: MovingSettings
    backup: BackupSettings
    bank_notices: BankNoticeSettings
    invoice: InvoiceSettings
    inspection: InspectionSettings
    secrets: SecretSettings

    def __post_init__(self) -> None:
        names = [printer.name for printer in self.printers]
        _require(len(names) == len(set(names)), "printers", "must not have the same name twice.")

    @property
    def hears_the_bank(self) -> bool:
        """Whether notices of the bank are taken in: switched on, and with a secret that nobody guesses."""
        return self.bank_notices.enabled and len(self.secrets.bank_notices) >= SHORTEST_SECRET

    def need_secrets(self) -> None:
        """Refuse to serve pages without the secrets they need; whoever only verifies or copies the shop needs none."""
        if self.bank_notices.enabled and not self.hears_the_bank:
            rule = f"notices need a secret of at least {SHORTEST_SECRET} characters; set it, or switch them off."
            raise SettingsError(f"{SECRET_PREFIX}BANK_NOTICES", "the environment", rule)


def load_settings(data_dir: Path | None = None, overrides: Mapping[str, Any] | None = None) -> Settings:
    """The settings of the shop whose data folder is given; without one, the defaults.

    `overrides` are sections as in the files, from the start command or a test, and stand above the files.
    """
    layers = [read_layer(DEFAULTS)]
    if data_dir is not None and (data_dir / SHOP_FILE).exists():
        layers.append(read_layer(data_dir / SHOP_FILE))
    if overrides:
        layers.append(Layer("the start command", overrides))
    for layer in layers:
        if "secrets" in layer.table:
            raise SettingsError("secrets", layer.source, f"secrets are only taken from {SECRET_PREFIX}… variables.")
    return build(Settings, [layers[0], _secrets(os.environ), *layers[1:]])


def _secrets(environment: Mapping[str, str]) -> Layer:
    given = {
        name.removeprefix(SECRET_PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(SECRET_PREFIX)
    }
    return Layer("the environment", {"secrets": {"session_key": "", "bank_notices": "", "invoice_token": "", **given}})


def _require(holds: bool, field: str, rule: str) -> None:
    if not holds:
        raise WrongValue(field, rule)
