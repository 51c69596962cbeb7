"""Stock of a past day is added up from the same index as the stock of now, however many moves there are."""

from alembic import op

revision = "2026_11_28_stock_of_past_days"
down_revision = "2026_11_28_agreements_with_producers"


def upgrade() -> None:
    op.drop_index("ix_stock_moves_on_hand", table_name="stock_moves")
    op.create_index(
        "ix_stock_moves_on_hand", "stock_moves", ["lot_id", "source", "target", "record_seq", "quantity"], unique=False
    )
