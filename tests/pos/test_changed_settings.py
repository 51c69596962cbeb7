"""`shop doctor`: what shop.toml says and pages have outdone."""

from __future__ import annotations

from core.database import db, transaction
from pos.doctor.checks.changed_settings import pages_stand_above_the_file
from pos.doctor.doctor import Level, admit, examine
from pos.settings.change import change_settings
from pos.settings.printer import PrinterPlan, add_printer


def said(folder) -> list[str]:
    findings = list(examine(admit(folder), [pages_stand_above_the_file]))
    assert {finding.level for finding in findings} <= {Level.OK}
    return [finding.said for finding in findings]


def test_a_file_that_nobody_outdid_is_not_spoken_of(shop, folder):
    folder.settings.write_text('[shop]\nname = "OCOP Lạng Sơn"\n', encoding="utf-8")

    assert said(folder) == []


def test_what_a_page_changed_is_named(shop, folder):
    folder.settings.write_text('[shop]\nname = "OCOP Lạng Sơn"\nphone = "1"\n', encoding="utf-8")
    with transaction():
        change_settings("shop", {"name": "OCOP Bắc Sơn", "phone": "1"}, by=shop.manager)
    db.session.remove()

    (sentence,) = said(folder)
    assert sentence.endswith("Tên cửa hàng.")


def test_printers_of_the_file_no_longer_count(shop, folder):
    folder.settings.write_text(
        '[[printers]]\nname = "a"\n'
        'role = "receipt"\nkind = "cups"\naddress = "a"\ndots = 576\ndrawer = true\ncut = true\n',
        encoding="utf-8",
    )
    with transaction():
        add_printer(PrinterPlan("b", "receipt", "cups", "b"), by=shop.manager)
    db.session.remove()

    assert "Máy in" in said(folder)[0]


def test_a_shop_without_a_database_is_somebody_elses_trouble(tmp_path, folder):
    folder.database.unlink()

    assert said(folder) == []
