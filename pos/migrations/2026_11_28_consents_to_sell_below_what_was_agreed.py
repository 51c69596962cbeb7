"""Consents to sell below what was agreed."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant
from core.database import append_only_ddl

revision = "2026_11_28_consents_to_sell_below_what_was_agreed"
down_revision = "2026_11_28_delivery_requests"


def upgrade() -> None:
    op.create_table(
        "markdown_consents",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("producer_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("lot_id", sa.BigInteger(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("share", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_markdown_consents_reasoned")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_markdown_consents_ends_after_it_begins")),
        sa.CheckConstraint("price > 0", name=op.f("ck_markdown_consents_price_positive")),
        sa.CheckConstraint("share BETWEEN 0 AND 10000", name=op.f("ck_markdown_consents_share_within_whole")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_markdown_consents_lot_id")),
        sa.ForeignKeyConstraint(["producer_id"], ["producers.id"], name=op.f("fk_markdown_consents_producer_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_markdown_consents_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_markdown_consents")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_markdown_consents_record_seq")),
        sa.UniqueConstraint("uid", name=op.f("uq_markdown_consents_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("markdown_consents", schema=None) as batch_op:
        batch_op.create_index("ix_markdown_consents_days", ["last_day", "first_day"], unique=False)
        batch_op.create_index("ix_markdown_consents_of_producer", ["producer_id", "product_id"], unique=False)

    op.create_table(
        "markdown_consent_ends",
        sa.Column("consent_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ended_at", UtcInstant(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_markdown_consent_ends_reasoned")),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["markdown_consents.id"], name=op.f("fk_markdown_consent_ends_consent_id")
        ),
        sa.PrimaryKeyConstraint("consent_id", name=op.f("pk_markdown_consent_ends")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_markdown_consent_ends_record_seq")),
        sqlite_strict=True,
    )

    for statement in append_only_ddl("markdown_consents", op.get_context().dialect.name):
        op.execute(statement)
    for statement in append_only_ddl("markdown_consent_ends", op.get_context().dialect.name):
        op.execute(statement)
