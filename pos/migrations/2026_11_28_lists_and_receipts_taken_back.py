"""Lists of goods that were entered, and what of them, or of a goods receipt, was taken back."""

import sqlalchemy as sa
from alembic import op

from core.database import append_only_ddl

revision = "2026_11_28_lists_and_receipts_taken_back"
down_revision = "2026_11_28_claims_for_lost_goods"


def upgrade() -> None:
    op.create_table(
        "goods_lists",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("entered", sa.BigInteger(), nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("first_seq <= last_seq", name=op.f("ck_goods_lists_has_records")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_goods_lists")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_goods_lists_record_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "goods_lists_back",
        sa.Column("list_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["list_number"], ["goods_lists.number"], name=op.f("fk_goods_lists_back_list_number")),
        sa.PrimaryKeyConstraint("list_number", name=op.f("pk_goods_lists_back")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_goods_lists_back_record_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "receipt_reversals",
        sa.Column("receipt_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["receipt_number"], ["goods_receipts.number"], name=op.f("fk_receipt_reversals_receipt_number")
        ),
        sa.PrimaryKeyConstraint("receipt_number", name=op.f("pk_receipt_reversals")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_receipt_reversals_record_seq")),
        sqlite_strict=True,
    )
    dialect = op.get_context().dialect.name
    for table in ("goods_lists", "goods_lists_back", "receipt_reversals"):
        for statement in append_only_ddl(table, dialect):
            op.execute(statement)
