"""Delivery slips that both sides confirm: counter codes, the producer's word, what was announced and what refused."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant
from core.database import append_only_ddl

revision = "2026_11_28_slips_that_both_sides_confirm"
down_revision = "2026_11_28_lists_and_receipts_taken_back"

_APPENDED = ("confirmations", "delivery_slip_lines", "delivery_refusals")


def upgrade() -> None:
    op.create_table(
        "counter_codes",
        sa.Column("producer_id", sa.BigInteger(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("set_at", UtcInstant(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["producer_id"], ["producers.id"], name=op.f("fk_counter_codes_producer_id")),
        sa.PrimaryKeyConstraint("producer_id", name=op.f("pk_counter_codes")),
        sqlite_strict=True,
    )
    op.create_table(
        "confirmations",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("producer_id", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=True),
        sa.CheckConstraint("way IN ('code', 'signature', 'absent')", name=op.f("ck_confirmations_known_way")),
        sa.CheckConstraint(
            "(way = 'signature') = (signature IS NOT NULL)", name=op.f("ck_confirmations_signature_is_kept")
        ),
        sa.ForeignKeyConstraint(["producer_id"], ["producers.id"], name=op.f("fk_confirmations_producer_id")),
        sa.PrimaryKeyConstraint("record_seq", name=op.f("pk_confirmations")),
        sqlite_strict=True,
    )
    op.create_table(
        "delivery_slip_lines",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("line", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("announced", sa.BigInteger(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("announced >= 0", name=op.f("ck_delivery_slip_lines_announced_not_negative")),
        sa.CheckConstraint("price > 0", name=op.f("ck_delivery_slip_lines_price_positive")),
        sa.PrimaryKeyConstraint("record_seq", "line", name=op.f("pk_delivery_slip_lines")),
        sqlite_strict=True,
    )
    op.create_table(
        "delivery_refusals",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("announced", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("announced >= 0", name=op.f("ck_delivery_refusals_announced_not_negative")),
        sa.CheckConstraint("reason <> 'other' OR note <> ''", name=op.f("ck_delivery_refusals_explained")),
        sa.CheckConstraint(
            "reason IN ('broken', 'no_label', 'expired', 'too_warm', 'no_papers', 'wrong_goods', 'other')",
            name=op.f("ck_delivery_refusals_known_reason"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_delivery_refusals_quantity_positive")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_delivery_refusals_product_id")),
        sa.PrimaryKeyConstraint("record_seq", "n", name=op.f("pk_delivery_refusals")),
        sqlite_strict=True,
    )
    for table in _APPENDED:
        for statement in append_only_ddl(table, op.get_context().dialect.name):
            op.execute(statement)
