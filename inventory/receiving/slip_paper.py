"""Slips of deliveries and returns as data for paper, from what was frozen when both sides confirmed."""

from datetime import date
from typing import Any

from sqlalchemy import select

from config.settings import Settings
from core.current_settings import settings_then
from core.database import db
from core.file_store import FileFace, current_file_store
from core.i18n import gettext, use
from core.journal.chain import JournalRecord
from core.money import Money
from core.staff import Staff
from inventory.location import Location
from inventory.lot import Lot, Terms, TermsKind
from inventory.receiving.confirmation import CONFIRMED_NAMES, KeptConfirmation, confirmation_of
from inventory.receiving.fingerprint import fingerprint_from
from inventory.receiving.goods_return_table import RETURN_REASON_NAMES, GoodsReturn, GoodsReturnLine
from inventory.receiving.receipt_reversal import ReceiptReversal
from inventory.receiving.receipt_table import GoodsReceipt
from inventory.receiving.refusal import REFUSAL_NAMES, Refusal
from inventory.receiving.slip_line import SlipLine
from inventory.stock_move import StockMove
from printers.documents import CopyMark, ShopHead
from printers.goods_documents import ORIGINAL, PRODUCERS, GoodsSlip, SlipGoods, SlipRefused


def delivery_slip_of(receipt: GoodsReceipt, *, side: str = PRODUCERS, mark: CopyMark = ORIGINAL) -> GoodsSlip:
    """The slip of a goods receipt: a copy says the same as the first paper."""
    moves = select(StockMove).where(StockMove.record_seq == receipt.record_seq)
    came = {move.line: move for move in db.session.scalars(moves)}
    said = {words.line: words for words in receipt.words}
    settings = settings_then(receipt.record_seq, receipt.day)
    with use(settings.receipt.language):
        goods = tuple(goods_received(lot, came[lot.line], said.get(lot.line)) for lot in receipt.lots)
        refused = tuple(goods_refused(refusal) for refusal in receipt.refusals)
        return GoodsSlip(
            **common(receipt.record_seq, receipt.staff_code, settings),
            number=receipt.number,
            day=receipt.day,
            into=True,
            consigned=any(lot.owner_id is not None for lot in receipt.lots),
            producer=receipt.supplier.name,
            producer_code=receipt.supplier.code,
            goods=goods,
            refused=refused,
            total=total_of(goods),
            note=receipt.note,
            side=side,
            taken_back=db.session.get(ReceiptReversal, receipt.number) is not None,
            mark=mark,
        )


def return_slip_of(returned: GoodsReturn, *, side: str = PRODUCERS, mark: CopyMark = ORIGINAL) -> GoodsSlip:
    """The slip of goods that went back."""
    settings = settings_then(returned.record_seq, returned.day)
    with use(settings.receipt.language):
        goods = tuple(goods_gone_back(line) for line in returned.lines)
        return GoodsSlip(
            **common(returned.record_seq, returned.staff_code, settings),
            number=returned.number,
            day=returned.day,
            into=False,
            consigned=returned.lines[0].lot.owner_id is not None,
            producer=returned.producer.name,
            producer_code=returned.producer.code,
            goods=goods,
            total=total_of(goods),
            note=returned.note,
            side=side,
            mark=mark,
        )


def common(record_seq: int, staff_code: str, settings: Settings) -> dict[str, Any]:
    """What both kinds of slips say: who, when, how it was confirmed, and the fingerprint of the record."""
    record = db.session.get_one(JournalRecord, record_seq)
    word = confirmation_of(record_seq)
    return {
        "shop": ShopHead.of(settings.shop),
        "at": record.ts,
        "clerk": db.session.scalar(select(Staff.name).where(Staff.code == staff_code)) or staff_code,
        "fingerprint": fingerprint_from(record.hash),
        "record": record_seq,
        "word": gettext(CONFIRMED_NAMES[word.way]) if word is not None else "",
        "signed": word is not None and word.is_given,
        "signature": signature_of(word),
        "demo": settings.demo,
        "language": settings.receipt.language,
    }


def signature_of(word: KeptConfirmation | None) -> bytes | None:
    """The picture of a signature; None where there is none, or where its file is gone or altered."""
    if word is None or word.picture is None:
        return None
    kept = word.picture
    return current_file_store().read(FileFace(kept.sha256, kept.type, kept.size))


def goods_received(lot: Lot, move: StockMove, said: SlipLine | None) -> SlipGoods:
    """One accepted line."""
    announced = said.announced if said is not None else None
    return SlipGoods(
        name=lot.product.full_name,
        quantity=move.quantity,
        unit=lot.product.unit,
        unit_label=lot.product.unit_label,
        words=terms_in_words(lot.frozen_terms),
        lot=lot_in_words(lot),
        before=last_day(lot),
        announced=announced if announced != move.quantity else None,
        price=said.price if said is not None else None,
        amount=amount_of(lot, move),
        place=place_in_words(move.target),
    )


def goods_refused(refusal: Refusal) -> SlipRefused:
    """One line that was not taken in."""
    reason = gettext(REFUSAL_NAMES[refusal.reason])
    return SlipRefused(
        name=refusal.product.full_name,
        quantity=refusal.quantity,
        unit=refusal.product.unit,
        unit_label=refusal.product.unit_label,
        why=f"{reason} ({refusal.note})" if refusal.note else reason,
        announced=refusal.announced,
    )


def goods_gone_back(line: GoodsReturnLine) -> SlipGoods:
    """One line that went back."""
    product = line.lot.product
    return SlipGoods(
        name=product.full_name,
        quantity=line.move.quantity,
        unit=product.unit,
        unit_label=product.unit_label,
        words=gettext(RETURN_REASON_NAMES[line.reason]),
        lot=lot_in_words(line.lot),
        before=last_day(line.lot),
        amount=line.amount,
        place=place_in_words(line.move.source),
    )


def amount_of(lot: Lot, move: StockMove) -> Money | None:
    """What all of a line costs, or brings the producer; nothing that is known before the sale on commission."""
    for_one = lot.cost if lot.cost is not None else lot.delivery_price
    return for_one.times(move.quantity) if for_one is not None else None


def total_of(goods: tuple[SlipGoods, ...]) -> Money | None:
    """The sum of the lines; None where not all of them name an amount."""
    amounts = [line.amount for line in goods if line.amount is not None]
    return sum(amounts[1:], amounts[0]) if amounts and len(amounts) == len(goods) else None


def terms_in_words(terms: Terms) -> str:
    """The terms of a line as the producer reads them."""
    if terms.kind is TermsKind.COMMISSION:
        assert terms.commission is not None
        whole, rest = divmod(terms.commission, 100)
        percent = f"{whole},{rest:02d}".rstrip("0").rstrip(",") if rest else str(whole)
        return gettext("Consigned, the shop keeps %(percent)s", percent=f"{percent}\N{NO-BREAK SPACE}%")
    if terms.kind is TermsKind.DELIVERY_PRICE:
        return gettext("Consigned at %(price)s for one", price=terms.delivery_price)
    return gettext("Bought at %(price)s for one", price=terms.cost)


def lot_in_words(lot: Lot) -> str:
    """Our number of a lot, and the producer's where he has one."""
    return f"{lot.number} / {lot.producer_lot}" if lot.producer_lot else lot.number


def last_day(lot: Lot) -> date | None:
    """The last day a lot may be sold."""
    return lot.best_before or lot.sell_by


def place_in_words(code: str) -> str:
    """A place of the shop by its name."""
    return db.session.scalar(select(Location.name).where(Location.code == code)) or code
