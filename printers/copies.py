"""Which copy of a document the next paper of it is: the first paper is none, every later one says BẢN SAO n."""

from sqlalchemy import func, select

from core.database import db
from printers.spool import PrintJob


def next_copy(kind: str, number: int) -> int:
    """0 while no paper of the document was asked for, else one more than the last copy."""
    asked = select(func.max(PrintJob.copy)).where(PrintJob.kind == kind, PrintJob.number == number)
    latest = db.session.scalar(asked)
    return 0 if latest is None else latest + 1
