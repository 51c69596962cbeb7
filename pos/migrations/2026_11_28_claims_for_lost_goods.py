"""Claims: what producers are owed for goods lost in the shop's keeping, and what of it was taken back."""

import sqlalchemy as sa
from alembic import op

from core.database import append_only_ddl

revision = "2026_11_28_claims_for_lost_goods"
down_revision = "2026_11_28_more_places_of_goods"


def upgrade() -> None:
    op.create_table(
        "claims",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("lot_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("bearer", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_claims_amount_not_negative")),
        sa.CheckConstraint("bearer = 'shop' OR due = 0", name=op.f("ck_claims_producer_bears_it_himself")),
        sa.CheckConstraint("bearer IN ('shop', 'producer')", name=op.f("ck_claims_known_bearer")),
        sa.CheckConstraint("due >= 0", name=op.f("ck_claims_due_not_negative")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_claims_quantity_positive")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_claims_lot_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["producers.id"], name=op.f("fk_claims_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.create_index("ix_claims_lot", ["lot_id"], unique=False)
        batch_op.create_index("ix_claims_owner", ["owner_id", "record_seq"], unique=False)
        batch_op.create_index("uq_claims_line", ["record_seq", "line"], unique=True)

    op.create_table(
        "claim_reversals",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_claim_reversals_amount_not_negative")),
        sa.CheckConstraint("due >= 0", name=op.f("ck_claim_reversals_due_not_negative")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_claim_reversals_quantity_positive")),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_claim_reversals_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_reversals")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("claim_reversals", schema=None) as batch_op:
        batch_op.create_index("ix_claim_reversals_claim", ["claim_id"], unique=False)
        batch_op.create_index("uq_claim_reversals_line", ["record_seq", "line", "claim_id"], unique=True)

    dialect = op.get_context().dialect.name
    for table in ("claims", "claim_reversals"):
        for statement in append_only_ddl(table, dialect):
            op.execute(statement)
