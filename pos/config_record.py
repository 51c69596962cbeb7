"""The settings that give other records their meaning: who sells, and how tax is paid. Recorded whenever they change."""

from typing import Any

from sqlalchemy import select

from config.settings import Settings
from core.database import db
from core.journal.chain import JournalRecord, write_record
from core.journal.record import Kind, parse


def note_settings(settings: Settings) -> None:
    """Write a CONFIG record at the start of a shop whose settings differ from the last one; inside a transaction."""
    body = config_body(settings)
    if body != last_config():
        write_record(Kind.CONFIG, body, by=None)


def config_body(settings: Settings) -> dict[str, Any]:
    """What the journal keeps of the settings (docs/journal.md, CONFIG)."""
    shop = settings.shop
    return {
        "demo": settings.demo,
        "name": shop.name,
        "code": shop.code,
        "address": shop.address,
        "phone": shop.phone,
        "tax_code": shop.tax_code,
        "location_code": shop.location_code,
        "locality": shop.locality,
        "owner_kind": shop.owner_kind,
        "tax_method": shop.tax_method,
    }


def last_config() -> dict[str, Any] | None:
    """The settings as they were recorded last."""
    newest = (
        select(JournalRecord.record).where(JournalRecord.typ == Kind.CONFIG).order_by(JournalRecord.seq.desc()).limit(1)
    )
    text = db.session.scalar(newest)
    return parse(text)["body"] if text is not None else None
