"""Goods brought back: refunds, what is owed no more for them, and which sales were made at a fair."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant
from core.database import append_only_ddl

revision = "2026_11_27_goods_brought_back"
down_revision = "2026_11_27_discounts_promotions_and_prices_set_by_right"


def upgrade() -> None:
    op.create_table(
        "basket_returns",
        sa.Column("basket_id", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("sale_number", sa.BigInteger(), nullable=True),
        sa.Column("sale_n", sa.BigInteger(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("lot_id", sa.BigInteger(), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(sale_number IS NULL) = (sale_n IS NULL)", name=op.f("ck_basket_returns_line_of_a_receipt")
        ),
        sa.CheckConstraint("price >= 0", name=op.f("ck_basket_returns_price_not_negative")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_basket_returns_quantity_positive")),
        sa.ForeignKeyConstraint(["basket_id"], ["baskets.id"], name=op.f("fk_basket_returns_basket_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_basket_returns_lot_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_basket_returns_product_id")),
        sa.ForeignKeyConstraint(["sale_number"], ["sales.number"], name=op.f("fk_basket_returns_sale_number")),
        sa.PrimaryKeyConstraint("basket_id", "n", name=op.f("pk_basket_returns")),
        sqlite_strict=True,
    )
    op.create_table(
        "owed_reversals",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("lot_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_owed_reversals_amount_not_negative")),
        sa.CheckConstraint("due >= 0", name=op.f("ck_owed_reversals_due_not_negative")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_owed_reversals_quantity_positive")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_owed_reversals_lot_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["producers.id"], name=op.f("fk_owed_reversals_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owed_reversals")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("owed_reversals", schema=None) as batch_op:
        batch_op.create_index("ix_owed_reversals_owner", ["owner_id", "record_seq"], unique=False)
        batch_op.create_index("uq_owed_reversals_line", ["record_seq", "line"], unique=True)

    op.create_table(
        "refunds",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("order_code", sa.Text(), nullable=False),
        sa.Column("sale_number", sa.BigInteger(), nullable=True),
        sa.Column("register_id", sa.BigInteger(), nullable=False),
        sa.Column("shift_number", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("refunded_at", UtcInstant(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_refunds_reasoned")),
        sa.CheckConstraint("number > 0", name=op.f("ck_refunds_number_positive")),
        sa.CheckConstraint("total >= 0", name=op.f("ck_refunds_total_not_negative")),
        sa.ForeignKeyConstraint(["register_id"], ["registers.id"], name=op.f("fk_refunds_register_id")),
        sa.ForeignKeyConstraint(["sale_number"], ["sales.number"], name=op.f("fk_refunds_sale_number")),
        sa.ForeignKeyConstraint(["shift_number"], ["shifts.number"], name=op.f("fk_refunds_shift_number")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_refunds_staff_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_refunds")),
        sa.UniqueConstraint("key", name=op.f("uq_refunds_key")),
        sa.UniqueConstraint("order_code", name=op.f("uq_refunds_order_code")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_refunds_record_seq")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("refunds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_refunds_day"), ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_refunds_sale_number"), ["sale_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_refunds_shift_number"), ["shift_number"], unique=False)

    op.create_table(
        "refund_lines",
        sa.Column("refund_number", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("sale_n", sa.BigInteger(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("lot_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_code", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit_label", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("rate", sa.Text(), nullable=True),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "target IS NULL OR (condition = 'good') = (target = 'shelf')",
            name=op.f("ck_refund_lines_only_good_goods_on_the_shelf"),
        ),
        sa.CheckConstraint("(lot_id IS NULL) = (target IS NULL)", name=op.f("ck_refund_lines_only_goods_go_somewhere")),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_refund_lines_amount_not_negative")),
        sa.CheckConstraint("due >= 0", name=op.f("ck_refund_lines_due_not_negative")),
        sa.CheckConstraint(
            "lot_id IS NOT NULL OR owner_code IS NULL AND due = 0",
            name=op.f("ck_refund_lines_only_goods_have_an_owner"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_refund_lines_quantity_positive")),
        sa.CheckConstraint("vat >= 0", name=op.f("ck_refund_lines_vat_not_negative")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_refund_lines_lot_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_refund_lines_product_id")),
        sa.ForeignKeyConstraint(["refund_number"], ["refunds.number"], name=op.f("fk_refund_lines_refund_number")),
        sa.ForeignKeyConstraint(["target"], ["locations.code"], name=op.f("fk_refund_lines_target")),
        sa.PrimaryKeyConstraint("refund_number", "n", name=op.f("pk_refund_lines")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("refund_lines", schema=None) as batch_op:
        batch_op.create_index("ix_refund_lines_lot", ["lot_id"], unique=False)
        batch_op.create_index("ix_refund_lines_product", ["product_id"], unique=False)

    op.create_table(
        "refund_tenders",
        sa.Column("refund_number", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_refund_tenders_amount_positive")),
        sa.ForeignKeyConstraint(["refund_number"], ["refunds.number"], name=op.f("fk_refund_tenders_refund_number")),
        sa.PrimaryKeyConstraint("refund_number", "n", name=op.f("pk_refund_tenders")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("baskets", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.add_column(sa.Column("fair", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("sales", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.add_column(sa.Column("fair", sa.Boolean(), nullable=False, server_default=sa.false()))

    dialect = op.get_context().dialect.name
    rebuilt = ("sales",) if dialect == "sqlite" else ()
    for table in ("owed_reversals", "refunds", "refund_lines", "refund_tenders", *rebuilt):
        for statement in append_only_ddl(table, dialect):
            op.execute(statement)
