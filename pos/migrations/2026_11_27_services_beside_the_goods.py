"""Services beside the goods: products that come from no lot and need no paper."""

import sqlalchemy as sa
from alembic import op

from core.database import append_only_ddl

revision = "2026_11_27_services_beside_the_goods"
down_revision = "2026_11_22_buyers_who_may_be_forgotten"


def upgrade() -> None:
    with op.batch_alter_table("products", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.add_column(sa.Column("service", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_check_constraint(op.f("ck_products_groups_sort_goods"), "service = (group_code = '')")
    with op.batch_alter_table("sale_lines", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.alter_column("lot_id", existing_type=sa.BigInteger(), nullable=True)
        batch_op.create_check_constraint(
            op.f("ck_sale_lines_only_goods_have_an_owner"), "lot_id IS NOT NULL OR owner_code IS NULL AND due = 0"
        )
    dialect = op.get_context().dialect.name
    if dialect == "sqlite":  # the rebuild dropped them
        for statement in append_only_ddl("sale_lines", dialect):
            op.execute(statement)
