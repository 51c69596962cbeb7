"""Transfers that are waited for."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant
from core.database import append_only_ddl

revision = "2026_11_27_transfers_that_are_waited_for"
down_revision = "2026_11_27_services_beside_the_goods"


def upgrade() -> None:
    op.create_table(
        "bank_arrivals",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("order_code", sa.Text(), nullable=True),
        sa.Column("booked_at", UtcInstant(), nullable=True),
        sa.Column("told_at", UtcInstant(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_bank_arrivals_amount_positive")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_bank_arrivals_staff_id")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_bank_arrivals")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_bank_arrivals_record_seq")),
        sa.UniqueConstraint("reference", name=op.f("uq_bank_arrivals_reference")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("bank_arrivals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bank_arrivals_order_code"), ["order_code"], unique=False)

    op.create_table(
        "sticker_looks",
        sa.Column("record_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("register_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("looked_at", UtcInstant(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("expected", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["register_id"], ["registers.id"], name=op.f("fk_sticker_looks_register_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_sticker_looks_staff_id")),
        sa.PrimaryKeyConstraint("record_seq", name=op.f("pk_sticker_looks")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("sticker_looks", schema=None) as batch_op:
        batch_op.create_index("ix_sticker_looks_register", ["register_id", "record_seq"], unique=False)

    op.create_table(
        "bank_arrival_words",
        sa.Column("arrival_uid", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["arrival_uid"], ["bank_arrivals.uid"], name=op.f("fk_bank_arrival_words_arrival_uid")),
        sa.PrimaryKeyConstraint("arrival_uid", name=op.f("pk_bank_arrival_words")),
        sqlite_strict=True,
    )
    op.create_table(
        "transfer_requests",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("order_code", sa.Text(), nullable=False),
        sa.Column("register_id", sa.BigInteger(), nullable=False),
        sa.Column("shift_number", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("asked_at", UtcInstant(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_transfer_requests_amount_positive")),
        sa.ForeignKeyConstraint(["register_id"], ["registers.id"], name=op.f("fk_transfer_requests_register_id")),
        sa.ForeignKeyConstraint(["shift_number"], ["shifts.number"], name=op.f("fk_transfer_requests_shift_number")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_transfer_requests_staff_id")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_transfer_requests")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_transfer_requests_record_seq")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("transfer_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_requests_order_code"), ["order_code"], unique=False)

    op.create_table(
        "bank_arrival_sortings",
        sa.Column("arrival_uid", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("request_uid", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sorted_at", UtcInstant(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["arrival_uid"], ["bank_arrivals.uid"], name=op.f("fk_bank_arrival_sortings_arrival_uid")
        ),
        sa.ForeignKeyConstraint(
            ["request_uid"], ["transfer_requests.uid"], name=op.f("fk_bank_arrival_sortings_request_uid")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_bank_arrival_sortings_staff_id")),
        sa.PrimaryKeyConstraint("arrival_uid", name=op.f("pk_bank_arrival_sortings")),
        sa.UniqueConstraint("request_uid", name=op.f("uq_bank_arrival_sortings_request_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "transfer_request_endings",
        sa.Column("request_uid", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ended_at", UtcInstant(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_transfer_request_endings_amount_not_negative")),
        sa.ForeignKeyConstraint(
            ["request_uid"], ["transfer_requests.uid"], name=op.f("fk_transfer_request_endings_request_uid")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_transfer_request_endings_staff_id")),
        sa.PrimaryKeyConstraint("request_uid", name=op.f("pk_transfer_request_endings")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_transfer_request_endings_record_seq")),
        sqlite_strict=True,
    )

    for statement in append_only_ddl("bank_arrivals", op.get_context().dialect.name):
        op.execute(statement)
    for statement in append_only_ddl("sticker_looks", op.get_context().dialect.name):
        op.execute(statement)
    for statement in append_only_ddl("transfer_requests", op.get_context().dialect.name):
        op.execute(statement)
    for statement in append_only_ddl("bank_arrival_sortings", op.get_context().dialect.name):
        op.execute(statement)
    for statement in append_only_ddl("transfer_request_endings", op.get_context().dialect.name):
        op.execute(statement)
