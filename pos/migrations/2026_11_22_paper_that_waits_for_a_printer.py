"""Paper that waits for a printer."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant

revision = "2026_11_22_paper_that_waits_for_a_printer"
down_revision = "2026_11_22_selling"


def upgrade() -> None:
    op.create_table(
        "print_jobs",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("copy", sa.BigInteger(), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("open_drawer", sa.Boolean(), nullable=False),
        sa.Column("pulsed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        sa.Column("queued_at", UtcInstant(), nullable=False),
        sa.Column("changed_at", UtcInstant(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=True),
        sa.Column("follows", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("record_seq", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("copy >= 0", name=op.f("ck_print_jobs_copy_not_negative")),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_print_jobs_tries_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_jobs")),
        sa.UniqueConstraint("uid", name=op.f("uq_print_jobs_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("print_jobs", schema=None) as batch_op:
        batch_op.create_index("ix_print_jobs_open", ["state", "id"], unique=False)
