"""The worker that sends invoices after the sale, never in it: a dead line stops no sale."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from config.settings import Settings
from core.current_settings import current_settings
from core.database import db
from core.errors import RuleBroken
from pos.invoice.folder_provider import FolderProvider
from pos.invoice.https_provider import HttpsProvider
from pos.invoice.invoice_table import InvoiceMessage, UnsettledInvoice
from pos.invoice.packing import NothingWritable, pack_what_is_made
from pos.invoice.provider import Provider
from pos.invoice.sending import due_messages, try_message

LOOK_SECONDS = 5
FOLDER, CERTIFICATE = "invoices", "invoice-test-certificate.pem"
_log = logging.getLogger(__name__)


def provider_of(settings: Settings, data_folder: Path) -> Provider:
    """The adapter that the settings ask for."""
    rules = settings.invoice
    if rules.provider == "https":
        return HttpsProvider(rules.url, settings.secrets.invoice_token)
    return FolderProvider(Path(rules.folder) if rules.folder else data_folder / FOLDER)


def send_what_is_due(provider: Provider, certificate: Path, *, is_stopping: Callable[[], bool] = lambda: False) -> None:
    """Pack what was made, and try each message that is due; a silent provider ends the round."""
    try:
        while pack_what_is_made(certificate):
            pass
    except NothingWritable:
        _log.exception(
            "an invoice cannot be written in the tax office's format; whoever looks after the shop must look"
        )
    for message_id in due_messages():
        if is_stopping() or not try_message(message_id, provider):
            return


def has_work() -> bool:
    """Whether anything is to be packed or answered: one look at two short lists."""
    made = select(UnsettledInvoice.id).where(UnsettledInvoice.code.is_not(None)).limit(1)
    open_ones = select(InvoiceMessage.message_id).where(InvoiceMessage.next_try_at.is_not(None)).limit(1)
    return db.session.scalar(made) is not None or db.session.scalar(open_ones) is not None


def start_invoices(app: Any, data_folder: Path) -> Callable[[], None]:
    """Begin sending; gives what ends it."""
    stopped = threading.Event()
    thread = threading.Thread(target=_work, args=(app, data_folder, stopped), name="invoices", daemon=True)
    thread.start()

    def stop() -> None:
        stopped.set()
        thread.join()

    return stop


def _work(app: Any, data_folder: Path, stopped: threading.Event) -> None:
    while not stopped.wait(LOOK_SECONDS):
        with app.app_context():
            try:
                if has_work():
                    provider = provider_of(current_settings(), data_folder)
                    send_what_is_due(provider, data_folder / CERTIFICATE, is_stopping=stopped.is_set)
            except (RuleBroken, SQLAlchemyError, OSError, ValueError, LookupError, RuntimeError) as trouble:
                _log.exception("invoices were not sent; the next round tries again: %s", type(trouble).__name__)
            finally:
                db.session.remove()
