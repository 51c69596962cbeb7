"""What producers are asked to bring, how their goods come, and past sales of another till."""

import sqlalchemy as sa
from alembic import op

from core.database import append_only_ddl

revision = "2026_11_28_delivery_requests"
down_revision = "2026_11_28_stocktakes_while_the_shop_sells"


def upgrade() -> None:
    op.create_table(
        "product_supply",
        sa.Column("product_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("pack", sa.BigInteger(), nullable=False),
        sa.Column("least", sa.BigInteger(), nullable=False),
        sa.Column("display", sa.BigInteger(), nullable=False),
        sa.Column("months", sa.Text(), nullable=False),
        sa.Column("shelf_days", sa.BigInteger(), nullable=True),
        sa.Column("service_percent", sa.BigInteger(), nullable=True),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("pack > 0", name=op.f("ck_product_supply_pack_positive")),
        sa.CheckConstraint("least >= 0 AND display >= 0", name=op.f("ck_product_supply_not_negative")),
        sa.CheckConstraint("shelf_days BETWEEN 1 AND 3650", name=op.f("ck_product_supply_shelf_days_within_bounds")),
        sa.CheckConstraint("service_percent BETWEEN 50 AND 99", name=op.f("ck_product_supply_service_within_bounds")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_product_supply_product_id")),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_product_supply")),
        sqlite_strict=True,
    )
    op.create_table(
        "producer_supply",
        sa.Column("producer_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lead_days", sa.BigInteger(), nullable=True),
        sa.Column("weekdays", sa.Text(), nullable=False),
        sa.Column("review_days", sa.BigInteger(), nullable=True),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("lead_days BETWEEN 0 AND 365", name=op.f("ck_producer_supply_lead_days_within_bounds")),
        sa.CheckConstraint("review_days BETWEEN 1 AND 365", name=op.f("ck_producer_supply_review_days_within_bounds")),
        sa.ForeignKeyConstraint(["producer_id"], ["producers.id"], name=op.f("fk_producer_supply_producer_id")),
        sa.PrimaryKeyConstraint("producer_id", name=op.f("pk_producer_supply")),
        sqlite_strict=True,
    )
    op.create_table(
        "delivery_requests",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("producer_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_delivery_requests_number_positive")),
        sa.ForeignKeyConstraint(["producer_id"], ["producers.id"], name=op.f("fk_delivery_requests_producer_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_delivery_requests")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_delivery_requests_record_seq")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_delivery_requests_producer_id"), "delivery_requests", ["producer_id"], unique=False)
    op.create_table(
        "delivery_request_lines",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("suggested", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_delivery_request_lines_quantity_positive")),
        sa.CheckConstraint("suggested >= 0", name=op.f("ck_delivery_request_lines_suggested_not_negative")),
        sa.ForeignKeyConstraint(
            ["number"], ["delivery_requests.number"], name=op.f("fk_delivery_request_lines_number")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_delivery_request_lines_product_id")),
        sa.PrimaryKeyConstraint("number", "line", name=op.f("pk_delivery_request_lines")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_delivery_request_lines_product_id"), "delivery_request_lines", ["product_id"], unique=False
    )
    op.create_table(
        "delivery_request_closings",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["delivery_requests.number"], name=op.f("fk_delivery_request_closings_number")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_delivery_request_closings")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_delivery_request_closings_record_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "request_draft_lines",
        sa.Column("producer_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("product_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_request_draft_lines_quantity_not_negative")),
        sa.ForeignKeyConstraint(["producer_id"], ["producers.id"], name=op.f("fk_request_draft_lines_producer_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_request_draft_lines_product_id")),
        sa.PrimaryKeyConstraint("producer_id", "product_id", name=op.f("pk_request_draft_lines")),
        sqlite_strict=True,
    )
    op.create_table(
        "past_demand_lists",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("taken_back", sa.Boolean(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_past_demand_lists_days_in_order")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_past_demand_lists")),
        sqlite_strict=True,
    )
    op.create_table(
        "past_demand",
        sa.Column("list_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("product_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_past_demand_quantity_positive")),
        sa.ForeignKeyConstraint(["list_number"], ["past_demand_lists.number"], name=op.f("fk_past_demand_list_number")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_past_demand_product_id")),
        sa.PrimaryKeyConstraint("list_number", "product_id", "day", name=op.f("pk_past_demand")),
        sqlite_strict=True,
    )
    op.create_index("ix_past_demand_of_product", "past_demand", ["product_id", "day"], unique=False)
    op.create_table(
        "past_demand_drafts",
        sa.Column("staff_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_past_demand_drafts_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_past_demand_drafts")),
        sqlite_strict=True,
    )
    dialect = op.get_context().dialect.name
    for table in ("delivery_requests", "delivery_request_lines", "delivery_request_closings"):
        for statement in append_only_ddl(table, dialect):
            op.execute(statement)
