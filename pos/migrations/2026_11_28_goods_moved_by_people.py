"""Goods moved by people: between shelf and stockroom, written off, used up, moved back; and slips being entered."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant
from core.database import append_only_ddl

revision = "2026_11_28_goods_moved_by_people"
down_revision = "2026_11_28_consents_to_sell_below_what_was_agreed"


def upgrade() -> None:
    op.create_table(
        "move_slips",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=False),
        sa.Column("answers", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_move_slips_number_positive")),
        sa.CheckConstraint(
            "kind IN ('shelf_move', 'write_off', 'own_use', 'move_back')", name=op.f("ck_move_slips_known_kind")
        ),
        sa.CheckConstraint(
            "(kind = 'move_back') = (answers IS NOT NULL)", name=op.f("ck_move_slips_a_move_back_answers")
        ),
        sa.CheckConstraint(
            "(kind IN ('write_off', 'own_use')) = (cause IS NOT NULL)", name=op.f("ck_move_slips_a_loss_has_a_cause")
        ),
        sa.CheckConstraint("kind = 'shelf_move' OR reason <> ''", name=op.f("ck_move_slips_a_loss_has_a_reason")),
        sa.ForeignKeyConstraint(["answers"], ["move_slips.record_seq"], name=op.f("fk_move_slips_answers")),
        sa.PrimaryKeyConstraint("record_seq", name=op.f("pk_move_slips")),
        sa.UniqueConstraint("kind", "number", name=op.f("uq_move_slips_kind_number")),
        sqlite_strict=True,
    )
    op.create_index("uq_move_slips_answers", "move_slips", ["answers"], unique=True)
    op.create_table(
        "move_drafts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("opened_at", UtcInstant(), nullable=False),
        sa.CheckConstraint(
            "purpose IN ('to_shelf', 'to_stockroom', 'write_off', 'own_use', 'transfer')",
            name=op.f("ck_move_drafts_known_purpose"),
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_move_drafts_staff_id")),
        sa.ForeignKeyConstraint(["source"], ["locations.code"], name=op.f("fk_move_drafts_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move_drafts")),
        sa.UniqueConstraint("staff_id", "purpose", name=op.f("uq_move_drafts_staff_id_purpose")),
        sqlite_strict=True,
    )
    op.create_table(
        "move_draft_lines",
        sa.Column("draft_id", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("lot_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_move_draft_lines_quantity_not_negative")),
        sa.ForeignKeyConstraint(["draft_id"], ["move_drafts.id"], name=op.f("fk_move_draft_lines_draft_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_move_draft_lines_lot_id")),
        sa.PrimaryKeyConstraint("draft_id", "n", name=op.f("pk_move_draft_lines")),
        sqlite_strict=True,
    )
    for statement in append_only_ddl("move_slips", op.get_context().dialect.name):
        op.execute(statement)
