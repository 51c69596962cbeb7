"""The counter code of a producer (mã xác nhận): six digits that stand for his word at the counter, without internet.

He types them himself on the shop's screen. They are kept as a person's PIN is, wrong ones cost the same growing wait,
and after ten of them only a new code, set with a manager standing by, opens the lock.
"""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core import clock, pin_tries
from core.database import Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.staff import Staff, new_pin_hash
from inventory.catalogue.producer import Producer

_PREFIX = "own:"


class NoCounterCode(RuleBroken):
    """He never set one."""

    message = N_("%(producer)s has no counter code yet. Let them set one on their page, or sign on the screen.")


class WrongCounterCode(RuleBroken):
    """Not his six digits."""

    message = N_("This is not the counter code of %(producer)s. Let them type it again.")


class WrongCounterCodeNowWait(RuleBroken):
    """The next try costs time."""

    message = N_("This is not the counter code of %(producer)s. Wait %(seconds)s seconds before they type it again.")


class CounterCodeTooSoon(RuleBroken):
    """A try before the wait is over is not looked at."""

    message = N_("There were too many wrong counter codes. Wait %(seconds)s seconds, or let them sign on the screen.")


class CounterCodeLocked(RuleBroken):
    """Ten wrong ones."""

    message = N_("After ten wrong tries the counter code of %(producer)s is locked. Let them set a new one on their "
                 "page, or sign on the screen.")  # fmt: skip


class CounterCode(Base):
    """The code in force of one producer. The journal knows when it was set, and nothing of the digits."""

    __tablename__ = "counter_codes"

    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"), primary_key=True)
    code_hash: Mapped[str]
    set_at: Mapped[datetime]
    record_seq: Mapped[int]


def counter_code_of(producer: Producer) -> CounterCode | None:
    """The code in force of a producer, or None while he has none."""
    return db.session.get(CounterCode, producer.id)


def set_counter_code(producer: Producer, code: str, *, by: Staff) -> CounterCode:
    """Keep the six digits that a producer typed; the ones before stop working, and wrong tries are forgiven."""
    kept = counter_code_of(producer) or CounterCode(producer_id=producer.id)
    kept.code_hash = new_pin_hash(code)
    record = write_record(Kind.COUNTER_CODE, {"act": "set", "own": producer.code}, by=by)
    kept.set_at, kept.record_seq = clock.now(), record.seq
    db.session.add(kept)
    pin_tries.forgive(_PREFIX + producer.code, by=by)
    db.session.flush()
    return kept


def prove_counter_code(producer: Producer, code: str, *, device: str) -> None:
    """Let six digits prove that the producer agrees; takes its own transactions and so stands outside of any."""
    kept = counter_code_of(producer)
    if kept is None:
        raise NoCounterCode(producer=producer.name)
    name = producer.name
    try:
        pin_tries.prove_secret(_PREFIX + producer.code, kept.code_hash, code, device=device)
    except pin_tries.WrongPin:
        raise WrongCounterCode(producer=name) from None
    except pin_tries.WrongPinNowWait as trouble:
        raise WrongCounterCodeNowWait(producer=name, **trouble.values) from None
    except pin_tries.TooSoon as trouble:
        raise CounterCodeTooSoon(**trouble.values) from None
    except pin_tries.LockedOut:
        raise CounterCodeLocked(producer=name) from None
