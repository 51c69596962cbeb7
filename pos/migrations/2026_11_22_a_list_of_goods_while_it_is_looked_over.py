"""A list of goods while it is looked over."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant

revision = "2026_11_22_a_list_of_goods_while_it_is_looked_over"
down_revision = "2026_11_22_corrections_of_goods_and_papers"


def upgrade() -> None:
    op.create_table(
        "goods_imports",
        sa.Column("staff_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("outcomes", sa.Text(), nullable=False),
        sa.Column("opened_at", UtcInstant(), nullable=False),
        sa.Column("entered_at", UtcInstant(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_goods_imports_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_goods_imports")),
        sqlite_strict=True,
    )
