"""Small honest journals to be looked at, changed and replayed."""

from __future__ import annotations

import json
import random
from typing import Any

from sqlalchemy import select

from core.database import db, transaction
from core.journal.chain import JournalRecord, next_seq, write_record
from core.journal.export import sealed_rows
from core.journal.record import Kind
from core.journal.slips import write_slips
from core.journal.verify import walk
from core.staff import Role, hire

GOODS = ["mật ong bạc hà", "chè Shan tuyết", "nước mắm Cửa Khe", "tỏi Lý Sơn", "quế Trà Bồng"]
OWNERS = ["P01", "P02", "P03", None]


def sale_line(n: int, chance: random.Random) -> dict[str, Any]:
    """One line of a sale, of a producer's goods or of the shop's own."""
    own = chance.choice(OWNERS)
    amount = chance.randrange(1, 400) * 500
    due = amount * 85 // 100 if own else 0
    name = chance.choice(GOODS)
    return {"n": n, "sku": "8930000000017", "own": own, "name": name, "qty": 1000 * n, "amt": amount, "due": due}


def write_sale(chance: random.Random) -> None:
    """A sale of one to three lines, with the slips of its producers."""
    seq = next_seq()
    lines = [sale_line(n, chance) for n in range(1, chance.randrange(2, 5))]
    body = {"lines": lines, "slips": write_slips(lines, seq), "total": sum(line["amt"] for line in lines)}
    write_record(Kind.SALE, body, by=None, shift=1)


def write_refund(chance: random.Random) -> None:
    """Goods of one line brought back, with the slip of its producer."""
    seq, amount = next_seq(), chance.randrange(1, 50) * 500
    own = OWNERS[amount // 500 % len(OWNERS)]
    line = {"n": 1, "sku": "8930000000017", "own": own, "qty": 1000, "amt": amount, "due": amount // 2 if own else 0}
    body = {"lines": [line], "slips": write_slips([line], seq, kind=Kind.REFUND), "total": amount}
    write_record(Kind.REFUND, body, by=None, shift=1)


def write_something(chance: random.Random) -> None:
    """Mostly a sale; now and then a refund, a voided basket, a price, practice."""
    kind = chance.choices(
        [Kind.SALE, Kind.REFUND, Kind.VOID, Kind.PRICE, Kind.TRAINING, Kind.VISITOR], [10, 2, 2, 2, 1, 3]
    )[0]
    if kind is Kind.SALE:
        write_sale(chance)
    elif kind is Kind.REFUND:
        write_refund(chance)
    elif kind in (Kind.TRAINING, Kind.VOID):
        write_record(kind, {"total": chance.randrange(1, 50) * 500, "why": "đổi ý"}, by=None)
    elif kind is Kind.PRICE:
        write_record(kind, {"sku": "8930000000017", "price": chance.randrange(1, 400) * 500}, by=None)
    else:
        write_record(kind, {"n": 1}, by=None)


def tell(records: int, seed: int = 1) -> None:
    """A journal of exactly so many records: GENESIS, a first person, then whatever comes, in small transactions."""
    chance = random.Random(seed)
    with transaction():
        hire(name="Lê Thị Hoa", role=Role.OWNER, pin="246810", by=None)
    left = records - 2
    while left:
        together = min(left, chance.randrange(1, 4))
        with transaction():
            for _ in range(together):
                write_something(chance)
        left -= together


def write(kind: Kind = Kind.VISITOR, **body: Any) -> JournalRecord:
    """One record in a transaction of its own."""
    with transaction():
        return write_record(kind, body, by=None)


def records() -> list[dict[str, Any]]:
    """What all records say."""
    db.session.rollback()
    return [json.loads(text) for text in db.session.scalars(select(JournalRecord.record).order_by(JournalRecord.seq))]


def kinds() -> list[str]:
    """What all records tell of."""
    return [record["typ"] for record in records()]


def is_whole() -> bool:
    """Whether nothing is wrong with the journal."""
    db.session.rollback()
    return walk(sealed_rows(db.session())).fault is None
