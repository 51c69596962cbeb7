"""Several deliveries may wait while they are looked through: announced, refused, papers, a new price, a place."""

import sqlalchemy as sa
from alembic import op

from core.database import append_only_ddl

revision = "2026_11_28_several_deliveries_wait_while_they_are_looked_through"
down_revision = "2026_11_28_labels_on_goods_and_shelf"


def upgrade() -> None:
    # A draft without a producer never had a line: nothing is lost with it.
    op.execute("DELETE FROM delivery_drafts WHERE supplier_id IS NULL")
    with op.batch_alter_table("delivery_drafts", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.drop_constraint(op.f("uq_delivery_drafts_staff_id"), type_="unique")
        batch_op.alter_column("supplier_id", existing_type=sa.BigInteger(), nullable=False)
        batch_op.add_column(sa.Column("agreed", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("target", sa.Text(), nullable=False, server_default="shelf"))
        batch_op.create_foreign_key(op.f("fk_delivery_drafts_target"), "locations", ["target"], ["code"])
    with op.batch_alter_table("delivery_draft_lines", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.add_column(sa.Column("announced", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("refused", sa.BigInteger(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("reason", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("refusal_note", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("price", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("target", sa.Text(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_delivery_draft_lines_target"), "locations", ["target"], ["code"])
        batch_op.create_check_constraint(op.f("ck_delivery_draft_lines_refused_not_negative"), "refused >= 0")
        batch_op.create_check_constraint(
            op.f("ck_delivery_draft_lines_refused_for_a_reason"), "refused = 0 OR reason IS NOT NULL"
        )
    op.create_table(
        "delivery_draft_files",
        sa.Column("draft_id", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["delivery_drafts.id"], name=op.f("fk_delivery_draft_files_draft_id")),
        sa.ForeignKeyConstraint(["sha256"], ["attached_files.sha256"], name=op.f("fk_delivery_draft_files_sha256")),
        sa.PrimaryKeyConstraint("draft_id", "n", name=op.f("pk_delivery_draft_files")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("confirmations", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.create_foreign_key(op.f("fk_confirmations_signature"), "attached_files", ["signature"], ["sha256"])
    dialect = op.get_context().dialect.name
    if dialect == "sqlite":  # the rebuild dropped them
        for statement in append_only_ddl("confirmations", dialect):
            op.execute(statement)
