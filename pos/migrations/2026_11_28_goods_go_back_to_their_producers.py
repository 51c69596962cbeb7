"""Goods go back to their producers, with a slip; what is gathered for that survives a power cut."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant
from core.database import append_only_ddl

revision = "2026_11_28_goods_go_back_to_their_producers"
down_revision = "2026_11_28_stock_of_past_days"

_APPENDED = ("goods_returns", "goods_return_lines")


def upgrade() -> None:
    op.create_table(
        "goods_returns",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("producer_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_goods_returns_number_positive")),
        sa.ForeignKeyConstraint(["producer_id"], ["producers.id"], name=op.f("fk_goods_returns_producer_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_goods_returns")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_goods_returns_record_seq")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_goods_returns_producer_id"), "goods_returns", ["producer_id"])
    op.create_table(
        "goods_return_lines",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lot_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "reason IN ('unsold', 'expiring', 'faulty', 'end_of_agreement', 'recall')",
            name=op.f("ck_goods_return_lines_known_reason"),
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_goods_return_lines_lot_id")),
        sa.PrimaryKeyConstraint("record_seq", "n", name=op.f("pk_goods_return_lines")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_goods_return_lines_lot_id"), "goods_return_lines", ["lot_id"])
    _make_drafts()
    for table in _APPENDED:
        for statement in append_only_ddl(table, op.get_context().dialect.name):
            op.execute(statement)


def _make_drafts() -> None:
    op.create_table(
        "goods_return_drafts",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("producer_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("opened_at", UtcInstant(), nullable=False),
        sa.ForeignKeyConstraint(["producer_id"], ["producers.id"], name=op.f("fk_goods_return_drafts_producer_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_goods_return_drafts_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_return_drafts")),
        sqlite_strict=True,
    )
    op.create_table(
        "goods_return_draft_lines",
        sa.Column("draft_id", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("lot_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_goods_return_draft_lines_quantity_not_negative")),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["goods_return_drafts.id"], name=op.f("fk_goods_return_draft_lines_draft_id")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_goods_return_draft_lines_lot_id")),
        sa.ForeignKeyConstraint(["source"], ["locations.code"], name=op.f("fk_goods_return_draft_lines_source")),
        sa.PrimaryKeyConstraint("draft_id", "n", name=op.f("pk_goods_return_draft_lines")),
        sqlite_strict=True,
    )
