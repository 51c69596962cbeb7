"""Goods between points of sale: points whose files are believed, what was sent, what was answered, what arrived."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant
from core.database import append_only_ddl

revision = "2026_11_28_goods_between_points"
down_revision = "2026_11_28_several_deliveries_wait_while_they_are_looked_through"

_NOW = (
    "kind IN ('shelf', 'stockroom', 'producer', 'customer', 'loss', 'used', 'difference', 'on_the_way', 'other_point')"
)


def upgrade() -> None:
    with op.batch_alter_table("locations", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.drop_constraint(op.f("ck_locations_known_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_locations_known_kind"), _NOW)
    op.create_table(
        "other_points",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("trusted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("record_seq", name=op.f("pk_other_points")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_other_points_tid"), "other_points", ["tid"])
    op.create_table(
        "transfers",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("to_tid", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_transfers_number_positive")),
        sa.ForeignKeyConstraint(["source"], ["locations.code"], name=op.f("fk_transfers_source")),
        sa.PrimaryKeyConstraint("record_seq", name=op.f("pk_transfers")),
        sa.UniqueConstraint("number", name=op.f("uq_transfers_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_transfers_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "transfer_answers",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("transfer_seq", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["transfer_seq"], ["transfers.record_seq"], name=op.f("fk_transfer_answers_transfer_seq")
        ),
        sa.PrimaryKeyConstraint("record_seq", name=op.f("pk_transfer_answers")),
        sa.UniqueConstraint("transfer_seq", name=op.f("uq_transfer_answers_transfer_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "arrived_transfers",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("from_tid", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("answer_text", sa.Text(), nullable=False),
        sa.Column("answer_signature", sa.Text(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record_seq", name=op.f("pk_arrived_transfers")),
        sa.UniqueConstraint("uid", name=op.f("uq_arrived_transfers_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "waiting_point_files",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("taken_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_waiting_point_files")),
        sqlite_strict=True,
    )
    for table in ("other_points", "transfers", "transfer_answers", "arrived_transfers"):
        for statement in append_only_ddl(table, op.get_context().dialect.name):
            op.execute(statement)
