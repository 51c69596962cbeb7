"""Which pages show tables, read from the templates, and which of them need no spreadsheet of theirs."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = [ROOT / name for name in ("inventory/templates", "pos/templates", "core/web/templates")]

# Each group of pages with why nobody takes its table away.
EXCEPTIONS = {
    "one document with its own paper: slip, receipt, invoice": (
        "inventory/goods_returns/slip.html",
        "inventory/moving/slip.html",
        "inventory/moving/transfer.html",
        "inventory/receipts/receipt.html",
        "pos/invoices/invoice.html",
        "pos/receipts/receipt.html",
        "pos/receipts/return_slip.html",
    ),
    "a draft: what it becomes is taken away": (
        "inventory/counting/comparison.html",
        "inventory/counting/sheet.html",
        "inventory/goods_import/choose.html",
        "inventory/goods_import/preview.html",
        "inventory/goods_returns/confirm.html",
        "inventory/goods_returns/draft.html",
        "inventory/moving/draft.html",
        "inventory/moving/reasons.html",
        "inventory/receipts/confirm.html",
        "inventory/receipts/draft.html",
        "inventory/reordering/past_preview.html",
    ),
    "all about one thing, whose lists stand on pages of their own": (
        "inventory/producers/producer.html",
        "inventory/products/product.html",
        "pos/cash/page.html",
        "pos/shift/page.html",
    ),
    "files that were brought in from a spreadsheet": ("inventory/reordering/past_sales.html",),
    "how the shop is set up": (
        "pos/backups/drills.html",
        "pos/backups/page.html",
        "pos/devices/page.html",
        "pos/invoices/blocks.html",
        "pos/printers/page.html",
        "pos/registers/page.html",
    ),
    "data of buyers: given to the person it is about, never as a list": (
        "pos/customers/customer.html",
        "pos/customers/page.html",
    ),
    "practice: nothing of it is true": ("pos/practice/page.html",),
}


def pages_with_tables() -> dict[str, str]:
    """Each whole page that has a table in it, with its text and that of the parts that it includes."""
    found = {}
    for folder in FOLDERS:
        for path in sorted(folder.rglob("*.html")):
            name = path.relative_to(folder).as_posix()
            whole = with_parts(name)
            if 'extends "shell.html"' in whole and "<table" in whole:
                found[name] = whole
    return found


def with_parts(name: str) -> str:
    """A template with what it includes."""
    path = next((folder / name for folder in FOLDERS if (folder / name).exists()), None)
    if path is None:
        return ""
    own = path.read_text(encoding="utf-8")
    return own + "".join(with_parts(part) for part in re.findall(r'{%-? include "([^"]+)"', own))
