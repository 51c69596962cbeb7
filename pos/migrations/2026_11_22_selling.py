"""Selling."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant
from core.database import append_only_ddl

revision = "2026_11_22_selling"
down_revision = "2026_11_22_stock_and_what_is_owed_for_it"


def upgrade() -> None:
    op.create_table(
        "registers",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("code <> ''", name=op.f("ck_registers_has_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registers")),
        sa.UniqueConstraint("code", name=op.f("uq_registers_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "baskets",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("order_code", sa.Text(), nullable=False),
        sa.Column("register_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("last_n", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opened_at", UtcInstant(), nullable=False),
        sa.ForeignKeyConstraint(["register_id"], ["registers.id"], name=op.f("fk_baskets_register_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baskets")),
        sa.UniqueConstraint("order_code", name=op.f("uq_baskets_order_code")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("baskets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_baskets_day"), ["day"], unique=False)
        batch_op.create_index(
            "one_open_basket_a_register",
            ["register_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "day_closes",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("closed_at", UtcInstant(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("from_seq", sa.BigInteger(), nullable=False),
        sa.Column("to_seq", sa.BigInteger(), nullable=False),
        sa.Column("sales_count", sa.BigInteger(), nullable=False),
        sa.Column("sales_total", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("from_seq <= to_seq", name=op.f("ck_day_closes_in_order")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_day_closes_staff_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_day_closes")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_day_closes_record_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "shifts",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("register_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opened_at", UtcInstant(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("float", sa.BigInteger(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("float >= 0", name=op.f("ck_shifts_float_not_negative")),
        sa.ForeignKeyConstraint(["register_id"], ["registers.id"], name=op.f("fk_shifts_register_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_shifts_staff_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_shifts")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_shifts_record_seq")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("shifts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shifts_register_id"), ["register_id"], unique=False)

    op.create_table(
        "drawer_openings",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("shift_number", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opened_at", UtcInstant(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["shift_number"], ["shifts.number"], name=op.f("fk_drawer_openings_shift_number")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_drawer_openings_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawer_openings")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_drawer_openings_record_seq")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("drawer_openings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drawer_openings_shift_number"), ["shift_number"], unique=False)

    op.create_table(
        "sales",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("order_code", sa.Text(), nullable=False),
        sa.Column("register_id", sa.BigInteger(), nullable=False),
        sa.Column("shift_number", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sold_at", UtcInstant(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("change >= 0", name=op.f("ck_sales_change_not_negative")),
        sa.CheckConstraint("number > 0", name=op.f("ck_sales_number_positive")),
        sa.CheckConstraint("total >= 0", name=op.f("ck_sales_total_not_negative")),
        sa.ForeignKeyConstraint(["register_id"], ["registers.id"], name=op.f("fk_sales_register_id")),
        sa.ForeignKeyConstraint(["shift_number"], ["shifts.number"], name=op.f("fk_sales_shift_number")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_sales_staff_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_sales")),
        sa.UniqueConstraint("key", name=op.f("uq_sales_key")),
        sa.UniqueConstraint("order_code", name=op.f("uq_sales_order_code")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_sales_record_seq")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("sales", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sales_day"), ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_sales_shift_number"), ["shift_number"], unique=False)

    op.create_table(
        "shift_closings",
        sa.Column("shift_number", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("closed_at", UtcInstant(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("counted >= 0", name=op.f("ck_shift_closings_counted_not_negative")),
        sa.ForeignKeyConstraint(["shift_number"], ["shifts.number"], name=op.f("fk_shift_closings_shift_number")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_shift_closings_staff_id")),
        sa.PrimaryKeyConstraint("shift_number", name=op.f("pk_shift_closings")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_shift_closings_record_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "visitors",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("shift_number", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("counted_at", UtcInstant(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["shift_number"], ["shifts.number"], name=op.f("fk_visitors_shift_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitors")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_visitors_record_seq")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("visitors", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visitors_shift_number"), ["shift_number"], unique=False)

    op.create_table(
        "basket_lines",
        sa.Column("basket_id", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("lot_id", sa.BigInteger(), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_basket_lines_quantity_positive")),
        sa.ForeignKeyConstraint(["basket_id"], ["baskets.id"], name=op.f("fk_basket_lines_basket_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_basket_lines_lot_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_basket_lines_product_id")),
        sa.PrimaryKeyConstraint("basket_id", "n", name=op.f("pk_basket_lines")),
        sqlite_strict=True,
    )
    op.create_table(
        "corrections",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("shift_number", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("corrected_at", UtcInstant(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("order_code", sa.Text(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("lot_id", sa.BigInteger(), nullable=True),
        sa.Column("before", sa.BigInteger(), nullable=False),
        sa.Column("after", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_corrections_amount_not_negative")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_corrections_lot_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_corrections_product_id")),
        sa.ForeignKeyConstraint(["shift_number"], ["shifts.number"], name=op.f("fk_corrections_shift_number")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_corrections_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_corrections_record_seq")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_corrections_shift_number"), ["shift_number"], unique=False)

    op.create_table(
        "sale_lines",
        sa.Column("sale_number", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("lot_id", sa.BigInteger(), nullable=False),
        sa.Column("owner_code", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit_label", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("discount", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("rate", sa.Text(), nullable=True),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.Column("stars", sa.BigInteger(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_sale_lines_amount_not_negative")),
        sa.CheckConstraint("discount >= 0", name=op.f("ck_sale_lines_discount_not_negative")),
        sa.CheckConstraint("due >= 0", name=op.f("ck_sale_lines_due_not_negative")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_sale_lines_quantity_positive")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_sale_lines_lot_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_sale_lines_product_id")),
        sa.ForeignKeyConstraint(["sale_number"], ["sales.number"], name=op.f("fk_sale_lines_sale_number")),
        sa.PrimaryKeyConstraint("sale_number", "n", name=op.f("pk_sale_lines")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("sale_lines", schema=None) as batch_op:
        batch_op.create_index("ix_sale_lines_lot", ["lot_id"], unique=False)
        batch_op.create_index("ix_sale_lines_product", ["product_id"], unique=False)

    op.create_table(
        "tenders",
        sa.Column("sale_number", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_tenders_amount_positive")),
        sa.ForeignKeyConstraint(["sale_number"], ["sales.number"], name=op.f("fk_tenders_sale_number")),
        sa.PrimaryKeyConstraint("sale_number", "n", name=op.f("pk_tenders")),
        sqlite_strict=True,
    )

    for table in (
        "day_closes",
        "shifts",
        "drawer_openings",
        "sales",
        "shift_closings",
        "visitors",
        "corrections",
        "sale_lines",
        "tenders",
    ):
        for statement in append_only_ddl(table, op.get_context().dialect.name):
            op.execute(statement)
