"""Stocktakes while the shop sells: sheets of whoever counts, and what was posted of them."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant
from core.database import append_only_ddl

revision = "2026_11_28_stocktakes_while_the_shop_sells"
down_revision = "2026_11_28_photos_and_papers_beside_the_books"


def upgrade() -> None:
    op.create_table(
        "stock_counts",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("scope_code", sa.Text(), nullable=False),
        sa.Column("rolling", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("opened_at", UtcInstant(), nullable=False),
        sa.Column("left_out", sa.BigInteger(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("left_out >= 0", name=op.f("ck_stock_counts_left_out_not_negative")),
        sa.CheckConstraint("number > 0", name=op.f("ck_stock_counts_number_positive")),
        sa.ForeignKeyConstraint(["place"], ["locations.code"], name=op.f("fk_stock_counts_place")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_stock_counts")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_stock_counts_record_seq")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("stock_counts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stock_counts_day"), ["day"], unique=False)

    op.create_table(
        "stocktakes",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("scope_code", sa.Text(), nullable=False),
        sa.Column("rolling", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", UtcInstant(), nullable=False),
        sa.CheckConstraint(
            "(scope IN ('group', 'producer')) = (scope_code <> '')", name=op.f("ck_stocktakes_scope_is_named")
        ),
        sa.CheckConstraint("place IN ('shelf', 'stockroom')", name=op.f("ck_stocktakes_in_the_shop")),
        sa.CheckConstraint("scope IN ('all', 'group', 'producer', 'list')", name=op.f("ck_stocktakes_known_scope")),
        sa.ForeignKeyConstraint(["place"], ["locations.code"], name=op.f("fk_stocktakes_place")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_stocktakes_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stocktakes")),
        sqlite_strict=True,
    )
    op.create_table(
        "count_sheets",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("stocktake_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("zone_folded", sa.Text(), nullable=False),
        sa.Column("office", sa.Boolean(), nullable=False),
        sa.Column("opened_at", UtcInstant(), nullable=False),
        sa.Column("finished_at", UtcInstant(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_count_sheets_staff_id")),
        sa.ForeignKeyConstraint(["stocktake_id"], ["stocktakes.id"], name=op.f("fk_count_sheets_stocktake_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_sheets")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("count_sheets", schema=None) as batch_op:
        batch_op.create_index("uq_count_sheets_zone", ["stocktake_id", "zone_folded"], unique=True)

    op.create_table(
        "stocktake_goods",
        sa.Column("stocktake_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("round >= 0", name=op.f("ck_stocktake_goods_round_not_negative")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_stocktake_goods_product_id")),
        sa.ForeignKeyConstraint(["stocktake_id"], ["stocktakes.id"], name=op.f("fk_stocktake_goods_stocktake_id")),
        sa.PrimaryKeyConstraint("stocktake_id", "product_id", name=op.f("pk_stocktake_goods")),
        sqlite_strict=True,
    )
    op.create_table(
        "counted_lines",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("sheet_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column("lot_id", sa.BigInteger(), nullable=True),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=True),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("at_till", sa.BigInteger(), nullable=False),
        sa.Column("unsteady", sa.Boolean(), nullable=False),
        sa.Column("counted_at", UtcInstant(), nullable=False),
        sa.CheckConstraint("at_till >= 0", name=op.f("ck_counted_lines_at_till_not_negative")),
        sa.CheckConstraint("first_seq <= last_seq", name=op.f("ck_counted_lines_begins_before_it_ends")),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_counted_lines_quantity_not_negative")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_counted_lines_lot_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_counted_lines_product_id")),
        sa.ForeignKeyConstraint(["sheet_id"], ["count_sheets.id"], name=op.f("fk_counted_lines_sheet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted_lines")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("counted_lines", schema=None) as batch_op:
        batch_op.create_index("ix_counted_lines_sheet", ["sheet_id", "product_id"], unique=False)

    op.create_table(
        "stock_count_entries",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("office", sa.Boolean(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column("lot_id", sa.BigInteger(), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("at_till", sa.BigInteger(), nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("counted_at", UtcInstant(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("at_till >= 0", name=op.f("ck_stock_count_entries_at_till_not_negative")),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_stock_count_entries_quantity_not_negative")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_stock_count_entries_lot_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_stock_count_entries_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_count_entries")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("stock_count_entries", schema=None) as batch_op:
        batch_op.create_index("uq_stock_count_entries_line", ["record_seq", "line"], unique=True)

    op.create_table(
        "stock_count_lines",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("lot_id", sa.BigInteger(), nullable=False),
        sa.Column("book", sa.BigInteger(), nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=False),
        sa.Column("at_seq", sa.BigInteger(), nullable=False),
        sa.Column("counted_at", UtcInstant(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("at_seq < record_seq", name=op.f("ck_stock_count_lines_counted_before_it_is_posted")),
        sa.CheckConstraint("counted >= 0", name=op.f("ck_stock_count_lines_counted_not_negative")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_stock_count_lines_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_count_lines")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("stock_count_lines", schema=None) as batch_op:
        batch_op.create_index("ix_stock_count_lines_lot", ["lot_id", "record_seq"], unique=False)
        batch_op.create_index("uq_stock_count_lines_line", ["record_seq", "line"], unique=True)

    dialect = op.get_context().dialect.name
    for table in ("stock_counts", "stock_count_lines", "stock_count_entries"):
        for statement in append_only_ddl(table, dialect):
            op.execute(statement)
