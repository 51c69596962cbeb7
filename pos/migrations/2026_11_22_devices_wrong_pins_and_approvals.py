"""Devices, wrong PINs and approvals."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant
from core.database import append_only_ddl

revision = "2026_11_22_devices_wrong_pins_and_approvals"
down_revision = "2026_11_22_settings_that_are_changed_while_the_shop_runs"


def upgrade() -> None:
    op.create_table(
        "pin_tries",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("wrong", sa.BigInteger(), nullable=False),
        sa.Column("last_boot", sa.Text(), nullable=False),
        sa.Column("last_ms", sa.BigInteger(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("wrong >= 0", name=op.f("ck_pin_tries_wrong_not_negative")),
        sa.PrimaryKeyConstraint("person", "device", name=op.f("pk_pin_tries")),
        sqlite_strict=True,
    )
    op.create_table(
        "approvals",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("approved_at", UtcInstant(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("approver_id", sa.BigInteger(), nullable=False),
        sa.Column("shift", sa.BigInteger(), nullable=True),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["approver_id"], ["staff.id"], name=op.f("fk_approvals_approver_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_approvals_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_approvals_record_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "devices",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("register", sa.Text(), nullable=True),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("enrolled_by_id", sa.BigInteger(), nullable=False),
        sa.Column("enrolled_at", UtcInstant(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("revoked_at", UtcInstant(), nullable=True),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["enrolled_by_id"], ["staff.id"], name=op.f("fk_devices_enrolled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
        sa.UniqueConstraint("code", name=op.f("uq_devices_code")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_devices_token_hash")),
        sqlite_strict=True,
    )
    op.create_table(
        "enrolment_codes",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("register", sa.Text(), nullable=True),
        sa.Column("made_by_id", sa.BigInteger(), nullable=False),
        sa.Column("made_boot", sa.Text(), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("tries_left", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("tries_left >= 0", name=op.f("ck_enrolment_codes_tries_not_negative")),
        sa.ForeignKeyConstraint(["made_by_id"], ["staff.id"], name=op.f("fk_enrolment_codes_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_codes")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("approvals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approvals_shift"), ["shift"], unique=False)

    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.add_column(sa.Column("device_id", sa.BigInteger(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_sign_ins_device_id"), "devices", ["device_id"], ["id"])

    for statement in append_only_ddl("approvals", op.get_context().dialect.name):
        op.execute(statement)
