"""Invoices from the till: numbered with the sale, sent after it, answered by the tax office."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant
from core.database import append_only_ddl

revision = "2026_11_27_invoices_from_the_till"
down_revision = "2026_11_27_a_practice_till"


def upgrade() -> None:
    op.create_table(
        "invoice_blocks",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("entered_at", UtcInstant(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=False),
        sa.CheckConstraint("first > 0 AND last >= first", name=op.f("ck_invoice_blocks_whole")),
        sa.PrimaryKeyConstraint("record_seq", name=op.f("pk_invoice_blocks")),
        sa.UniqueConstraint("first", name=op.f("uq_invoice_blocks_first")),
        sa.UniqueConstraint("last", name=op.f("uq_invoice_blocks_last")),
        sqlite_strict=True,
    )
    op.create_table(
        "invoice_buyers",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("order_code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tax_code", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("personal_id", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_buyers")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("invoice_buyers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invoice_buyers_order_code"), ["order_code"], unique=False)

    op.create_table(
        "invoice_messages",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("packed_at", UtcInstant(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        sa.Column("next_try_at", UtcInstant(), nullable=True),
        sa.Column("received", sa.Boolean(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_invoice_messages")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("invoice_messages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invoice_messages_next_try_at"), ["next_try_at"], unique=False)

    op.create_table(
        "invoice_outages",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("record_seq", name=op.f("pk_invoice_outages")),
        sqlite_strict=True,
    )
    op.create_table(
        "invoice_waits",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sale_number", sa.BigInteger(), nullable=False),
        sa.Column("refund_number", sa.BigInteger(), nullable=True),
        sa.Column("corrects", sa.Text(), nullable=True),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["sale_number"], ["sales.number"], name=op.f("fk_invoice_waits_sale_number")),
        sa.PrimaryKeyConstraint("record_seq", name=op.f("pk_invoice_waits")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("invoice_waits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invoice_waits_sale_number"), ["sale_number"], unique=False)

    op.create_table(
        "invoices",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sale_number", sa.BigInteger(), nullable=False),
        sa.Column("refund_number", sa.BigInteger(), nullable=True),
        sa.Column("corrects", sa.Text(), nullable=True),
        sa.Column("waited", sa.BigInteger(), nullable=True),
        sa.Column("form", sa.BigInteger(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("code_number", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.Column("buyer_id", sa.BigInteger(), nullable=True),
        sa.Column("buyer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", UtcInstant(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=True),
        sa.CheckConstraint("(kind = 'original') = (corrects IS NULL)", name=op.f("ck_invoices_answers_another")),
        sa.CheckConstraint("number BETWEEN 1 AND 99999999", name=op.f("ck_invoices_eight_digits")),
        sa.ForeignKeyConstraint(["buyer_id"], ["invoice_buyers.id"], name=op.f("fk_invoices_buyer_id")),
        sa.ForeignKeyConstraint(["corrects"], ["invoices.code"], name=op.f("fk_invoices_corrects")),
        sa.ForeignKeyConstraint(["sale_number"], ["sales.number"], name=op.f("fk_invoices_sale_number")),
        sa.ForeignKeyConstraint(["waited"], ["invoice_waits.record_seq"], name=op.f("fk_invoices_waited")),
        sa.PrimaryKeyConstraint("record_seq", name=op.f("pk_invoices")),
        sa.UniqueConstraint("code", name=op.f("uq_invoices_code")),
        sa.UniqueConstraint("code_number", name=op.f("uq_invoices_code_number")),
        sa.UniqueConstraint("form", "series", "number", name=op.f("uq_invoices_form_series_number")),
        sa.UniqueConstraint("waited", name=op.f("uq_invoices_waited")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("invoices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invoices_corrects"), ["corrects"], unique=False)
        batch_op.create_index("ix_invoices_day", ["day"], unique=False)
        batch_op.create_index("ix_invoices_sale", ["sale_number"], unique=False)
        batch_op.create_index(
            "uq_invoices_of_refund",
            ["refund_number"],
            unique=True,
            sqlite_where=sa.text("refund_number IS NOT NULL"),
            postgresql_where=sa.text("refund_number IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_invoices_original",
            ["sale_number"],
            unique=True,
            sqlite_where=sa.text("kind = 'original'"),
            postgresql_where=sa.text("kind = 'original'"),
        )

    op.create_table(
        "invoice_notices",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("buyer_id", sa.BigInteger(), nullable=True),
        sa.Column("buyer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["invoice_buyers.id"], name=op.f("fk_invoice_notices_buyer_id")),
        sa.ForeignKeyConstraint(["code"], ["invoices.code"], name=op.f("fk_invoice_notices_code")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_invoice_notices")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_invoice_notices_record_seq")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("invoice_notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invoice_notices_code"), ["code"], unique=False)

    op.create_table(
        "invoice_steps",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["code"], ["invoices.code"], name=op.f("fk_invoice_steps_code")),
        sa.PrimaryKeyConstraint("record_seq", "code", name=op.f("pk_invoice_steps")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("invoice_steps", schema=None) as batch_op:
        batch_op.create_index("ix_invoice_steps_code", ["code", "record_seq"], unique=False)

    op.create_table(
        "unsettled_invoices",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("wait_seq", sa.BigInteger(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.CheckConstraint("(code IS NULL) = (standing = 'waiting')", name=op.f("ck_unsettled_invoices_numbered")),
        sa.ForeignKeyConstraint(["code"], ["invoices.code"], name=op.f("fk_unsettled_invoices_code")),
        sa.ForeignKeyConstraint(
            ["wait_seq"], ["invoice_waits.record_seq"], name=op.f("fk_unsettled_invoices_wait_seq")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsettled_invoices")),
        sa.UniqueConstraint("code", name=op.f("uq_unsettled_invoices_code")),
        sa.UniqueConstraint("wait_seq", name=op.f("uq_unsettled_invoices_wait_seq")),
        sqlite_strict=True,
    )

    for statement in append_only_ddl("invoice_blocks", op.get_context().dialect.name):
        op.execute(statement)
    for statement in append_only_ddl("invoice_outages", op.get_context().dialect.name):
        op.execute(statement)
    for statement in append_only_ddl("invoice_waits", op.get_context().dialect.name):
        op.execute(statement)
    for statement in append_only_ddl("invoices", op.get_context().dialect.name):
        op.execute(statement)
    for statement in append_only_ddl("invoice_notices", op.get_context().dialect.name):
        op.execute(statement)
    for statement in append_only_ddl("invoice_steps", op.get_context().dialect.name):
        op.execute(statement)
