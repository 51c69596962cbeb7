"""What both sides read before the producer gives his word: if it changed meanwhile, he has not agreed to it."""

import hashlib

from core.errors import RuleBroken
from core.i18n import N_
from inventory.receiving.delivery_draft_table import DeliveryDraft
from inventory.receiving.goods_return_draft import ReturnDraft


class ChangedMeanwhile(RuleBroken):
    """Another screen went on typing."""

    message = N_("Something on this slip was changed on another screen meanwhile. Read it together once more.")


class FinishedElsewhere(RuleBroken):
    """The number of a finished draft was given to the next one."""

    message = N_(
        "This slip was finished on another screen, and nothing was added. Open the one you want from the list."
    )


def state_of(draft: DeliveryDraft | ReturnDraft) -> str:
    """A fingerprint of everything that a draft says now."""
    rows = [draft, *draft.lines]
    said = [[str(getattr(row, column.key)) for column in row.__table__.columns] for row in rows]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def refuse_changed(draft: DeliveryDraft | ReturnDraft, seen: str) -> None:
    """Refuse a word that was given to something else."""
    if seen != state_of(draft):
        raise ChangedMeanwhile()


def refuse_another(draft: DeliveryDraft | ReturnDraft, opened: str) -> None:
    """Refuse what a page says that was drawn for an earlier draft of the same number, as far as it names that draft."""
    if opened and opened != draft.opened_at.isoformat():
        raise FinishedElsewhere()
