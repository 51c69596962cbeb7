"""What a restore drill left behind: its row, its record, and the certificate that is printed of it."""

from datetime import timedelta

from core import clock
from core.columns import iso_instant
from core.current_settings import current_settings
from core.database import db
from core.journal.chain import write_record
from core.journal.record import Kind
from core.money import Money
from core.staff import Staff
from pos.receipt import shop_head
from pos.restoring.drill_result import DrillResult
from pos.restoring.drill_table import Drill, last_good_drill, next_drill_number
from printers.blocks import Block
from printers.copies import next_copy
from printers.documents import DrillCertificate
from printers.layouts.restore_drill import lay_out_drill
from printers.spool import PrintJob, enqueue, mark_of, paper_columns

RESTORE_DRILL = "restore_drill"
EVERY = timedelta(days=31)


def write_drill(result: DrillResult, *, by: Staff) -> Drill:
    """Keep what a drill found, good or bad, and print its certificate; inside a transaction."""
    totals = result.totals or {}
    number = next_drill_number()
    body = {
        "no": number,
        "backup": result.backup,
        "made": iso_instant(result.made_at) if result.made_at else None,
        "seq": result.seq,
        "hash": result.hash,
        "gross": totals.get("gross"),
        "ref": totals.get("ref"),
        "n": totals.get("n"),
        "rows": result.compared,
        "ms": result.took_ms,
        "trouble": result.trouble,
    }
    record = write_record(Kind.DRILL, body, by=by)
    drill = Drill(
        number=number,
        drilled_at=record.ts,
        staff_id=by.id,
        backup=result.backup,
        backup_made_at=result.made_at,
        seq=result.seq,
        hash=result.hash,
        gross=Money(totals["gross"]) if totals else None,
        refunded=Money(totals["ref"]) if totals else None,
        sales=totals.get("n"),
        compared=result.compared,
        took_ms=result.took_ms,
        trouble=result.trouble,
        record_seq=record.seq,
    )
    db.session.add(drill)
    db.session.flush()
    print_certificate(drill, by=by)
    return drill


def print_certificate(drill: Drill, *, by: Staff) -> PrintJob:
    """Print the certificate; the second time it is a copy and says so."""
    return enqueue(RESTORE_DRILL, drill.number, copy=next_copy(RESTORE_DRILL, drill.number), by=by)


def is_drill_due() -> bool:
    """Whether no drill was good for a month; a shop without backups to try is not reminded of drills."""
    last = last_good_drill()
    return last is None or clock.now() - last.drilled_at > EVERY


def certificate_of(drill: Drill, *, copy: int = 0, again: bool = False) -> DrillCertificate:
    """The certificate as data."""
    settings = current_settings()
    return DrillCertificate(
        shop=shop_head(settings),
        number=drill.number,
        at=drill.drilled_at,
        by=drill.staff.name,
        record=drill.record_seq,
        made_at=drill.backup_made_at,
        seq=drill.seq,
        head=drill.hash or "",
        file=drill.backup or "",
        gross=drill.gross,
        refunded=drill.refunded,
        sales=drill.sales,
        compared=drill.compared,
        took=written_span(drill.took_ms),
        trouble=drill.trouble,
        mark=mark_of(RESTORE_DRILL, drill.number, copy, again),
        demo=settings.demo,
        language=settings.receipt.language,
    )


def written_span(ms: int) -> str:
    """Minutes and seconds: 1:05."""
    seconds = -(-ms // 1000)
    return f"{seconds // 60}:{seconds % 60:02d}"


def draw_certificate(number: int, copy: int, again: bool) -> list[Block]:
    """The blocks of a certificate for the spool."""
    drill = db.session.get_one(Drill, number)
    return lay_out_drill(certificate_of(drill, copy=copy, again=again), paper_columns())
