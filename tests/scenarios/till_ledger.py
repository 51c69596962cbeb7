"""What must be true of the money of a shop at every moment, read from its tables by SQL alone and never by its verbs.

The numbers are those of the invariants that the till promises: I4 owed, I5 cash, I6 totals, I9 goods brought back,
I10 tax.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from core.database import db
from core.journal.chain import head


def rows(question: str, **values: object) -> list[Any]:
    """What the shop's database answers."""
    return list(db.session.execute(text(question), values))


def one(question: str, **values: object) -> int:
    """One number, 0 where there is none."""
    return int(db.session.execute(text(question), values).scalar() or 0)


def check_sales_add_up() -> None:
    """A sale is the sum of its lines, and exactly what was paid for it; discounts are the sum of their parts."""
    for number, total, lines, paid, change in rows(
        "SELECT s.number, s.total, (SELECT sum(amount) FROM sale_lines l WHERE l.sale_number = s.number),"
        " (SELECT sum(amount) FROM tenders t WHERE t.sale_number = s.number), s.change FROM sales s"
    ):
        assert total == lines == (paid or 0) - change, f"receipt {number}"
    for number, n, discount, parts in rows(
        "SELECT l.sale_number, l.n, l.discount, coalesce((SELECT sum(amount) FROM line_discounts d"
        " WHERE d.sale_number = l.sale_number AND d.n = l.n), 0) FROM sale_lines l"
    ):
        assert discount == parts, f"line {n} of receipt {number}"


def check_owed() -> None:
    """I4: what a producer is owed is what his lines brought in less what came back, and what his newest slip says."""
    for code, due in rows(
        "SELECT p.code, coalesce((SELECT sum(due) FROM sale_lines l WHERE l.owner_code = p.code), 0)"
        " - coalesce((SELECT sum(due) FROM refund_lines r WHERE r.owner_code = p.code), 0) FROM producers p"
    ):
        owed = one(
            "SELECT coalesce((SELECT sum(due) FROM owed_lines o JOIN producers p ON p.id = o.owner_id"
            " WHERE p.code = :code), 0) - coalesce((SELECT sum(due) FROM owed_reversals r"
            " JOIN producers p ON p.id = r.owner_id WHERE p.code = :code), 0)",
            code=code,
        )
        slip = one("SELECT a FROM slips WHERE own = :code ORDER BY i DESC LIMIT 1", code=code)
        assert due == owed == slip, f"producer {code}: lines {due}, owed {owed}, slip {slip}"


def check_totals(before: tuple[int, int]) -> tuple[int, int]:
    """I6: gross is all that was ever sold and never falls, refunded all that ever went back; answers both."""
    newest = head()
    assert newest is not None
    now = newest.gross.dong, newest.refunded.dong
    assert now == (one("SELECT sum(total) FROM sales"), one("SELECT sum(total) FROM refunds"))
    assert now[0] >= before[0], "gross fell"
    assert now[1] >= before[1], "refunded fell"
    return now


def check_nothing_back_twice() -> None:
    """I9: of no line came more back than was sold, nor more money than was paid; all of it makes exactly all."""
    for number, n, sold, paid, due, vat, back, money, undone, untaxed in rows(
        "SELECT l.sale_number, l.n, l.quantity, l.amount, l.due, l.vat,"
        " sum(r.quantity), sum(r.amount), sum(r.due), sum(r.vat) FROM sale_lines l"
        " JOIN refunds f ON f.sale_number = l.sale_number"
        " JOIN refund_lines r ON r.refund_number = f.number AND r.sale_n = l.n GROUP BY l.sale_number, l.n"
    ):
        line = f"line {n} of receipt {number}"
        assert back <= sold, line
        assert money <= paid, line
        if back == sold:
            assert (money, undone, untaxed) == (paid, due, vat), line


def check_tax() -> None:
    """I10: net is gross * 100 / (100 + rate), rounded once a rate and receipt; the lines' tax adds up to the rest."""
    for number, rate, gross, vat in rows(
        "SELECT sale_number, rate, sum(amount), sum(vat) FROM sale_lines WHERE rate IS NOT NULL"
        " GROUP BY sale_number, rate"
    ):
        percent = int(rate) if rate.isdigit() else 0
        net = (2 * gross * 100 + 100 + percent) // (2 * (100 + percent))
        assert vat == gross - net, f"receipt {number} at {rate} %"


def cash_of_shift(number: int) -> int:
    """I5: float, cash that came in less change, cash that went back, cash put in and taken out."""
    return (
        one("SELECT float FROM shifts WHERE number = :shift", shift=number)
        + one(
            "SELECT sum(t.amount) FROM tenders t JOIN sales s ON s.number = t.sale_number"
            " WHERE t.kind = 'cash' AND s.shift_number = :shift",
            shift=number,
        )
        - one("SELECT sum(change) FROM sales WHERE shift_number = :shift", shift=number)
        - one(
            "SELECT sum(t.amount) FROM refund_tenders t JOIN refunds f ON f.number = t.refund_number"
            " WHERE t.kind = 'cash' AND f.shift_number = :shift",
            shift=number,
        )
    )
