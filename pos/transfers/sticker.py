"""The printed QR at the counter, scanned before a shift opens: has nobody pasted another one over it?

Bank and account must be the shop's own. The holder's name is compared where the sticker carries one.
"""

from collections.abc import Sequence

from config.reference.banks import bank, banks
from config.settings import BankSettings
from core.clock import today
from core.current_settings import current_settings
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.staff import Staff
from core.text import clean
from core.vietqr import VietQr, purpose_text, read_vietqr
from pos.register import Register
from pos.transfers.sticker_table import Look, StickerLook, looks_since_last_opening

SHOWN_DIGITS = 4


class StickerToScan(RuleBroken):
    """The shop wants its sticker looked at before money can go astray."""

    message = N_("Scan the QR sticker at the counter first, or say why not.")


class StickerIsWrong(RuleBroken):
    """Somebody may be collecting the shop's money."""

    message = N_("STOP: the sticker at the counter leads to %(found)s, the shop's account is %(expected)s. Take it "
                 "down and fetch a manager, who must acknowledge it before the shift opens.")  # fmt: skip


class StickerReasonMissing(RuleBroken):
    """A look that was skipped is explained."""

    message = N_("Say why the sticker is not scanned.")


class NoWrongSticker(RuleBroken):
    """Nothing waits for a manager's word."""

    message = N_("No wrong sticker waits for a manager. Load the page again.")


class NoAccountForSticker(RuleBroken):
    """There is nothing to print."""

    message = N_("Keep the bank and the account first; then print the sticker.")


def asks_for_sticker() -> bool:
    """Whether a shift opens only after a look at the sticker."""
    settings = current_settings().bank
    return settings.sticker and settings.takes_transfers


def look_at_sticker(register: Register, scanned: str, *, by: Staff) -> StickerLook:
    """Compare a scanned sticker with the shop's account, and write down what came of it; NotVietQr for another code."""
    settings, read = current_settings().bank, read_vietqr(scanned)
    expected = masked(settings.bin, settings.account)
    found = masked(read.bank_bin, read.account)
    if not is_ours(read, settings):
        if found == expected:  # told apart only by digits that the mask hides, or by the name
            found = f"{found} {purpose_text(read.merchant or '')}".strip() + " (≠)"
        return _write(register, Look.WRONG, found=found, expected=expected, by=by)
    return _write(register, Look.RIGHT, found=found, expected=expected, by=by)


def skip_sticker(register: Register, *, reason: str, by: Staff) -> StickerLook:
    """Open without a look, with the reason. A wrong one found before is not skipped."""
    reason = clean(reason, limit=200)
    if not reason:
        raise StickerReasonMissing()
    wrong = waiting_wrong(looks_since_last_opening(register))
    if wrong is not None:
        raise StickerIsWrong(found=wrong.found, expected=wrong.expected)
    return _write(register, Look.SKIPPED, reason=reason, by=by)


def acknowledge_wrong_sticker(register: Register, *, reason: str, by: Staff) -> StickerLook:
    """A manager has seen the wrong sticker and says what was done about it."""
    reason = clean(reason, limit=200)
    wrong = waiting_wrong(looks_since_last_opening(register))
    if wrong is None:
        raise NoWrongSticker()
    if not reason:
        raise StickerReasonMissing()
    return _write(register, Look.SEEN, found=wrong.found, expected=wrong.expected, reason=reason, by=by)


def sticker_at_opening(register: Register) -> str | None:
    """What a shift that opens now has to say of the sticker: right, wrong or skipped; None where nobody is asked.

    A wrong one that no manager has seen, or none at all, keeps the shift closed. After a wrong one that was taken
    down a right one may follow; the shift then says `wrong`, because of what was found.
    """
    if not asks_for_sticker():
        return None
    looks = looks_since_last_opening(register)
    wrong = waiting_wrong(looks)
    if wrong is not None:
        raise StickerIsWrong(found=wrong.found, expected=wrong.expected)
    acts = [look.act for look in looks]
    if not acts:
        raise StickerToScan()
    return next(act.value for act in (Look.WRONG, Look.RIGHT, Look.SKIPPED) if act in acts)


def waiting_wrong(looks: Sequence[StickerLook]) -> StickerLook | None:
    """The newest wrong sticker that no manager has seen yet."""
    seen = max((look.record_seq for look in looks if look.act is Look.SEEN), default=-1)
    return next((look for look in reversed(looks) if look.act is Look.WRONG and look.record_seq > seen), None)


def is_ours(read: VietQr, settings: BankSettings) -> bool:
    """Whether a sticker leads to the shop's own account: bank, account (never a card), and the name if it has one."""
    if (read.bank_bin, read.account.upper(), read.card) != (settings.bin, settings.account.upper(), False):
        return False
    holder = purpose_text(settings.holder).upper()
    return not (read.merchant and holder) or purpose_text(read.merchant).upper() == holder


def masked(bank_bin: str, account: str) -> str:
    """Bank and the last signs of an account: enough to compare, not enough to use."""
    known = any(one.bin == bank_bin for one in banks())
    shown = account[-SHOWN_DIGITS:] if len(account) > 2 * SHOWN_DIGITS else account[-2:]
    return f"{bank(bank_bin).short_name if known else bank_bin} ***{shown}"


def _write(
    register: Register, act: Look, *, by: Staff, found: str = "", expected: str = "", reason: str = ""
) -> StickerLook:
    day = today()
    body = {"act": act.value, "reg": register.code, "day": day.isoformat()}
    record = write_record(Kind.STICKER, body | {"found": found, "expected": expected, "reason": reason}, by=by)
    look = StickerLook(
        record_seq=record.seq,
        act=act,
        register_id=register.id,
        day=day,
        looked_at=record.ts,
        staff_id=by.id,
        found=found,
        expected=expected,
        reason=reason,
    )
    db.session.add(look)
    db.session.flush()
    return look
