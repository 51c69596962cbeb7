"""`shop restore`: a shop goes on from a backup, in a new epoch, and declares for ever what it lost.

The backup is opened and checked beside what is left; only when the restored shop verifies clean does it take the place.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import select, update

from config.settings import load_settings
from core.clock import now, today
from core.database import Base, db, transaction
from core.errors import RuleBroken
from core.i18n import N_, gettext
from core.journal.restore import Loss, declare_gap, declare_restore
from core.journal.seal import KeyUnreadable, SigningKey, load_key, make_key
from core.migrate import upgrade
from core.skipped_number import skip_numbers
from core.staff import Staff, check_pin
from pos.app import MIGRATIONS, create_shop_app
from pos.basket import check_digit, next_order_code
from pos.basket_table import Basket, BasketState
from pos.data_folder import DataFolder
from pos.invoice.invoice_table import InvoiceMessage
from pos.register import all_registers
from pos.replay import verify_shop
from pos.restoring.files_back import bring_files
from pos.restoring.known import Seen, Typed, loss_of, numbers_to_skip, what_was_seen
from pos.restoring.opened_backup import BadBackup, OpenedBackup, open_backup
from pos.restoring.swap import begin, put_in_place, seal
from printers.spool import JobState, PrintJob, write_outcome

RESTORED_JOB = "restored"
ORDERS_MARGIN = 500


class RecordsWouldBeLost(RuleBroken):
    """Refused unless whoever restores says that there is nothing newer."""

    message = N_(
        "This backup ends with record %(ends)s, and %(proof)s. What came after is not in it. Take a newer backup; if "
        "there is none, restore with --declare-loss: the loss is then declared in the journal for ever."
    )


class AnotherShop(RuleBroken):
    message = N_("The folder %(folder)s belongs to terminal %(found)s, the backup to %(wanted)s. Give another folder.")


class WhoRestores(RuleBroken):
    message = N_("Code and PIN do not belong to a manager or owner of this shop. Nothing was done.")


class ReasonMissing(RuleBroken):
    message = N_("Say why the shop is restored, such as --reason “disk broken”. It stands in the journal.")


@dataclass(frozen=True)
class Wish:
    """What is to be restored, into which folder, by whom and why. `left` is the folder that is left behind.

    Without a PIN the caller has made sure who it is.
    """

    backup: Path
    into: DataFolder
    left: DataFolder
    by: str
    pin: str | None
    reason: str
    passphrase: str = ""
    key_file: Path | None = None
    declare_loss: bool = False
    without_files: bool = False
    typed: Typed = field(default_factory=Typed)


@dataclass(frozen=True)
class Restored:
    """What came of it."""

    ends: int
    epoch: int
    head: str
    loss: Loss
    lost: int | None
    next_receipt: int
    new_key: bool
    files_missing: int = 0


def restore(wish: Wish) -> Restored:
    """Restore a backup. Raises a RuleBroken, and leaves everything as it was, when that cannot be done well."""
    if not wish.reason.strip():
        raise ReasonMissing()
    wish.into.path.mkdir(mode=0o700, parents=True, exist_ok=True)
    with claimed(wish):
        work = begin(wish.into)
        opened = open_backup(wish.backup, work.path, passphrase=wish.passphrase, key_file=wish.key_file)
        refuse_another_shop(wish, opened)
        places = (wish.backup.parent, wish.left.backups)
        seen = what_was_seen(wish.left, opened.manifest, places, wish.typed)
        loss = loss_of(seen, opened.manifest, is_witness=wish.left.head_log.exists())
        if not wish.declare_loss:
            refuse_loss(loss, opened)
        missing = bring_files(opened, wish.into.files, wish.left.files, without=wish.without_files)
        restored = replace(make_ready(work, opened, wish, seen, loss), files_missing=missing)
        seal(work)
        put_in_place(wish.into)
    return restored


@contextmanager
def claimed(wish: Wish) -> Iterator[None]:
    """Neither folder may be at work: a running shop is not overwritten, and none is made twice."""
    with ExitStack() as stack:
        stack.enter_context(wish.into.claimed())
        if wish.left.path.resolve() != wish.into.path.resolve() and wish.left.path.is_dir():
            stack.enter_context(wish.left.claimed())
        yield


def refuse_another_shop(wish: Wish, opened: OpenedBackup) -> None:
    """One folder holds one shop."""
    if wish.into.settings.exists():
        found = load_settings(wish.into.path).terminal.id
        if found != opened.manifest.tid:
            raise AnotherShop(folder=wish.into.path, found=found, wanted=opened.manifest.tid)


def refuse_loss(loss: Loss, opened: OpenedBackup) -> None:
    """Nobody goes back behind what is proved without saying so."""
    ends = opened.manifest.seq
    if loss.is_all and not loss.count(ends):
        return
    proof = (
        gettext("record %(last)s is known", last=loss.last) if loss.last else gettext("nobody knows how many followed")
    )
    raise RecordsWouldBeLost(ends=ends, proof=proof)


def make_ready(work: DataFolder, opened: OpenedBackup, wish: Wish, seen: Seen, loss: Loss) -> Restored:
    """Bring the work folder to the shop as it goes on: migrated, declared, tidied up, verified."""
    new_key = choose_key(work, wish.left, opened)
    upgrade(work.database_url, MIGRATIONS, backup_dir=work.path / "before-upgrade")
    with shop_of(work, opened), transaction():
        skipped = declare(opened, wish, seen, loss, new_key)
        settle_what_was_open()
    with shop_of(work, opened):
        verdict = verify_shop(files=False)  # those lie beside the backup, or in the folder already
        if not verdict.books_are_clean:
            wrong = verdict.report.fault or verdict.differences[0]
            raise BadBackup(backup=wish.backup.name, why=wrong)
        return Restored(
            ends=opened.manifest.seq,
            epoch=verdict.report.epoch,
            head=verdict.report.newest_hash,
            loss=loss,
            lost=loss.count(opened.manifest.seq) if loss.is_all else None,
            next_receipt=skipped["receipt"] + 1,
            new_key=new_key is not None,
        )


def declare(opened: OpenedBackup, wish: Wish, seen: Seen, loss: Loss, new_key: SigningKey | None) -> dict[str, int]:
    """Write RESTORE and GAP_DECLARED, in that order; gives the numbers that stay unused."""
    by, reason, manifest = who(wish.by, wish.pin), wish.reason.strip(), opened.manifest
    began = declare_restore(
        made_at=manifest.made_at, fingerprint=opened.fingerprint, old=seen.head, reason=reason, by=by, new_key=new_key
    )
    skipped = numbers_to_skip(seen, loss, manifest)
    left = seen.head.ep if seen.head else manifest.ep
    gap = declare_gap(began, loss, epoch_left=left, skipped=skipped, reason=reason, by=by)
    skip_numbers(skipped, gap.seq)
    return skipped


def choose_key(work: DataFolder, left: DataFolder, opened: OpenedBackup) -> SigningKey | None:
    """The journal's key from the folder that is left, else from the backup; a new one where it is in neither.

    Gives the new one, for the RESTORE record to bring along.
    """
    in_force = list(opened.report.keys.values())[-1]
    for folder in (left, work):
        try:
            if load_key(folder.terminal_key).public != in_force:
                continue
        except KeyUnreadable:
            continue
        if folder is left:
            work.terminal_key.unlink(missing_ok=True)
            work.terminal_key.touch(0o600)
            work.terminal_key.write_bytes(left.terminal_key.read_bytes())
        return None
    work.terminal_key.unlink(missing_ok=True)
    return make_key(work.terminal_key)


@contextmanager
def shop_of(folder: DataFolder, opened: OpenedBackup) -> Iterator[None]:
    """The shop of the work folder, asked or told something, and closed again so that one file holds it all."""
    app = create_shop_app(load_settings(folder.path, {"terminal": {"id": opened.manifest.tid}}), folder)
    with app.app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def who(code: str, pin: str | None) -> Staff:
    """The manager or owner who restores; their code stands in the journal."""
    staff = db.session.scalar(select(Staff).where(Staff.code == code))
    is_known = pin is None or check_pin(staff, pin)
    if not is_known or staff is None or not staff.may_approve:
        raise WhoRestores()
    return staff


def settle_what_was_open() -> None:
    """What stood open when the backup was made has gone on without it: nothing of it happens by itself."""
    end_sign_ins()
    for job in db.session.scalars(select(PrintJob).where(PrintJob.state.in_((JobState.QUEUED, JobState.SENT)))):
        job.tries = max(job.tries, 1)  # it may have come out since: printed again it says so
        write_outcome(job, JobState.UNKNOWN, RESTORED_JOB)
    ask_about_messages()
    park_baskets()
    db.session.add(skipped_orders())


def end_sign_ins() -> None:
    """Everybody signs in anew. (The table belongs to the pages, which nobody here may import.)"""
    table = Base.metadata.tables["sign_ins"]
    db.session.execute(update(table).where(table.c.ended_at.is_(None)).values(ended_at=now()))


def ask_about_messages() -> None:
    """A message of invoices may have gone out since: the provider is asked before it is handed over again."""
    for message in db.session.scalars(select(InvoiceMessage).where(InvoiceMessage.next_try_at.is_not(None))):
        message.tries = max(message.tries, 1)


def park_baskets() -> None:
    """What lay on the counter was perhaps sold after the backup: it is set aside, for a person to look at."""
    for basket in db.session.scalars(select(Basket).where(Basket.state == BasketState.OPEN, ~Basket.practice)):
        basket.state = BasketState.PARKED
        basket.label = gettext("From the backup")


def skipped_orders() -> Basket:
    """An empty basket whose order code leaves room for those of today that are lost: a QR may still be paid."""
    day = today()
    code = next_order_code(day)
    digits = f"{code[:6]}{int(code[6:-1]) + ORDERS_MARGIN:03d}"
    register = all_registers()[0]
    return Basket(
        order_code=digits + str(check_digit(digits)), register_id=register.id, state=BasketState.DROPPED,
        label="", last_n=0, day=day, opened_at=now(),
    )  # fmt: skip
