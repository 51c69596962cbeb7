"""Print jobs as the journal sees them: each PRINT record says how one stands; the last one of a job wins."""

from collections.abc import Iterator

from sqlalchemy import select

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from printers.spool import PrintJob

PAPERS = Replay()

PAPERS.mirror(
    Mirror(
        "print_jobs",
        select(
            PrintJob.uid,
            PrintJob.kind,
            PrintJob.number,
            PrintJob.copy,
            PrintJob.again,
            PrintJob.role,
            PrintJob.printer,
            PrintJob.pulsed,
            PrintJob.state,
            PrintJob.why,
            PrintJob.asked_by,
            PrintJob.follows,
            PrintJob.answer,
            PrintJob.record_seq,
        ).where(PrintJob.record_seq.is_not(None)),
        key=("uid",),
        appended=False,
    )
)


@PAPERS.kind(Kind.PRINT)
def _print(record: Replayed) -> Iterator[Told]:
    body = record.body
    yield (
        "print_jobs",
        {
            "uid": body["job"],
            "kind": body["doc"],
            "number": body["no"],
            "copy": body["copy"],
            "again": body["again"],
            "role": body["role"],
            "printer": body.get("printer"),  # since printers have codes
            "pulsed": body["drawer"],
            "state": body["state"],
            "why": body["why"],
            "asked_by": body["asked"],
            "follows": body["follows"],
            "answer": body["answer"],
        },
    )
