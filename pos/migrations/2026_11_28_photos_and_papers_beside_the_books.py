"""Photos and papers that belong to what was recorded: which files the shop keeps, and which record names them."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant
from core.database import append_only_ddl

revision = "2026_11_28_photos_and_papers_beside_the_books"
down_revision = "2026_11_28_goods_go_back_to_their_producers"


def upgrade() -> None:
    op.create_table(
        "attached_files",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("kept_at", UtcInstant(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_attached_files_whole_fingerprint")),
        sa.CheckConstraint("size > 0", name=op.f("ck_attached_files_not_empty")),
        sa.CheckConstraint(
            "type IN ('image/jpeg', 'image/png', 'application/pdf')", name=op.f("ck_attached_files_known_type")
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_attached_files")),
        sqlite_strict=True,
    )
    op.create_table(
        "record_files",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["attached_files.sha256"], name=op.f("fk_record_files_sha256")),
        sa.PrimaryKeyConstraint("record_seq", "n", name=op.f("pk_record_files")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_record_files_sha256"), "record_files", ["sha256"])
    for statement in append_only_ddl("record_files", op.get_context().dialect.name):
        op.execute(statement)
