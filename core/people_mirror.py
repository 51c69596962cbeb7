"""What core itself replays: people, devices, lock-outs, approvals; the journal's own records make no rows."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from core.approval import Approval
from core.devices import Device
from core.journal import slips
from core.journal.record import Kind
from core.journal.replay import Difference, Mirror, Replayed, Told, merge
from core.pin_tries import PinTries
from core.staff import Staff, name_hash

REPLAY = merge(slips.REPLAY)
_APPROVER = aliased(Staff)

REPLAY.mirror(
    Mirror(
        "staff",
        select(
            Staff.code,
            Staff.name_hash.label("name"),
            Staff.role,
            Staff.retired_at.label("retired"),
            Staff.record_seq,
        ),
        key=("code",),
        appended=False,
    )
)
REPLAY.mirror(
    Mirror(
        "devices",
        select(
            Device.code,
            Device.register,
            Device.revoked_at.is_not(None).label("revoked"),
            Device.record_seq,
        ),
        key=("code",),
        appended=False,
    )
)
REPLAY.mirror(
    Mirror(
        "pin_tries",
        select(PinTries.person, PinTries.device, PinTries.locked, PinTries.record_seq).where(
            PinTries.record_seq.is_not(None)
        ),
        key=("person", "device"),
        appended=False,
    )
)
REPLAY.mirror(
    Mirror(
        "approvals",
        select(
            Approval.act,
            Approval.about,
            Approval.approved_at,
            Staff.code.label("staff"),
            _APPROVER.code.label("approver"),
            Approval.shift,
            Approval.record_seq,
        )
        .join(Staff, Staff.id == Approval.staff_id)
        .join(_APPROVER, _APPROVER.id == Approval.approver_id),
        key=("record_seq",),
    )
)


@REPLAY.kind(Kind.STAFF)
def _staff(record: Replayed) -> Iterator[Told]:
    yield "staff", {name: record.body[name] for name in ("code", "name", "role", "retired")}


@REPLAY.kind(Kind.DEVICE)
def _device(record: Replayed) -> Iterator[Told]:
    body = record.body
    yield "devices", {"code": body["code"], "register": body["reg"], "revoked": body["revoked"]}


@REPLAY.kind(Kind.LOCKOUT)
def _lockout(record: Replayed) -> Iterator[Told]:
    body = record.body
    yield "pin_tries", {"person": body["code"], "device": body["device"], "locked": body["locked"]}


@REPLAY.kind(Kind.APPROVAL)
def _approval(record: Replayed) -> Iterator[Told]:
    body = record.body
    yield (
        "approvals",
        {
            "act": body["act"],
            "about": body["about"],
            "approved_at": record.ts,
            "staff": record.usr,
            "approver": body["approved"],
            "shift": record.shift,
        },
    )


@REPLAY.kind(Kind.GENESIS, Kind.CLOCK_ADJ, Kind.CLOCK_RIGHT, Kind.OUTAGE)
@REPLAY.kind(Kind.KEY_ROTATE, Kind.RESTORE, Kind.GAP_DECLARED)
def _of_the_journal_itself(record: Replayed) -> Iterator[Told]:
    yield from ()


@REPLAY.check
def _names_as_hired(session: Session) -> Iterator[Difference]:
    """A name changed past the verbs no longer fits the hash that its record holds."""
    for staff in session.scalars(select(Staff).order_by(Staff.id)):
        if name_hash(staff.name_salt, staff.name) != staff.name_hash:
            yield Difference(staff.record_seq, "staff", (staff.code,), "name", "another name", staff.name)
