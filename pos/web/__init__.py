"""The pages of the shop: every address of the till starts in one of these files."""

from flask import Blueprint, Flask

from core.i18n import N_, gettext
from core.money import ZERO
from core.web.document_name import name_documents
from core.web.forms import trouble_sentence
from core.web.shell import GOODS, SAFETY, SHOP, STOCK_BOOKS, MenuItem
from inventory.web.names import percent
from pos.cash.cash_move_table import PURPOSE_NAMES
from pos.discounts.discount import DiscountKind
from pos.returns.return_condition import CONDITION_NAMES
from pos.tender import TenderKind
from pos.web import (
    backups,
    bank_notices,
    baskets,
    breaches,
    buyer,
    cash_book,
    cash_moves,
    clock,
    customers,
    devices,
    discounts,
    first_steps,
    giving_back,
    hand_overs,
    home,
    invoice_buyer,
    invoice_settings,
    invoices,
    lines,
    other_devices,
    payment,
    practice,
    printers,
    promotions,
    receipts,
    registers,
    return_slips,
    returns,
    settings,
    shifts,
    stickers,
    tax_book,
    till,
    transfers,
)
from pos.web.document_kinds import DOCUMENTS
from pos.web.inspection import pages as inspection
from pos.web.practice_mode import install_practice

pages = Blueprint(
    "pos", __name__, template_folder="../templates", static_folder="../static/pos", static_url_path="/static/pos"
)

MENU = (
    MenuItem("till.show", N_("Till"), "Alt+B"),
    MenuItem("shifts.show", N_("Shift and drawer"), "Alt+C"),
    MenuItem("receipts.index", N_("Sold receipts"), "Alt+R"),
    MenuItem("transfers.index", N_("Transfers"), in_bar=False),
    MenuItem("home.show", N_("Menu"), "Alt+M"),
    MenuItem("cash_book.show", N_("Day book and cash book"), in_bar=False),
    MenuItem("inspection.show", N_("Inspector's page"), group=STOCK_BOOKS, in_bar=False),
    MenuItem("invoices.index", N_("Invoices"), group=SHOP, in_bar=False),
    MenuItem("practice.show", N_("Practice"), in_bar=False),
    MenuItem("promotions.index", N_("Promotions"), group=GOODS, in_bar=False),
    MenuItem("first_steps.show", N_("First things to do"), group=SHOP, in_bar=False),
    MenuItem("people.index", N_("Staff"), group=SHOP, in_bar=False),
    MenuItem("people.my_pin", N_("My PIN"), group=SHOP, in_bar=False),
    MenuItem("customers.index", N_("Buyers' data"), group=SAFETY, in_bar=False),
    MenuItem("breaches.index", N_("Breach of personal data"), group=SAFETY, in_bar=False),
    MenuItem("backups.show", N_("Backups"), group=SAFETY, in_bar=False),
    MenuItem("backups.drills", N_("Restore drill"), group=SAFETY, in_bar=False),
    MenuItem("devices.index", N_("Devices"), group=SAFETY, in_bar=False),
    MenuItem("clock.show", N_("Clock"), group=SAFETY, in_bar=False),
    MenuItem("tax_book.show", N_("Tax by rate and day"), group=SHOP, in_bar=False),
    MenuItem("settings.index", N_("Settings"), group=SHOP, in_bar=False),
    MenuItem("registers.index", N_("Registers"), group=SHOP, in_bar=False),
    MenuItem("printers.index", N_("Printers"), group=SHOP, in_bar=False),
    MenuItem("other_devices.show", N_("Other devices in the shop"), group=SAFETY, in_bar=False),
)
TENDER_NAMES = {
    TenderKind.CASH: N_("Cash"),
    TenderKind.TRANSFER: N_("Bank transfer"),
    TenderKind.CARD: N_("Card"),
    TenderKind.EXCHANGE: N_("Exchange of goods"),
}
OFF_NAMES = {
    DiscountKind.PROMOTION: N_("Promotion"),
    DiscountKind.LINE: N_("Discount"),
    DiscountKind.BASKET: N_("Of the whole basket"),
    DiscountKind.ROUNDING: N_("Cash rounded down"),
}


def install_pages(app: Flask) -> None:
    """Give the shop its pages and its menu."""
    for blueprint in (
        pages,
        home.bp,
        first_steps.bp,
        till.bp,
        lines.bp,
        baskets.bp,
        discounts.bp,
        buyer.bp,
        clock.bp,
        customers.bp,
        breaches.bp,
        payment.bp,
        returns.bp,
        giving_back.bp,
        return_slips.bp,
        practice.bp,
        promotions.bp,
        shifts.bp,
        cash_moves.bp,
        hand_overs.bp,
        cash_book.bp,
        receipts.bp,
        other_devices.bp,
        devices.bp,
        backups.bp,
        settings.bp,
        invoices.bp,
        invoice_buyer.bp,
        invoice_settings.bp,
        registers.bp,
        tax_book.bp,
        printers.bp,
        transfers.bp,
        stickers.bp,
        bank_notices.bp,
        inspection.bp,
    ):
        app.register_blueprint(blueprint)
    app.extensions["csrf"].exempt(bank_notices.take)  # a program calls it, with a signature of its own
    app.extensions["menu"] += MENU
    name_documents(app, DOCUMENTS)
    install_practice(app)


@pages.app_template_filter("said")
def _said(sentence: str) -> str:
    """A sentence marked elsewhere, in the language of the screen."""
    return gettext(sentence)


@pages.app_template_filter("grouped")
def _grouped(dong: int) -> str:
    """An amount as it stands in a field: 35.000 without its sign."""
    return f"{dong:,}".replace(",", ".")


pages.add_app_template_filter(percent)


@pages.app_context_processor
def _context() -> dict[str, object]:
    names = {**TENDER_NAMES, **{kind.value: name for kind, name in TENDER_NAMES.items()}}
    return {
        "tender_names": names,
        "purpose_names": PURPOSE_NAMES,
        "off_names": OFF_NAMES,
        "condition_names": CONDITION_NAMES,
        "zero": ZERO,
        "sentence": trouble_sentence,
    }
