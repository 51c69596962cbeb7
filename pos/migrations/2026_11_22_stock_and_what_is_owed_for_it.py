"""Stock and what is owed for it."""

import sqlalchemy as sa
from alembic import op

from core.database import append_only_ddl

revision = "2026_11_22_stock_and_what_is_owed_for_it"
down_revision = "2026_11_22_the_catalogue_of_eligible_goods"


def upgrade() -> None:
    op.create_table(
        "locations",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('shelf', 'stockroom', 'producer', 'customer', 'loss')", name=op.f("ck_locations_known_kind")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_locations")),
        sqlite_strict=True,
    )
    op.create_table(
        "goods_receipts",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("supplier_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_goods_receipts_number_positive")),
        sa.ForeignKeyConstraint(["supplier_id"], ["producers.id"], name=op.f("fk_goods_receipts_supplier_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_goods_receipts")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_goods_receipts_record_seq")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("goods_receipts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goods_receipts_supplier_id"), ["supplier_id"], unique=False)

    op.create_table(
        "lots",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("supplier_id", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("commission", sa.BigInteger(), nullable=True),
        sa.Column("delivery_price", sa.BigInteger(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("best_before", sa.Date(), nullable=True),
        sa.Column("sell_by", sa.Date(), nullable=True),
        sa.Column("producer_lot", sa.Text(), nullable=False),
        sa.Column("papers", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(terms = 'bought') = (cost IS NOT NULL)", name=op.f("ck_lots_bought_at_a_cost")),
        sa.CheckConstraint("(terms = 'bought') = (owner_id IS NULL)", name=op.f("ck_lots_own_goods_are_bought")),
        sa.CheckConstraint(
            "(terms = 'commission') = (commission IS NOT NULL)", name=op.f("ck_lots_commission_has_a_rate")
        ),
        sa.CheckConstraint(
            "(terms = 'delivery_price') = (delivery_price IS NOT NULL)", name=op.f("ck_lots_delivery_price_is_known")
        ),
        sa.CheckConstraint(
            "best_before IS NULL OR (sell_by IS NOT NULL AND sell_by = best_before)",
            name=op.f("ck_lots_sold_until_best_before"),
        ),
        sa.CheckConstraint("terms IN ('bought', 'commission', 'delivery_price')", name=op.f("ck_lots_known_terms")),
        sa.CheckConstraint("commission BETWEEN 0 AND 10000", name=op.f("ck_lots_commission_within_whole")),
        sa.CheckConstraint("cost >= 0", name=op.f("ck_lots_cost_not_negative")),
        sa.CheckConstraint("delivery_price >= 0", name=op.f("ck_lots_delivery_price_not_negative")),
        sa.ForeignKeyConstraint(["owner_id"], ["producers.id"], name=op.f("fk_lots_owner_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_lots_product_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["producers.id"], name=op.f("fk_lots_supplier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lots")),
        sa.UniqueConstraint("number", name=op.f("uq_lots_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("lots", schema=None) as batch_op:
        batch_op.create_index("ix_lots_of_owner", ["owner_id", "product_id"], unique=False)
        batch_op.create_index("ix_lots_of_product", ["product_id", "sell_by"], unique=False)
        batch_op.create_index("uq_lots_line", ["record_seq", "line"], unique=True)

    op.create_table(
        "owed_lines",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("lot_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_owed_lines_amount_not_negative")),
        sa.CheckConstraint("due >= 0", name=op.f("ck_owed_lines_due_not_negative")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_owed_lines_quantity_positive")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_owed_lines_lot_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["producers.id"], name=op.f("fk_owed_lines_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owed_lines")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("owed_lines", schema=None) as batch_op:
        batch_op.create_index("ix_owed_lines_owner", ["owner_id", "record_seq"], unique=False)
        batch_op.create_index("uq_owed_lines_line", ["record_seq", "line"], unique=True)

    op.create_table(
        "stock_moves",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("lot_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_stock_moves_quantity_positive")),
        sa.CheckConstraint("source <> target", name=op.f("ck_stock_moves_goes_somewhere")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_stock_moves_lot_id")),
        sa.ForeignKeyConstraint(["source"], ["locations.code"], name=op.f("fk_stock_moves_source")),
        sa.ForeignKeyConstraint(["target"], ["locations.code"], name=op.f("fk_stock_moves_target")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_moves")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("stock_moves", schema=None) as batch_op:
        batch_op.create_index("ix_stock_moves_on_hand", ["lot_id", "source", "target", "quantity"], unique=False)
        batch_op.create_index("uq_stock_moves_line", ["record_seq", "line"], unique=True)

    for table in ("goods_receipts", "lots", "owed_lines", "stock_moves"):
        for statement in append_only_ddl(table, op.get_context().dialect.name):
            op.execute(statement)
