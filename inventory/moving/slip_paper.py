"""A slip on A4: what moved, why, whose it was and what is claimed for it, with photos and places to sign."""

from core.attached_file import files_of
from core.clock import now
from core.current_settings import current_settings
from core.file_store import FileFace, current_file_store
from core.i18n import N_, current_language, gettext, written_day, written_quantity
from core.money import ZERO, Money
from core.staff import Staff
from inventory.moving.move_names import CAUSE_NAMES, NUMBERED, PLACE_NAMES
from inventory.moving.move_slip import MoveSlip, SlipKind, SlipLine, lines_of
from printers.a4.document import A4Document, A4Part, A4Picture, A4Signature, A4Table
from printers.blocks import Align
from printers.documents import ShopHead

_TITLES = {
    SlipKind.SHELF_MOVE: N_("Slip of goods moved in the shop"),
    SlipKind.WRITE_OFF: N_("Minutes of goods written off"),
    SlipKind.OWN_USE: N_("Slip of goods used by the shop"),
    SlipKind.MOVE_BACK: N_("Slip of goods moved back"),
}
_MOST_PICTURES = 4


def slip_document(slip: MoveSlip, *, by: Staff) -> A4Document:
    """The paper as data."""
    settings, lines = current_settings(), lines_of(slip)
    return A4Document(
        shop=ShopHead.of(settings.shop),
        title=gettext(_TITLES[slip.kind]),
        printed_at=now(),
        parts=(_table(slip, lines), *_pictures(slip)),
        number=gettext(NUMBERED[slip.kind], number=slip.number),
        facts=_facts(slip, lines),
        notes=(gettext("Journal record %(seq)s", seq=slip.record_seq),),
        signatures=(
            A4Signature(gettext("Entered by")),
            A4Signature(gettext("Witness")),
            A4Signature(gettext("Manager of the shop")),
        ),
        printed_by=by.name,
        demo=settings.demo,
        language=current_language(),
    )


def _facts(slip: MoveSlip, lines: list[SlipLine]) -> tuple[tuple[str, str], ...]:
    first = lines[0]
    way = f"{gettext(PLACE_NAMES[first.source])} → {gettext(PLACE_NAMES[first.target])}"
    facts = [(gettext("Day"), written_day(slip.day)), (gettext("From, to"), way)]
    if slip.cause is not None:
        facts.append((gettext("Why"), gettext(CAUSE_NAMES[slip.cause])))
    if slip.answered is not None:
        answered = slip.answered
        facts.append((gettext("Moves back"), gettext(NUMBERED[answered.kind], number=answered.number)))
    if slip.reason:
        facts.append((gettext("What happened"), slip.reason))
    return tuple(facts)


def _table(slip: MoveSlip, lines: list[SlipLine]) -> A4Table:
    has_values = slip.kind in {SlipKind.WRITE_OFF, SlipKind.OWN_USE}
    headings = [gettext("Product"), gettext("Lot"), gettext("Whose goods"), gettext("Quantity")]
    rows = [_row(line, has_values=has_values) for line in lines]
    aligns = [Align.LEFT, Align.LEFT, Align.LEFT, Align.RIGHT]
    widths = [36, 18, 26, 12]
    totals: tuple[tuple[str, ...], ...] = ()
    if has_values:
        headings.append(gettext("Borne by the shop"))
        aligns.append(Align.RIGHT)
        widths.append(16)
        total = sum((value_of(line) for line in lines), ZERO)
        totals = ((gettext("Together"), "", "", "", str(total)),)
    return A4Table(tuple(headings), tuple(rows), tuple(widths), tuple(aligns), totals)


def _row(line: SlipLine, *, has_values: bool) -> tuple[str, ...]:
    lot = line.lot
    owner = lot.owner.name if lot.owner is not None else gettext("The shop")
    quantity = f"{written_quantity(line.quantity, lot.product.unit)} {lot.product.unit_label}"
    cells = (lot.product.full_name, lot.number, owner, quantity)
    return (*cells, str(value_of(line))) if has_values else cells


def value_of(line: SlipLine) -> Money:
    """What a line costs the shop: its own goods at their cost, a producer's by the claim."""
    if line.claim is not None:
        return line.claim.due
    return line.lot.cost.times(line.quantity) if line.lot.cost is not None else ZERO


def _pictures(slip: MoveSlip) -> list[A4Part]:
    pictures: list[A4Part] = []
    for file in files_of(slip.record_seq):
        data = current_file_store().read(FileFace(file.sha, file.type, file.size)) if file.type.is_picture else None
        if data is not None and len(pictures) < _MOST_PICTURES:
            pictures.append(A4Picture(data, 80, 60, file.name))
    return pictures
