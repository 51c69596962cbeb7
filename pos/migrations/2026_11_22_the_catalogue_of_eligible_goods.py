"""The catalogue of eligible goods."""

import sqlalchemy as sa
from alembic import op

from core.columns import UtcInstant
from core.database import append_only_ddl

revision = "2026_11_22_the_catalogue_of_eligible_goods"
down_revision = "2026_11_22_people_and_the_journal"


def upgrade() -> None:
    op.create_table(
        "producers",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("province_id", sa.Text(), nullable=True),
        sa.Column("locality_id", sa.Text(), nullable=True),
        sa.Column("old_commune", sa.Text(), nullable=False),
        sa.Column("old_district", sa.Text(), nullable=False),
        sa.Column("tax_code", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_producers_named")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_producers")),
        sa.UniqueConstraint("code", name=op.f("uq_producers_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_producers_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("producers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_producers_name_folded"), ["name_folded"], unique=False)

    op.create_table(
        "products",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("producer_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("unit_label", sa.Text(), nullable=False),
        sa.Column("group_code", sa.Text(), nullable=False),
        sa.Column("old_group_code", sa.Text(), nullable=True),
        sa.Column("sell_within_days", sa.BigInteger(), nullable=True),
        sa.Column("search_exact", sa.Text(), nullable=False),
        sa.Column("search_folded", sa.Text(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_products_named")),
        sa.CheckConstraint("unit IN ('piece', 'kg', 'l', 'm')", name=op.f("ck_products_known_unit")),
        sa.CheckConstraint("sell_within_days BETWEEN 1 AND 3650", name=op.f("ck_products_sell_within_some_days")),
        sa.ForeignKeyConstraint(["producer_id"], ["producers.id"], name=op.f("fk_products_producer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_products")),
        sa.UniqueConstraint("sku", name=op.f("uq_products_sku")),
        sa.UniqueConstraint("uid", name=op.f("uq_products_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("products", schema=None) as batch_op:
        batch_op.create_index("ix_products_search", ["search_folded", "search_exact", "retired_on"], unique=False)
        batch_op.create_index("uq_products_article", ["producer_id", "name", "pack"], unique=True)

    op.create_table(
        "certificates",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("stars", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decision_date", sa.Date(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_certificates_ends_after_it_begins")),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_certificates_stars_1_to_5")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_certificates_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_certificates_record_seq")),
        sa.UniqueConstraint("uid", name=op.f("uq_certificates_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("certificates", schema=None) as batch_op:
        batch_op.create_index("ix_certificates_of_day", ["product_id", "first_day", "record_seq"], unique=False)

    op.create_table(
        "eligibilities",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("basis_code", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("evidence <> ''", name=op.f("ck_eligibilities_proved")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_eligibilities_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_eligibilities_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibilities")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_eligibilities_record_seq")),
        sa.UniqueConstraint("uid", name=op.f("uq_eligibilities_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("eligibilities", schema=None) as batch_op:
        batch_op.create_index("ix_eligibilities_of_day", ["product_id", "first_day"], unique=False)

    op.create_table(
        "licences",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_licences_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_licences_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licences")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_licences_record_seq")),
        sa.UniqueConstraint("uid", name=op.f("uq_licences_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("licences", schema=None) as batch_op:
        batch_op.create_index("ix_licences_kind", ["kind", "product_id"], unique=False)

    op.create_table(
        "prices",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_prices_amount_positive")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_prices_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prices")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_prices_record_seq")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("prices", schema=None) as batch_op:
        batch_op.create_index("ix_prices_of_day", ["product_id", "first_day", "record_seq", "amount"], unique=False)

    op.create_table(
        "product_numbers",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("pack", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind <> 'gtin' OR length(number) = 14", name=op.f("ck_product_numbers_gtin_of_14_digits")),
        sa.CheckConstraint(
            "number <> '' AND ltrim(number, '0123456789') = ''", name=op.f("ck_product_numbers_digits_only")
        ),
        sa.CheckConstraint("pack > 0", name=op.f("ck_product_numbers_pack_positive")),
        sa.CheckConstraint("kind IN ('gtin', 'in_store', 'scale')", name=op.f("ck_product_numbers_known_kind")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_product_numbers_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_numbers")),
        sa.UniqueConstraint("number", name=op.f("uq_product_numbers_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("product_numbers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_product_numbers_product_id"), ["product_id"], unique=False)

    op.create_table(
        "product_tax_classes",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("tax_class", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_product_tax_classes_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_tax_classes")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_product_tax_classes_record_seq")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("product_tax_classes", schema=None) as batch_op:
        batch_op.create_index(
            "ix_product_tax_classes_of_day", ["product_id", "first_day", "record_seq", "tax_class"], unique=False
        )

    op.create_table(
        "recalls",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("lot_number", sa.Text(), nullable=True),
        sa.Column("since", UtcInstant(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_recalls_reasoned")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_recalls_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recalls")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_recalls_record_seq")),
        sa.UniqueConstraint("uid", name=op.f("uq_recalls_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("recalls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recalls_product_id"), ["product_id"], unique=False)

    op.create_table(
        "certificate_withdrawals",
        sa.Column("certificate_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("fk_certificate_withdrawals_certificate_id")
        ),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_certificate_withdrawals")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_certificate_withdrawals_record_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "eligibility_ends",
        sa.Column("eligibility_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["eligibility_id"], ["eligibilities.id"], name=op.f("fk_eligibility_ends_eligibility_id")
        ),
        sa.PrimaryKeyConstraint("eligibility_id", name=op.f("pk_eligibility_ends")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_eligibility_ends_record_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "recall_lifts",
        sa.Column("recall_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since", UtcInstant(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("record_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["recall_id"], ["recalls.id"], name=op.f("fk_recall_lifts_recall_id")),
        sa.PrimaryKeyConstraint("recall_id", name=op.f("pk_recall_lifts")),
        sa.UniqueConstraint("record_seq", name=op.f("uq_recall_lifts_record_seq")),
        sqlite_strict=True,
    )

    for table in (
        "certificates",
        "eligibilities",
        "licences",
        "prices",
        "product_tax_classes",
        "recalls",
        "certificate_withdrawals",
        "eligibility_ends",
        "recall_lifts",
    ):
        for statement in append_only_ddl(table, op.get_context().dialect.name):
            op.execute(statement)
