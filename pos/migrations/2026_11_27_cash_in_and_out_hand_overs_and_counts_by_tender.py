"""Cash in and out without a sale, deposits seen at the bank, hand-overs, and counts by tender."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant
from core.database import append_only_ddl

revision = "2026_11_27_cash_in_and_out_hand_overs_and_counts_by_tender"
down_revision = "2026_11_27_goods_brought_back"


def upgrade() -> None:
    op.create_table(
        "cash_moves",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("register_id", sa.BigInteger(), nullable=True),
        sa.Column("shift_number", sa.BigInteger(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("moved_at", UtcInstant(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("payee", sa.Text(), nullable=False),
        sa.Column("payee_mark", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_cash_moves_amount_positive")),
        sa.CheckConstraint(
            "(place = 'drawer') = (shift_number IS NOT NULL)", name=op.f("ck_cash_moves_a_drawer_has_its_shift")
        ),
        sa.ForeignKeyConstraint(["register_id"], ["registers.id"], name=op.f("fk_cash_moves_register_id")),
        sa.ForeignKeyConstraint(["shift_number"], ["shifts.number"], name=op.f("fk_cash_moves_shift_number")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_cash_moves_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_moves")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_cash_moves_record_seq")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("cash_moves", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cash_moves_shift_number"), ["shift_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_cash_moves_day"), ["day"], unique=False)
    op.create_table(
        "deposits_seen",
        sa.Column("move_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seen_at", UtcInstant(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_deposits_seen_amount_not_negative")),
        sa.ForeignKeyConstraint(["move_id"], ["cash_moves.id"], name=op.f("fk_deposits_seen_move_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_deposits_seen_staff_id")),
        sa.PrimaryKeyConstraint("move_id", name=op.f("pk_deposits_seen")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_deposits_seen_record_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "hand_overs",
        sa.Column("shift_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("from_number", sa.BigInteger(), nullable=False),
        sa.Column("handed", sa.BigInteger(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("handed >= 0", name=op.f("ck_hand_overs_handed_not_negative")),
        sa.ForeignKeyConstraint(["from_number"], ["shifts.number"], name=op.f("fk_hand_overs_from_number")),
        sa.ForeignKeyConstraint(["shift_number"], ["shifts.number"], name=op.f("fk_hand_overs_shift_number")),
        sa.PrimaryKeyConstraint("shift_number", name=op.f("pk_hand_overs")),
        sa.UniqueConstraint("from_number", name=op.f("uq_hand_overs_from_number")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_hand_overs_record_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "shift_counts",
        sa.Column("shift_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=True),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("counted >= 0", name=op.f("ck_shift_counts_counted_not_negative")),
        sa.ForeignKeyConstraint(["shift_number"], ["shifts.number"], name=op.f("fk_shift_counts_shift_number")),
        sa.PrimaryKeyConstraint("shift_number", "kind", name=op.f("pk_shift_counts")),
        sqlite_strict=True,
    )
    for table in ("cash_moves", "deposits_seen", "hand_overs", "shift_counts"):
        for statement in append_only_ddl(table, op.get_context().dialect.name):
            op.execute(statement)
