"""Lots that the shop lays aside by itself, and what was found of recalled goods."""

import sqlalchemy as sa
from alembic import op

from core.columns import QuantityType, UtcInstant
from core.database import append_only_ddl

revision = "2026_11_28_lots_on_hold_and_goods_found_for_a_recall"
down_revision = "2026_11_28_slips_that_both_sides_confirm"


def upgrade() -> None:
    op.create_table(
        "lot_holds",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("lot_id", sa.BigInteger(), nullable=False),
        sa.Column("since", UtcInstant(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_lot_holds_reasoned")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_lot_holds_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_holds")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_lot_holds_record_seq")),
        sa.UniqueConstraint("uid", name=op.f("uq_lot_holds_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("lot_holds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lot_holds_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "lot_releases",
        sa.Column("hold_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since", UtcInstant(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_lot_releases_reasoned")),
        sa.ForeignKeyConstraint(["hold_id"], ["lot_holds.id"], name=op.f("fk_lot_releases_hold_id")),
        sa.PrimaryKeyConstraint("hold_id", name=op.f("pk_lot_releases")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_lot_releases_record_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "recall_acks",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("recall_id", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["recall_id"], ["recalls.id"], name=op.f("fk_recall_acks_recall_id")),
        sa.PrimaryKeyConstraint("record_seq", name=op.f("pk_recall_acks")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("recall_acks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recall_acks_recall_id"), ["recall_id"], unique=False)

    op.create_table(
        "recall_finds",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("line", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lot_id", sa.BigInteger(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("book", QuantityType(), nullable=False),
        sa.Column("found", QuantityType(), nullable=False),
        sa.CheckConstraint("found >= 0", name=op.f("ck_recall_finds_found_not_negative")),
        sa.ForeignKeyConstraint(["location"], ["locations.code"], name=op.f("fk_recall_finds_location")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_recall_finds_lot_id")),
        sa.ForeignKeyConstraint(["record_seq"], ["recall_acks.record_seq"], name=op.f("fk_recall_finds_record_seq")),
        sa.PrimaryKeyConstraint("record_seq", "line", name=op.f("pk_recall_finds")),
        sqlite_strict=True,
    )
    for table in ("lot_holds", "lot_releases", "recall_acks", "recall_finds"):
        for statement in append_only_ddl(table, op.get_context().dialect.name):
            op.execute(statement)
