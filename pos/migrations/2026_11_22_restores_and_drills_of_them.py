"""Restores and drills of them: numbers that stay unused, and what each drill found."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant
from core.database import append_only_ddl

revision = "2026_11_22_restores_and_drills_of_them"
down_revision = "2026_11_22_a_list_of_goods_while_it_is_looked_over"


def upgrade() -> None:
    op.create_table(
        "skipped_numbers",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.Column("up_to", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("series", "record_seq", name=op.f("pk_skipped_numbers")),
        sqlite_strict=True,
    )
    op.create_table(
        "drills",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("drilled_at", UtcInstant(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("backup", sa.Text(), nullable=True),
        sa.Column("backup_made_at", UtcInstant(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("hash", sa.Text(), nullable=True),
        sa.Column("gross", sa.BigInteger(), nullable=True),
        sa.Column("refunded", sa.BigInteger(), nullable=True),
        sa.Column("sales", sa.BigInteger(), nullable=True),
        sa.Column("compared", sa.BigInteger(), nullable=False),
        sa.Column("took_ms", sa.BigInteger(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("compared >= 0", name=op.f("ck_drills_compared_rows")),
        sa.CheckConstraint("took_ms >= 0", name=op.f("ck_drills_took_time")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_drills_staff_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_drills")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_drills_record_seq")),
        sqlite_strict=True,
    )
    for table in ("skipped_numbers", "drills"):
        for statement in append_only_ddl(table, op.get_context().dialect.name):
            op.execute(statement)
