"""Labels on goods and shelf: what was printed with which price and stars, and printers that speak label languages."""

import sqlalchemy as sa
from alembic import op

from core.database import append_only_ddl

revision = "2026_11_28_labels_on_goods_and_shelf"
down_revision = "2026_11_28_goods_moved_by_people"


def upgrade() -> None:
    op.create_table(
        "label_runs",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("stock", sa.Text(), nullable=False),
        sa.Column("printer", sa.Text(), nullable=True),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_label_runs_number_positive")),
        sa.CheckConstraint("start > 0", name=op.f("ck_label_runs_start_positive")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_label_runs")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_label_runs_record_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "label_lines",
        sa.Column("run_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("lot_id", sa.BigInteger(), nullable=True),
        sa.Column("copies", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("stars", sa.BigInteger(), nullable=True),
        sa.Column("stars_until", sa.Date(), nullable=True),
        sa.CheckConstraint("copies > 0", name=op.f("ck_label_lines_copies_positive")),
        sa.CheckConstraint(
            "(stars IS NULL) = (stars_until IS NULL)", name=op.f("ck_label_lines_stars_have_a_last_day")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_label_lines_lot_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_label_lines_product_id")),
        sa.ForeignKeyConstraint(["run_number"], ["label_runs.number"], name=op.f("fk_label_lines_run_number")),
        sa.PrimaryKeyConstraint("run_number", "n", name=op.f("pk_label_lines")),
        sqlite_strict=True,
    )
    op.create_index("ix_label_lines_product", "label_lines", ["product_id", "kind", "run_number"])
    op.create_table(
        "mark_uses",
        sa.Column("use", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("line", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("stars", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("copies", sa.BigInteger(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("copies > 0", name=op.f("ck_mark_uses_copies_positive")),
        sa.CheckConstraint("stars BETWEEN 3 AND 5", name=op.f("ck_mark_uses_stars_that_may_be_shown")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_mark_uses_product_id")),
        sa.PrimaryKeyConstraint("use", "number", "line", name=op.f("pk_mark_uses")),
        sqlite_strict=True,
    )
    op.create_index("ix_mark_uses_product", "mark_uses", ["product_id", "day"])
    op.create_table(
        "label_wishes",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("lot_id", sa.BigInteger(), nullable=True),
        sa.Column("copies", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("copies > 0", name=op.f("ck_label_wishes_copies_positive")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_label_wishes_lot_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_label_wishes_product_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_label_wishes_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_wishes")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_label_wishes_staff_id"), "label_wishes", ["staff_id"])
    for table in ("label_runs", "label_lines", "mark_uses"):
        for statement in append_only_ddl(table, op.get_context().dialect.name):
            op.execute(statement)
    with op.batch_alter_table("printers", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.add_column(sa.Column("language", sa.Text(), nullable=False, server_default="escpos"))
        batch_op.add_column(sa.Column("dpi", sa.BigInteger(), nullable=False, server_default="203"))
        batch_op.create_check_constraint(
            op.f("ck_printers_known_language"), "language IN ('escpos', 'tspl', 'zpl', 'epl')"
        )
        batch_op.create_check_constraint(op.f("ck_printers_dpi_positive"), "dpi > 0")
