"""Settings, registers and printers that are changed while the shop runs."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant
from core.database import append_only_ddl

revision = "2026_11_22_settings_that_are_changed_while_the_shop_runs"
down_revision = "2026_11_22_money_taken_before_the_total_is_covered"


def upgrade() -> None:
    op.create_table(
        "printers",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("dots", sa.BigInteger(), nullable=False),
        sa.Column("drawer", sa.Boolean(), nullable=False),
        sa.Column("cut", sa.Boolean(), nullable=False),
        sa.Column("retired_at", UtcInstant(), nullable=True),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("dots > 0", name=op.f("ck_printers_dots_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printers")),
        sa.UniqueConstraint("code", name=op.f("uq_printers_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "settings_changes",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("changed_at", UtcInstant(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_settings_changes_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settings_changes")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_settings_changes_record_seq")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("settings_changes", schema=None) as batch_op:
        batch_op.create_index("ix_settings_changes_topic", ["topic", "record_seq"], unique=False)

    with op.batch_alter_table("print_jobs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("printer", sa.Text(), nullable=True))

    with op.batch_alter_table("registers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("printer", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("retired_at", UtcInstant(), nullable=True))

    for statement in append_only_ddl("settings_changes", op.get_context().dialect.name):
        op.execute(statement)
