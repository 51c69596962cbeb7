"""Agreements with producers, and the terms that lots came under."""

import sqlalchemy as sa
from alembic import op

from core.database import append_only_ddl

revision = "2026_11_28_agreements_with_producers"
down_revision = "2026_11_28_lots_on_hold_and_goods_found_for_a_recall"


def upgrade() -> None:
    op.create_table(
        "agreements",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("producer_id", sa.BigInteger(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("grace_days", sa.BigInteger(), nullable=False),
        sa.Column("rhythm", sa.Text(), nullable=False),
        sa.Column("batch_quantity", sa.BigInteger(), nullable=True),
        sa.Column("minimum_payout", sa.BigInteger(), nullable=False),
        sa.Column("payment_days", sa.BigInteger(), nullable=False),
        sa.Column("notice_days", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(rhythm = 'batch') = (batch_quantity IS NOT NULL)", name=op.f("ck_agreements_batch_has_a_quantity")
        ),
        sa.CheckConstraint(
            "rhythm IN ('week', 'half_month', 'month', 'quarter', 'batch')", name=op.f("ck_agreements_known_rhythm")
        ),
        sa.CheckConstraint(
            "tax IN ('deduction', 'direct', 'household', 'below_threshold')", name=op.f("ck_agreements_known_tax")
        ),
        sa.CheckConstraint("batch_quantity > 0", name=op.f("ck_agreements_batch_positive")),
        sa.CheckConstraint("grace_days BETWEEN 0 AND 3650", name=op.f("ck_agreements_grace_within_years")),
        sa.CheckConstraint(
            "last_day IS NULL OR first_day <= last_day", name=op.f("ck_agreements_ends_after_it_begins")
        ),
        sa.CheckConstraint("minimum_payout >= 0", name=op.f("ck_agreements_payout_not_negative")),
        sa.CheckConstraint("notice_days BETWEEN 0 AND 3650", name=op.f("ck_agreements_notice_within_years")),
        sa.CheckConstraint("number > 0", name=op.f("ck_agreements_number_positive")),
        sa.CheckConstraint("payment_days BETWEEN 0 AND 3650", name=op.f("ck_agreements_payment_within_years")),
        sa.ForeignKeyConstraint(["producer_id"], ["producers.id"], name=op.f("fk_agreements_producer_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_agreements")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_agreements_record_seq")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("agreements", schema=None) as batch_op:
        batch_op.create_index("ix_agreements_of_producer", ["producer_id", "first_day"], unique=False)

    op.create_table(
        "agreement_ends",
        sa.Column("agreement_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("ended_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("ended_by IN ('shop', 'producer', 'both')", name=op.f("ck_agreement_ends_known_side")),
        sa.ForeignKeyConstraint(
            ["agreement_number"], ["agreements.number"], name=op.f("fk_agreement_ends_agreement_number")
        ),
        sa.PrimaryKeyConstraint("agreement_number", name=op.f("pk_agreement_ends")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_agreement_ends_record_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "agreement_losses",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("agreement_number", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("bearer", sa.Text(), nullable=False),
        sa.CheckConstraint("bearer IN ('shop', 'producer')", name=op.f("ck_agreement_losses_known_bearer")),
        sa.CheckConstraint(
            "cause IN ('theft', 'expiry', 'breakage', 'count')", name=op.f("ck_agreement_losses_known_cause")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_number"], ["agreements.number"], name=op.f("fk_agreement_losses_agreement_number")
        ),
        sa.PrimaryKeyConstraint("record_seq", "cause", name=op.f("pk_agreement_losses")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("agreement_losses", schema=None) as batch_op:
        batch_op.create_index("ix_agreement_losses_days", ["agreement_number", "first_day"], unique=False)

    op.create_table(
        "agreement_notices",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("agreement_number", sa.BigInteger(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("given_by IN ('shop', 'producer')", name=op.f("ck_agreement_notices_known_side")),
        sa.ForeignKeyConstraint(
            ["agreement_number"], ["agreements.number"], name=op.f("fk_agreement_notices_agreement_number")
        ),
        sa.PrimaryKeyConstraint("record_seq", name=op.f("pk_agreement_notices")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("agreement_notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_notices_agreement_number"), ["agreement_number"], unique=False)

    op.create_table(
        "agreement_terms",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("agreement_number", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("group_code", sa.Text(), nullable=True),
        sa.Column("price_from", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("commission", sa.BigInteger(), nullable=True),
        sa.Column("delivery_price", sa.BigInteger(), nullable=True),
        sa.Column("minimum_price", sa.BigInteger(), nullable=True),
        sa.Column("discount_share", sa.BigInteger(), nullable=False),
        sa.Column("discount_limit", sa.BigInteger(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'commission') = (commission IS NOT NULL)", name=op.f("ck_agreement_terms_commission_has_a_rate")
        ),
        sa.CheckConstraint(
            "(kind = 'delivery_price') = (delivery_price IS NOT NULL)",
            name=op.f("ck_agreement_terms_delivery_price_is_known"),
        ),
        sa.CheckConstraint("kind IN ('commission', 'delivery_price')", name=op.f("ck_agreement_terms_known_terms")),
        sa.CheckConstraint("commission BETWEEN 0 AND 10000", name=op.f("ck_agreement_terms_commission_within_whole")),
        sa.CheckConstraint("delivery_price >= 0", name=op.f("ck_agreement_terms_delivery_price_not_negative")),
        sa.CheckConstraint("discount_limit BETWEEN 0 AND 10000", name=op.f("ck_agreement_terms_limit_within_whole")),
        sa.CheckConstraint("discount_share BETWEEN 0 AND 10000", name=op.f("ck_agreement_terms_share_within_whole")),
        sa.CheckConstraint("minimum_price > 0", name=op.f("ck_agreement_terms_minimum_positive")),
        sa.CheckConstraint("price_from >= 0", name=op.f("ck_agreement_terms_step_not_negative")),
        sa.CheckConstraint("product_id IS NULL OR group_code IS NULL", name=op.f("ck_agreement_terms_for_one_thing")),
        sa.ForeignKeyConstraint(
            ["agreement_number"], ["agreements.number"], name=op.f("fk_agreement_terms_agreement_number")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_agreement_terms_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_terms")),
        sa.UniqueConstraint("uid", name=op.f("uq_agreement_terms_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("agreement_terms", schema=None) as batch_op:
        batch_op.create_index("ix_agreement_terms_days", ["agreement_number", "first_day"], unique=False)
        batch_op.create_index("uq_agreement_terms_line", ["record_seq", "line"], unique=True)

    op.create_table(
        "lot_agreements",
        sa.Column("lot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("terms_id", sa.BigInteger(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_lot_agreements_lot_id")),
        sa.ForeignKeyConstraint(["terms_id"], ["agreement_terms.id"], name=op.f("fk_lot_agreements_terms_id")),
        sa.PrimaryKeyConstraint("lot_id", name=op.f("pk_lot_agreements")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("lot_agreements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lot_agreements_record_seq"), ["record_seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_lot_agreements_terms_id"), ["terms_id"], unique=False)

    guarded = ("agreements", "agreement_terms", "agreement_losses", "agreement_notices", "agreement_ends")
    for table in (*guarded, "lot_agreements"):
        for statement in append_only_ddl(table, op.get_context().dialect.name):
            op.execute(statement)
