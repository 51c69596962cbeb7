"""The two papers of a slip: one for each side, printed together; later ones say BẢN SAO n."""

from dataclasses import dataclass
from functools import partial

from sqlalchemy import select

from core.database import db
from core.staff import Staff
from inventory.receiving.goods_return_table import GoodsReturn
from inventory.receiving.receipt_table import GoodsReceipt
from inventory.receiving.slip_paper import delivery_slip_of, return_slip_of
from printers.blocks import Block
from printers.copies import next_copy
from printers.goods_documents import PRODUCERS, SHOPS
from printers.layouts.goods_slip import lay_out_goods_slip
from printers.spool import PrintJob, enqueue, mark_of, paper_columns, register_maker


@dataclass(frozen=True, slots=True)
class PairOfSlips:
    """The kinds of papers of one document: the producer's and the shop's."""

    producers: str
    shops: str


DELIVERY_SLIPS = PairOfSlips("delivery_slip", "delivery_slip_kept")
RETURN_SLIPS = PairOfSlips("producer_return_slip", "producer_return_slip_kept")


def print_copies(kinds: PairOfSlips, number: int, *, by: Staff) -> list[PrintJob]:
    """Print both sides' papers of a document, inside its transaction or later."""
    return [enqueue(kind, number, copy=next_copy(kind, number), by=by) for kind in (kinds.producers, kinds.shops)]


def papers_of(kinds: PairOfSlips, number: int) -> list[PrintJob]:
    """What became of the papers of a document, the newest first."""
    jobs = select(PrintJob).where(PrintJob.kind.in_((kinds.producers, kinds.shops)), PrintJob.number == number)
    return list(db.session.scalars(jobs.order_by(PrintJob.id.desc())))


def draw_delivery_slip(kind: str, number: int, copy: int, again: bool) -> list[Block]:
    """The blocks of a delivery's paper for the spool."""
    receipt, side = db.session.get_one(GoodsReceipt, number), side_of(DELIVERY_SLIPS, kind)
    slip = delivery_slip_of(receipt, side=side, mark=mark_of(kind, number, copy, again))
    return lay_out_goods_slip(slip, paper_columns())


def draw_return_slip(kind: str, number: int, copy: int, again: bool) -> list[Block]:
    """The blocks of a return's paper for the spool."""
    returned, side = db.session.get_one(GoodsReturn, number), side_of(RETURN_SLIPS, kind)
    slip = return_slip_of(returned, side=side, mark=mark_of(kind, number, copy, again))
    return lay_out_goods_slip(slip, paper_columns())


def side_of(kinds: PairOfSlips, kind: str) -> str:
    """Whose paper a kind is."""
    return PRODUCERS if kind == kinds.producers else SHOPS


def register_slips() -> None:
    """Tell the spool how the papers between producer and point are drawn."""
    for kinds, draw in ((DELIVERY_SLIPS, draw_delivery_slip), (RETURN_SLIPS, draw_return_slip)):
        for kind in (kinds.producers, kinds.shops):
            register_maker(kind, partial(draw, kind))
