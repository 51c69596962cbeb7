"""Labels that a person is about to print: working rows, one for each product or lot and kind, gone once printed."""

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.staff import Staff
from inventory.catalogue.product import Product, need_goods
from inventory.labels.label_kind import LabelKind
from inventory.lot import Lot
from inventory.receiving.receipt_table import GoodsReceipt
from inventory.stock_move import StockMove

MOST_COPIES = 500


class WrongCopies(RuleBroken):
    """A slip of the finger would use up the roll."""

    message = N_("Print 1 to %(most)s labels of one kind, not %(copies)s. Type another number.")


class LabelWish(Base):
    """One line of what a person wants to print."""

    __tablename__ = "label_wishes"
    __table_args__ = (CheckConstraint("copies > 0", "copies_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    kind: Mapped[LabelKind]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    copies: Mapped[int]

    product: Mapped[Product] = relationship(viewonly=True, lazy="joined", innerjoin=True)
    lot: Mapped[Lot | None] = relationship(viewonly=True, lazy="joined")


def wishes_of(staff: Staff) -> list[LabelWish]:
    """What a person wants to print, in the order in which it was put there."""
    return list(db.session.scalars(select(LabelWish).where(LabelWish.staff_id == staff.id).order_by(LabelWish.id)))


def wish_of(staff: Staff, number: int) -> LabelWish | None:
    """One line of a person's own list."""
    wish = db.session.get(LabelWish, number)
    return wish if wish is not None and wish.staff_id == staff.id else None


def wish_label(staff: Staff, product: Product, lot: Lot | None, kind: LabelKind, *, copies: int = 1) -> LabelWish:
    """Put a label on the list; the same one again raises its number."""
    need_goods(product)
    same = next(
        (
            wish
            for wish in wishes_of(staff)
            if (wish.kind, wish.product_id, wish.lot_id) == (kind, product.id, lot.id if lot else None)
        ),
        None,
    )
    if same is not None:
        change_copies(same, same.copies + copies)
        return same
    wish = LabelWish(
        staff_id=staff.id,
        kind=kind,
        product_id=product.id,
        lot_id=lot.id if lot else None,
        copies=check_copies(copies),
    )
    db.session.add(wish)
    db.session.flush()
    return wish


def wish_receipt(staff: Staff, receipt: GoodsReceipt, kind: LabelKind) -> list[LabelWish]:
    """Put every lot of a goods receipt on the list, as many as came; what is sold by weight gets one label."""
    return [wish_label(staff, lot.product, lot, kind, copies=pieces_received(lot)) for lot in receipt.lots]


def pieces_received(lot: Lot) -> int:
    """How many labels a lot needs: as many pieces as came, one where it is sold by measure."""
    moves = select(StockMove.quantity).where(StockMove.lot_id == lot.id, StockMove.record_seq == lot.record_seq)
    came = db.session.scalars(moves.order_by(StockMove.id)).first()
    if came is None or lot.product.unit.divisible:
        return 1
    return max(1, min(MOST_COPIES, came.thousandths // 1000))


def change_copies(wish: LabelWish, copies: int) -> None:
    """Print another number of a label."""
    wish.copies = check_copies(copies)
    db.session.flush()


def change_kind(wish: LabelWish, kind: LabelKind) -> None:
    """Make it another kind of label."""
    wish.kind = kind
    db.session.flush()


def check_copies(copies: int) -> int:
    """A number of labels that may be printed at once."""
    if not 1 <= copies <= MOST_COPIES:
        raise WrongCopies(most=MOST_COPIES, copies=copies)
    return copies


def drop_wish(wish: LabelWish) -> None:
    """Take a line off the list."""
    db.session.delete(wish)
    db.session.flush()


def drop_wishes(staff: Staff) -> None:
    """Clear a person's list."""
    for wish in wishes_of(staff):
        db.session.delete(wish)
    db.session.flush()
