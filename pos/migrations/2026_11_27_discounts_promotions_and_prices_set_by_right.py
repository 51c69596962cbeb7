"""Discounts, promotions and prices set by right: working rows beside the basket, and what a sale freezes of them."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant
from core.database import append_only_ddl

revision = "2026_11_27_discounts_promotions_and_prices_set_by_right"
down_revision = "2026_11_27_invoices_from_the_till"


ACTS = {"sqlite": ("update", "delete"), "postgresql": ("update", "delete", "truncate")}


def upgrade() -> None:
    op.create_table(
        "basket_discounts",
        sa.Column("basket_id", sa.BigInteger(), nullable=False),
        sa.Column("k", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=True),
        sa.Column("percent", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("ceiling", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("(percent IS NULL) <> (amount IS NULL)", name=op.f("ck_basket_discounts_percent_or_amount")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_basket_discounts_amount_positive")),
        sa.CheckConstraint("ceiling BETWEEN 0 AND 10000", name=op.f("ck_basket_discounts_ceiling_within_whole")),
        sa.CheckConstraint("percent BETWEEN 1 AND 10000", name=op.f("ck_basket_discounts_percent_within_whole")),
        sa.ForeignKeyConstraint(["basket_id"], ["baskets.id"], name=op.f("fk_basket_discounts_basket_id")),
        sa.PrimaryKeyConstraint("basket_id", "k", name=op.f("pk_basket_discounts")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("basket_discounts", schema=None) as batch_op:
        batch_op.create_index("one_discount_a_line", ["basket_id", "line"], unique=True)

    op.create_table(
        "promotions",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("percent", sa.BigInteger(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("buy", sa.BigInteger(), nullable=True),
        sa.Column("free", sa.BigInteger(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("group_code", sa.Text(), nullable=True),
        sa.Column("producer_id", sa.BigInteger(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(kind = 'free') = (buy IS NOT NULL)", name=op.f("ck_promotions_free_says_how_many_to_buy")),
        sa.CheckConstraint(
            "(kind = 'free') = (free IS NOT NULL)", name=op.f("ck_promotions_free_says_how_many_are_free")
        ),
        sa.CheckConstraint("(kind = 'percent') = (percent IS NOT NULL)", name=op.f("ck_promotions_percent_has_a_rate")),
        sa.CheckConstraint("(kind = 'price') = (price IS NOT NULL)", name=op.f("ck_promotions_price_has_a_price")),
        sa.CheckConstraint("kind IN ('percent', 'price', 'free')", name=op.f("ck_promotions_known_kind")),
        sa.CheckConstraint(
            "(product_id IS NOT NULL AND group_code IS NULL AND producer_id IS NULL)"
            " OR (product_id IS NULL AND group_code IS NOT NULL AND producer_id IS NULL)"
            " OR (product_id IS NULL AND group_code IS NULL AND producer_id IS NOT NULL)",
            name=op.f("ck_promotions_for_one_thing"),
        ),
        sa.CheckConstraint("buy > 0", name=op.f("ck_promotions_buy_positive")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_promotions_ends_after_it_begins")),
        sa.CheckConstraint("free > 0", name=op.f("ck_promotions_free_positive")),
        sa.CheckConstraint("number > 0", name=op.f("ck_promotions_number_positive")),
        sa.CheckConstraint("percent BETWEEN 1 AND 10000", name=op.f("ck_promotions_percent_within_whole")),
        sa.CheckConstraint("price > 0", name=op.f("ck_promotions_price_positive")),
        sa.ForeignKeyConstraint(["producer_id"], ["producers.id"], name=op.f("fk_promotions_producer_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_promotions_product_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_promotions")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_promotions_record_seq")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("promotions", schema=None) as batch_op:
        batch_op.create_index("ix_promotions_days", ["last_day", "first_day"], unique=False)

    op.create_table(
        "promotion_ends",
        sa.Column("promotion_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ended_at", UtcInstant(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["promotion_number"], ["promotions.number"], name=op.f("fk_promotion_ends_promotion_number")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_promotion_ends_staff_id")),
        sa.PrimaryKeyConstraint("promotion_number", name=op.f("pk_promotion_ends")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_promotion_ends_record_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "line_discounts",
        sa.Column("sale_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("k", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("bearer", sa.Text(), nullable=False),
        sa.Column("promotion", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_line_discounts_amount_positive")),
        sa.ForeignKeyConstraint(
            ["sale_number", "n"],
            ["sale_lines.sale_number", "sale_lines.n"],
            name=op.f("fk_line_discounts_sale_number_n"),
        ),
        sa.PrimaryKeyConstraint("sale_number", "n", "k", name=op.f("pk_line_discounts")),
        sqlite_strict=True,
    )
    op.add_column("baskets", sa.Column("last_discount", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("basket_lines", sa.Column("list_price", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("basket_lines", sa.Column("price_reason", sa.Text(), nullable=False, server_default=""))
    op.execute("UPDATE basket_lines SET list_price = price")
    op.add_column("corrections", sa.Column("price_before", sa.BigInteger(), nullable=True))
    op.add_column("corrections", sa.Column("price_after", sa.BigInteger(), nullable=True))
    dialect = op.get_context().dialect.name
    for table in ("line_discounts", "promotions", "promotion_ends"):
        for statement in append_only_ddl(table, dialect):
            op.execute(statement)
    _give_sold_lines_their_list_price(dialect)


def _give_sold_lines_their_list_price(dialect: str) -> None:
    """Until now every line was sold at the shop's price. The guard steps aside for this one sentence."""
    for act in ACTS[dialect]:
        op.execute(f"DROP TRIGGER sale_lines_no_{act}" + ("" if dialect == "sqlite" else " ON sale_lines"))
    op.add_column("sale_lines", sa.Column("list_price", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute("UPDATE sale_lines SET list_price = price")
    for statement in append_only_ddl("sale_lines", dialect):
        op.execute(statement)
