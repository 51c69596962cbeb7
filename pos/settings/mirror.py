"""Changed settings, registers and printers as the journal sees them."""

from collections.abc import Iterator

from sqlalchemy import select

from core.journal.record import Kind, canonical
from core.journal.replay import Mirror, Replay, Replayed, Told
from core.staff import Staff
from pos.settings.change_table import SettingsChange
from pos.settings.printer_table import Printer

SETTINGS = Replay()
_ABOUT = ("topic", "source", "from")

SETTINGS.mirror(
    Mirror(
        "settings_changes",
        select(
            SettingsChange.topic,
            SettingsChange.source,
            SettingsChange.first_day,
            SettingsChange.content,
            SettingsChange.changed_at,
            Staff.code.label("staff"),
            SettingsChange.record_seq,
        ).outerjoin(Staff, Staff.id == SettingsChange.staff_id),
        key=("record_seq",),
    )
)
SETTINGS.mirror(
    Mirror(
        "printers",
        select(
            Printer.code,
            Printer.name,
            Printer.role,
            Printer.kind,
            Printer.address,
            Printer.dots,
            Printer.drawer,
            Printer.cut,
            Printer.language,
            Printer.dpi,
            Printer.retired_at.label("retired"),
            Printer.record_seq,
        ),
        key=("code",),
        appended=False,
    )
)


@SETTINGS.kind(Kind.CONFIG)
def _config(record: Replayed) -> Iterator[Told]:
    body = record.body
    if "topic" not in body:  # as written before settings could change while the shop runs: it made no row
        return
    yield (
        "settings_changes",
        {
            "topic": body["topic"],
            "source": body["source"],
            "first_day": body["from"],
            "content": canonical({name: value for name, value in body.items() if name not in _ABOUT}).decode(),
            "changed_at": record.ts,
            "staff": record.usr,
        },
    )


@SETTINGS.kind(Kind.PRINTER)
def _printer(record: Replayed) -> Iterator[Told]:
    columns = ("code", "name", "role", "kind", "address", "dots", "drawer", "cut", "retired")
    # A printer of before label printers had a language of their own spoke that of receipts.
    spoken = {"language": record.body.get("language", "escpos"), "dpi": record.body.get("dpi", 203)}
    yield "printers", {**{name: record.body[name] for name in columns}, **spoken}
