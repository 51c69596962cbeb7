"""Wrong PINs cost a growing wait, and the tenth locks the person out on that device until a manager opens it.

Counted for each person and device in the database: neither a restart nor another browser gives fresh tries. The wait
is measured by the machine's own count of milliseconds, so that turning the clock does not shorten it; after a restart
of the machine it begins anew. A try is counted before its PIN is looked at: twenty at once are not twenty tries.
"""

from sqlalchemy import CheckConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.database import Base, db, transaction
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.staff import Staff, expected_of, fits

FREE_TRIES = 5
"""The fifth wrong PIN is the first that costs a wait."""
MOST_WRONG = 10
FIRST_WAIT_MS = 5_000
NOBODY = ""
"""Who is meant by a name that nobody has; all of them together have ten tries, and answer like a known person."""


class WrongPin(RuleBroken):
    """Name and PIN do not belong together; it is not said which of them is wrong."""

    message = N_("Name and PIN do not match. Choose your name and type your six digits again.")


class WrongPinNowWait(RuleBroken):
    """The next try costs time; a person who mistyped waits seconds, a guesser years."""

    message = N_("Name and PIN do not match. Wait %(seconds)s seconds before you type again.")


class TooSoon(RuleBroken):
    """A try before the wait is over is not looked at and does not count."""

    message = N_("There were too many wrong PINs. Wait %(seconds)s seconds, then type your six digits.")


class LockedOut(RuleBroken):
    """Ten wrong PINs: this is not forgetfulness any more, or it is, and a manager helps."""

    message = N_(
        "After ten wrong PINs this name is locked on this device. A manager can unlock it here with their PIN."
    )


class NothingToUnlock(RuleBroken):
    """Somebody was faster."""

    message = N_("Nobody is locked out there. Look at the list again.")


class PinTries(Base):
    """The wrong PINs in a row of one person at one device, and when the last one was."""

    __tablename__ = "pin_tries"
    __table_args__ = (CheckConstraint("wrong >= 0", "wrong_not_negative"),)

    # Codes, not keys of other tables: also tries for nobody are counted, and the machine itself is no row.
    person: Mapped[str] = mapped_column(primary_key=True)
    device: Mapped[str] = mapped_column(primary_key=True)
    wrong: Mapped[int]
    last_boot: Mapped[str]
    last_ms: Mapped[int]
    locked: Mapped[bool]
    record_seq: Mapped[int | None]

    @property
    def is_locked(self) -> bool:
        """Whether only a manager can open it: also when the computer stopped at the tenth try."""
        return self.wrong >= MOST_WRONG

    def wait_ms(self) -> int:
        """How long the next try must wait still."""
        if self.wrong < FREE_TRIES:
            return 0
        return max(0, wait_after(self.wrong) - (clock.monotonic_ms() - self.last_ms))


def wait_after(wrong: int) -> int:
    """Milliseconds between this many wrong PINs and the next try: 5, 10, 20, 40, 80 seconds."""
    return FIRST_WAIT_MS << (wrong - FREE_TRIES) if wrong >= FREE_TRIES else 0


def prove(staff: Staff | None, pin: str, *, device: str) -> Staff:
    """Let the PIN prove that this is the person; takes its own transactions and so stands outside of any.

    Raises WrongPin, WrongPinNowWait, TooSoon or LockedOut. A person who is not there and one who is get
    the same answers in the same time, also while they wait.
    """
    prove_secret(staff.code if staff is not None else NOBODY, expected_of(staff), pin, device=device)
    assert staff is not None, "no PIN fits nobody"
    return staff


def prove_secret(person: str, expected: str, pin: str, *, device: str) -> None:
    """As `prove`, for whoever has a secret of six digits without being of the staff: `person` then holds a colon."""
    with transaction():
        refusal = _count_try(person, device)
    right = fits(pin, expected)  # also while they wait: it takes its time either way
    if refusal:
        raise refusal
    with transaction():
        tries = _tries_of(person, device)
        assert tries is not None
        if right:
            tries.wrong = 0
            db.session.flush()
        elif tries.is_locked and not tries.locked:
            tries.locked = True
            _write(tries, "locked", by=None)
        wait = wait_after(tries.wrong) if not tries.is_locked else None
    if right:
        return
    if wait is None:
        raise LockedOut()
    raise WrongPinNowWait(seconds=wait // 1000) if wait else WrongPin()


def unlock(person: str, device: str, *, by: Staff | None) -> None:
    """Give someone their tries back on a device; `by` is None for whoever has the machine itself in their hands."""
    tries = _tries_of(person, device)
    if tries is None or not tries.is_locked:
        raise NothingToUnlock()
    tries.wrong, tries.locked = 0, False
    _write(tries, "unlocked", by=by)
    db.session.flush()


def forgive(person: str, *, by: Staff) -> None:
    """Give someone who got a new secret their tries back on every device."""
    for tries in db.session.scalars(select(PinTries).where(PinTries.person == person, PinTries.wrong > 0)):
        if tries.is_locked:
            unlock(person, tries.device, by=by)
        tries.wrong = 0
    db.session.flush()


def locked_out() -> list[PinTries]:
    """Who of the staff is locked out where; others' names hold a colon, and their secret is given anew instead."""
    staff = PinTries.person.not_like("%:%") & (PinTries.person != NOBODY)
    locked = select(PinTries).where(PinTries.wrong >= MOST_WRONG, staff)
    return list(db.session.scalars(locked.order_by(PinTries.person, PinTries.device)))


def _count_try(person: str, device: str) -> RuleBroken | None:
    """Count a try as wrong until it proves right, or say why it is not even looked at."""
    tries = _tries_of(person, device)
    if tries is None:
        tries = PinTries(person=person, device=device, wrong=0, last_boot="", last_ms=0, locked=False)
        db.session.add(tries)
    if tries.is_locked:
        return LockedOut()
    if tries.last_boot != clock.boot_id():  # nothing tells how long the machine was off: the wait begins anew
        _begin_wait(tries)
    wait = tries.wait_ms()
    if wait:
        return TooSoon(seconds=-(-wait // 1000))
    tries.wrong += 1
    _begin_wait(tries)
    db.session.flush()
    return None


def _begin_wait(tries: PinTries) -> None:
    tries.last_boot, tries.last_ms = clock.boot_id(), clock.monotonic_ms()


def _tries_of(person: str, device: str) -> PinTries | None:
    return db.session.get(PinTries, (person, device))


def _write(tries: PinTries, act: str, *, by: Staff | None) -> None:
    body = {"act": act, "code": tries.person, "device": tries.device, "locked": tries.locked}
    tries.record_seq = write_record(Kind.LOCKOUT, body, by=by).seq
