"""People and the journal."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant
from core.database import append_only_ddl

revision = "2026_11_22_people_and_the_journal"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "answered_forms",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("answered_at", UtcInstant(), nullable=False),
        sa.Column("location", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_answered_forms")),
        sqlite_strict=True,
    )
    op.create_table(
        "journal_records",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ep", sa.BigInteger(), nullable=False),
        sa.Column("typ", sa.Text(), nullable=False),
        sa.Column("ts", UtcInstant(), nullable=False),
        sa.Column("boot", sa.Text(), nullable=False),
        sa.Column("mono", sa.BigInteger(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("refunded", sa.BigInteger(), nullable=False),
        sa.Column("sales", sa.BigInteger(), nullable=False),
        sa.Column("cat", sa.Text(), nullable=True),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("sig", sa.Text(), nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "gross >= 0 AND refunded >= 0 AND sales >= 0", name=op.f("ck_journal_records_totals_not_negative")
        ),
        sa.CheckConstraint("seq >= 0", name=op.f("ck_journal_records_seq_not_negative")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal_records")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("journal_records", schema=None) as batch_op:
        batch_op.create_index("ix_journal_records_typ_seq", ["typ", "seq"], unique=False)

    op.create_table(
        "slips",
        sa.Column("own", sa.Text(), nullable=False),
        sa.Column("i", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("q", sa.BigInteger(), nullable=False),
        sa.Column("a", sa.BigInteger(), nullable=False),
        sa.Column("prev", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("i > 0", name=op.f("ck_slips_i_positive")),
        sa.PrimaryKeyConstraint("own", "i", name=op.f("pk_slips")),
        sqlite_strict=True,
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_salt", sa.Text(), nullable=False),
        sa.Column("name_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.Column("retired_at", UtcInstant(), nullable=True),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("role IN ('clerk', 'manager', 'auditor', 'owner')", name=op.f("ck_staff_known_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("code", name=op.f("uq_staff_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("began_at", UtcInstant(), nullable=False),
        sa.Column("ended_at", UtcInstant(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_sign_ins_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_ins_token_hash")),
        sqlite_strict=True,
    )

    for table in ("journal_records", "slips"):
        for statement in append_only_ddl(table, op.get_context().dialect.name):
            op.execute(statement)
