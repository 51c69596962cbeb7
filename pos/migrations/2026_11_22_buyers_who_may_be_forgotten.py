"""Buyers who may be forgotten."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant
from core.database import append_only_ddl

revision = "2026_11_22_buyers_who_may_be_forgotten"
down_revision = "2026_11_22_restores_and_drills_of_them"


def upgrade() -> None:
    op.create_table(
        "breaches",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("noticed_at", UtcInstant(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("entered_at", UtcInstant(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=True),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("what <> ''", name=op.f("ck_breaches_said")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_breaches")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_breaches_record_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "consents",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("wording", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("hash", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("record_seq", name=op.f("pk_consents")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.create_index("ix_consents_who", ["who", "record_seq"], unique=False)

    op.create_table(
        "customers",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.CheckConstraint("phone <> ''", name=op.f("ck_customers_reachable")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
        sa.UniqueConstraint("phone", name=op.f("uq_customers_phone")),
        sa.UniqueConstraint("who", name=op.f("uq_customers_who")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("customers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_customers_name_folded"), ["name_folded"], unique=False)

    op.create_table(
        "basket_buyers",
        sa.Column("order_code", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_basket_buyers_customer_id")),
        sa.PrimaryKeyConstraint("order_code", name=op.f("pk_basket_buyers")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("basket_buyers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_basket_buyers_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "breach_steps",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("breach_number", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["breach_number"], ["breaches.number"], name=op.f("fk_breach_steps_breach_number")),
        sa.PrimaryKeyConstraint("record_seq", name=op.f("pk_breach_steps")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("breach_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_breach_steps_breach_number"), ["breach_number"], unique=False)

    for statement in append_only_ddl("breaches", op.get_context().dialect.name):
        op.execute(statement)
    for statement in append_only_ddl("consents", op.get_context().dialect.name):
        op.execute(statement)
    for statement in append_only_ddl("breach_steps", op.get_context().dialect.name):
        op.execute(statement)
