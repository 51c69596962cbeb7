"""`shop verify`: walk the journal, then replay it and compare it with every table it tells of."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from core import people_mirror
from core.attached_file import FILES, all_faces
from core.database import db
from core.file_store import FileFace, Standing, current_file_store
from core.journal.export import sealed_rows
from core.journal.head import Head, valid_heads
from core.journal.replay import Difference, compare, merge
from core.journal.seal import current_terminal
from core.journal.verify import Report, walk
from core.skipped_number import SKIPPED
from inventory import replay as inventory_replay
from pos.buyers.breach import BREACHES
from pos.buyers.customer_mirror import CONSENTS
from pos.cash.cash_mirror import CASH
from pos.discounts.promotion_mirror import PROMOTIONS
from pos.invoice.mirror import INVOICES
from pos.practising.practice_mirror import PRACTICE
from pos.restoring.drill_table import DRILLS
from pos.returns.refund_mirror import REFUNDS
from pos.sale_mirror import SALES
from pos.settings.mirror import SETTINGS
from pos.shifts.shift_mirror import SHIFTS
from pos.transfers.mirror import TRANSFERS
from printers.replay import PAPERS

SHOP = merge(
    people_mirror.REPLAY,
    FILES,
    inventory_replay.REPLAY,
    PAPERS,
    SETTINGS,
    SHIFTS,
    CASH,
    SALES,
    PRACTICE,
    PROMOTIONS,
    REFUNDS,
    SKIPPED,
    DRILLS,
    CONSENTS,
    BREACHES,
    TRANSFERS,
    INVOICES,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found: the walk over the records, and where the tables differ from them."""

    report: Report
    differences: tuple[Difference, ...]
    files: tuple[tuple[FileFace, Standing], ...] = ()
    """Attached files that are missing or altered."""

    @property
    def books_are_clean(self) -> bool:
        """Whether every record and every row is as it must be."""
        return self.report.fault is None and not self.differences

    @property
    def clean(self) -> bool:
        """Whether the attached files are what they were as well."""
        return self.books_are_clean and not self.files


def verify_shop(*, limit: int = 20, files: bool = True) -> Verdict:
    """Check the whole journal of this shop, its tables against it, and every attached file against its fingerprint.

    The tables are only compared with a journal that holds: a broken one would accuse them wrongly.
    """
    terminal = current_terminal()
    holder = terminal.key.public if terminal.key else None
    report = walk(sealed_rows(db.session()), holder=holder, tid=terminal.tid, heads=remembered_heads())
    differences = [] if report.fault else compare(SHOP, db.session(), limit=limit)
    broken = islice(current_file_store().trouble(all_faces(db.session())), limit) if files else ()
    return Verdict(report, tuple(differences), tuple(broken))


def remembered_heads() -> Iterable[Head]:
    """What the head file remembers; nothing where there is none."""
    path = current_terminal().head_path
    return valid_heads(path) if path is not None else ()
