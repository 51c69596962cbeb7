"""Money taken before the total is covered."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_money_taken_before_the_total_is_covered"
down_revision = "2026_11_22_deliveries_while_they_are_entered"


def upgrade() -> None:
    op.create_table(
        "taken_tenders",
        sa.Column("basket_id", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_taken_tenders_amount_positive")),
        sa.ForeignKeyConstraint(["basket_id"], ["baskets.id"], name=op.f("fk_taken_tenders_basket_id")),
        sa.PrimaryKeyConstraint("basket_id", "n", name=op.f("pk_taken_tenders")),
        sqlite_strict=True,
    )
