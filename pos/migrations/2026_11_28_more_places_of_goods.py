"""Goods can also be used up by the shop itself, be found missing by a count, or be on the way to another point."""

from alembic import op

revision = "2026_11_28_more_places_of_goods"
down_revision = "2026_11_27_cash_in_and_out_hand_overs_and_counts_by_tender"

_NOW = "kind IN ('shelf', 'stockroom', 'producer', 'customer', 'loss', 'used', 'difference', 'on_the_way')"


def upgrade() -> None:
    with op.batch_alter_table("locations", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.drop_constraint(op.f("ck_locations_known_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_locations_known_kind"), _NOW)
