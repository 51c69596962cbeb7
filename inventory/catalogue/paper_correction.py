"""What all papers have in common when they were typed wrongly: recorded anew with a reason, or struck out."""

from core.database import db
from core.journal.chain import write_record
from core.journal.record import Kind
from core.staff import Staff
from inventory.catalogue.basis import Eligibility
from inventory.catalogue.certificate import Certificate
from inventory.catalogue.correction import NothingCorrected, need_reason, refuse_struck
from inventory.catalogue.licence import Licence

Paper = Certificate | Eligibility | Licence
Body = dict[str, object]


def record_correction(paper: Paper, kind: Kind, *, before: Body, after: Body, reason: str, by: Staff) -> None:
    """Record a paper as it stands now; NothingCorrected when its body says what it said before."""
    if after == before:
        raise NothingCorrected()
    body = {**after, "act": "corrected", "reason": need_reason(reason)}
    paper.record_seq = write_record(kind, body, by=by).seq
    db.session.flush()


def strike_paper(paper: Paper, kind: Kind, *, reason: str, by: Staff) -> None:
    """Strike out what was entered by mistake: it never counted, and the history keeps it."""
    refuse_struck(paper)
    body = {"act": "struck", "uid": paper.uid, "reason": need_reason(reason)}
    paper.struck = True
    paper.record_seq = write_record(kind, body, by=by).seq
    db.session.flush()
