"""A practice till."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant
from core.database import append_only_ddl

revision = "2026_11_27_a_practice_till"
down_revision = "2026_11_27_transfers_that_are_waited_for"
LIVE = sa.text("state = 'open'")


def upgrade() -> None:
    with op.batch_alter_table("baskets", schema=None) as batch_op:
        batch_op.add_column(sa.Column("practice", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.drop_index("one_open_basket_a_register")
        batch_op.create_index(
            "one_open_basket_a_register",
            ["register_id", "practice"],
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        )

    op.create_table(
        "practice_receipts",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("order_code", sa.Text(), nullable=False),
        sa.Column("register_id", sa.BigInteger(), nullable=False),
        sa.Column("shift_number", sa.BigInteger(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("rung_at", UtcInstant(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_practice_receipts_number_positive")),
        sa.ForeignKeyConstraint(["register_id"], ["registers.id"], name=op.f("fk_practice_receipts_register_id")),
        sa.ForeignKeyConstraint(["shift_number"], ["shifts.number"], name=op.f("fk_practice_receipts_shift_number")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_practice_receipts_staff_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_practice_receipts")),
        sa.UniqueConstraint("key", name=op.f("uq_practice_receipts_key")),
        sa.UniqueConstraint("order_code", name=op.f("uq_practice_receipts_order_code")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_practice_receipts_record_seq")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("practice_receipts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_practice_receipts_register_id"), ["register_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_practice_receipts_shift_number"), ["shift_number"], unique=False)
    for statement in append_only_ddl("practice_receipts", op.get_context().dialect.name):
        op.execute(statement)
