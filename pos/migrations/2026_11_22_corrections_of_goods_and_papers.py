"""Corrections of goods and papers: papers may be corrected and struck out, producers retire, prices are taken back."""

import sqlalchemy as sa
from alembic import op

from core.database import append_only_ddl

revision = "2026_11_22_corrections_of_goods_and_papers"
down_revision = "2026_11_22_devices_wrong_pins_and_approvals"

PAPERS = ("certificates", "eligibilities", "licences")
ACTS = {"sqlite": ("update", "delete"), "postgresql": ("update", "delete", "truncate")}


def upgrade() -> None:
    op.create_table(
        "taken_back",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_taken_back_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken_back")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_taken_back_record_seq")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("taken_back", schema=None) as batch_op:
        batch_op.create_index("ix_taken_back_of_day", ["what", "product_id", "first_day", "record_seq"], unique=False)
    dialect = op.get_context().dialect.name
    for statement in append_only_ddl("taken_back", dialect):
        op.execute(statement)
    # The papers' guards go: a record about the same paper corrects its row, and the journal keeps what it was.
    for table in PAPERS:
        for act in ACTS[dialect]:
            op.execute(f"DROP TRIGGER {table}_no_{act}" + ("" if dialect == "sqlite" else f" ON {table}"))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("struck", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("producers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("phone_mark", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("address_mark", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("personal_mark", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("retired_on", sa.Date(), nullable=True))
