"""Deliveries while they are entered."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant

revision = "2026_11_22_deliveries_while_they_are_entered"
down_revision = "2026_11_22_paper_that_waits_for_a_printer"


def upgrade() -> None:
    op.create_table(
        "delivery_drafts",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("supplier_id", sa.BigInteger(), nullable=True),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("commission", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("opened_at", UtcInstant(), nullable=False),
        sa.CheckConstraint("commission BETWEEN 0 AND 10000", name=op.f("ck_delivery_drafts_commission_within_whole")),
        sa.CheckConstraint(
            "terms IN ('bought', 'commission', 'delivery_price')", name=op.f("ck_delivery_drafts_known_terms")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_delivery_drafts_staff_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["producers.id"], name=op.f("fk_delivery_drafts_supplier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_drafts")),
        sa.UniqueConstraint("staff_id", name=op.f("uq_delivery_drafts_staff_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "delivery_draft_lines",
        sa.Column("draft_id", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("best_before", sa.Date(), nullable=True),
        sa.Column("producer_lot", sa.Text(), nullable=False),
        sa.Column("papers", sa.Text(), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_delivery_draft_lines_quantity_not_negative")),
        sa.ForeignKeyConstraint(["draft_id"], ["delivery_drafts.id"], name=op.f("fk_delivery_draft_lines_draft_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_delivery_draft_lines_product_id")),
        sa.PrimaryKeyConstraint("draft_id", "n", name=op.f("pk_delivery_draft_lines")),
        sqlite_strict=True,
    )
