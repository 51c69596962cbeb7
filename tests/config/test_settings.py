"""Settings: three layers, and a start that stops with the name of what is wrong and its file."""

from __future__ import annotations

import dataclasses
import re
import tomllib
import typing
import unicodedata

import pytest

from config import settings
from config.settings import DEFAULTS, Settings, SettingsError, load_settings

PRINTER = {
    "name": "receipts",
    "role": "receipt",
    "kind": "network",
    "address": "192.168.1.50:9100",
    "dots": 576,
    "drawer": True,
    "cut": True,
}
LAYOUT = {"prefix": "26", "item_digits": 5, "value_digits": 5, "unit": "g"}


@pytest.fixture(autouse=True)
def _no_secrets(monkeypatch):
    monkeypatch.delenv("SHOP_SECRET_SESSION_KEY", raising=False)


@pytest.fixture
def shop_file(tmp_path):
    def write(text: str, encoding: str = "utf-8"):
        (tmp_path / "shop.toml").write_bytes(text.encode(encoding))
        return tmp_path

    return write


def test_a_shop_that_says_nothing_gets_the_defaults():
    settings = load_settings()

    assert settings.demo is False
    assert settings.printers == ()
    assert settings.scan.in_store_prefix == "2"
    assert [layout.prefix for layout in settings.scan.weight_layouts] == ["26"]
    assert settings.selling.max_quantity == 1_000
    assert not settings.bank.takes_transfers


def test_a_data_folder_without_a_file_gets_the_defaults(tmp_path):
    assert load_settings(tmp_path) == load_settings()


def test_the_shops_file_stands_above_the_defaults_and_the_command_above_both(shop_file):
    folder = shop_file('[shop]\nname = "OCOP Lạng Sơn"\n[server]\nport = 9000\nthreads = 4\n')

    settings = load_settings(folder, {"server": {"port": 9001}})

    assert settings.shop.name == "OCOP Lạng Sơn"
    assert (settings.server.port, settings.server.threads) == (9001, 4)
    assert settings.server.host == load_settings().server.host


def test_a_list_of_the_shop_replaces_the_default_list(shop_file):
    folder = shop_file(
        '[[scan.weight_layouts]]\nprefix = "21"\nitem_digits = 4\nvalue_digits = 6\nunit = "dag"\n'
        '[[printers]]\nname = "receipts"\nrole = "receipt"\nkind = "cups"\naddress = "pos80"\n'
        "dots = 576\ndrawer = false\ncut = true\n"
    )

    settings = load_settings(folder)

    (layout,) = settings.scan.weight_layouts
    assert (layout.prefix, layout.length, layout.thousandths) == ("21", 13, 10)
    assert settings.printers[0].address == "pos80"


def test_a_file_saved_by_a_windows_editor_is_read(shop_file):
    folder = shop_file(unicodedata.normalize("NFD", '[shop]\r\naddress = "Đồng Đăng"\r\n'), "utf-8-sig")

    assert load_settings(folder).shop.address == "Đồng Đăng"


def test_secrets_come_from_the_environment_only(monkeypatch, shop_file):
    monkeypatch.setenv("SHOP_SECRET_SESSION_KEY", "s3cret")
    assert load_settings().secrets.session_key == "s3cret"

    with pytest.raises(SettingsError, match=r"SHOP_SECRET_") as refused:
        load_settings(shop_file('[secrets]\nsession_key = "x"\n'))
    assert "shop.toml" in str(refused.value)


def test_a_misspelt_secret_stops_the_start(monkeypatch):
    monkeypatch.setenv("SHOP_SECRET_SESION_KEY", "x")

    with pytest.raises(SettingsError, match=r"secrets\.sesion_key.*environment"):
        load_settings()


WRONG = [
    # what was given, the setting that the message must name
    ({"shp": {}}, "shp"),
    ({"shop": {"nme": "x"}}, "shop.nme"),
    ({"shop": "x"}, "shop"),
    ({"shop": {"name": 3}}, "shop.name"),
    ({"shop": {"name": " "}}, "shop"),
    ({"shop": {"name": "a\nb"}}, "shop.name"),
    ({"shop": {"code": "A1"}}, "shop"),
    ({"shop": {"tax_code": "123"}}, "shop"),
    ({"shop": {"owner_kind": "ngo"}}, "shop.owner_kind"),
    ({"shop": {"tax_method": 1}}, "shop.tax_method"),
    ({"demo": 1}, "demo"),
    ({"demo": "yes"}, "demo"),
    ({"server": {"port": "8600"}}, "server.port"),
    ({"server": {"port": True}}, "server.port"),
    ({"server": {"port": 8600.0}}, "server.port"),
    ({"server": {"port": 65536}}, "server"),
    ({"server": {"threads": 0}}, "server"),
    ({"bank": {"bin": "970436"}}, "bank"),
    ({"bank": {"bin": "97043", "account": "1"}}, "bank"),
    ({"bank": {"bin": "970436", "account": "1 2"}}, "bank"),
    ({"bank": {"sticker": "yes"}}, "bank.sticker"),
    ({"bank_notices": {"amount_field": ""}}, "bank_notices"),
    ({"bank_notices": {"id_field": "a b"}}, "bank_notices"),
    ({"bank_notices": {"words_field": "a.b.c.d.e.f"}}, "bank_notices"),
    ({"bank_notices": {"time_field": "[0]"}}, "bank_notices"),
    ({"printers": {}}, "printers"),
    ({"printers": [{**PRINTER, "kind": "fax"}]}, "printers[0].kind"),
    ({"printers": [PRINTER, {**PRINTER, "colour": True}]}, "printers[1].colour"),
    ({"printers": [PRINTER, "x"]}, "printers[1]"),
    ({"printers": [{k: v for k, v in PRINTER.items() if k != "role"}]}, "printers[0].role"),
    ({"printers": [PRINTER, PRINTER]}, "(all)"),
    ({"printers": [{**PRINTER, "dots": 575}]}, "printers[0]"),
    ({"printers": [{**PRINTER, "name": ""}]}, "printers[0]"),
    ({"scan": {"in_store_prefix": "3"}}, "scan"),
    ({"scan": {"weight_layouts": [{**LAYOUT, "prefix": "36"}]}}, "scan.weight_layouts[0]"),
    ({"scan": {"weight_layouts": [{**LAYOUT, "item_digits": 4}]}}, "scan.weight_layouts[0]"),
    ({"scan": {"weight_layouts": [{**LAYOUT, "item_digits": 0}]}}, "scan.weight_layouts[0]"),
    ({"scan": {"weight_layouts": [LAYOUT, LAYOUT]}}, "scan"),
    ({"receipt": {"language": "fr"}}, "receipt.language"),
    ({"terminal": {"id": "T 1"}}, "terminal"),
    ({"selling": {"max_quantity": 0}}, "selling"),
]


@pytest.mark.parametrize(("given", "named"), WRONG, ids=lambda value: value if isinstance(value, str) else None)
def test_a_wrong_setting_stops_the_start_with_its_name_and_where_it_was(given, named):
    with pytest.raises(SettingsError) as refused:
        load_settings(None, given)

    assert refused.value.setting == named
    assert f"“{named}”" in str(refused.value)
    assert refused.value.source == "the start command"


def test_a_wrong_setting_names_the_file_it_stands_in(shop_file):
    folder = shop_file("[server]\nprt = 1\n")

    with pytest.raises(SettingsError) as refused:
        load_settings(folder, {"server": {"port": 1}})

    assert refused.value.source == str(folder / "shop.toml")


@pytest.mark.parametrize("text", ["[shop", "shop = ", '[shop]\nname = "a"\nname = "b"'])
def test_a_file_that_is_no_toml_stops_the_start(shop_file, text):
    with pytest.raises(SettingsError, match=r"shop\.toml.*cannot be read"):
        load_settings(shop_file(text))


def test_a_file_in_an_old_encoding_stops_the_start(shop_file):
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(shop_file('[shop]\nname = "Chè"\n', "latin-1"))


def test_a_default_that_is_missing_stops_the_start(tmp_path, monkeypatch):
    shortened = tmp_path / "defaults.toml"
    shortened.write_text(re.sub(r"^port .*\n", "", DEFAULTS.read_text(encoding="utf-8"), flags=re.M), encoding="utf-8")
    monkeypatch.setattr(settings, "DEFAULTS", shortened)

    with pytest.raises(SettingsError) as refused:
        load_settings()

    assert (refused.value.setting, refused.value.source) == ("server.port", str(shortened))


def test_settings_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        load_settings().demo = True


def test_every_default_has_its_comment():
    lines = DEFAULTS.read_text(encoding="utf-8").splitlines()
    settings_lines = [line for line in lines if re.match(r"(# )?[a-z_]+ = ", line)]

    assert [line for line in settings_lines if not re.search(r"\S\s+# \S", line)] == []


def test_the_printer_written_out_in_the_comments_can_be_copied():
    text = DEFAULTS.read_text(encoding="utf-8")
    example = text[text.index("# [[printers]]") :].replace("# ", "", 1).replace("\n# ", "\n")

    printers = tomllib.loads(example)["printers"]

    assert load_settings(None, {"printers": printers}).printers[0].name == "receipts"


def test_every_section_is_described():
    for section in (kind for kind in typing.get_type_hints(Settings).values() if dataclasses.is_dataclass(kind)):
        assert section.__doc__


@pytest.mark.parametrize("secret", ["", "x" * 31])
def test_notices_of_the_bank_need_a_secret_to_be_served_and_none_to_verify_the_shop(monkeypatch, secret):
    monkeypatch.setenv("SHOP_SECRET_BANK_NOTICES", secret)

    loaded = load_settings(overrides={"bank_notices": {"enabled": True}})

    assert not loaded.hears_the_bank
    with pytest.raises(SettingsError, match="SHOP_SECRET_BANK_NOTICES"):
        loaded.need_secrets()


def test_with_its_secret_the_shop_hears_the_bank(monkeypatch):
    monkeypatch.setenv("SHOP_SECRET_BANK_NOTICES", "x" * 32)

    loaded = load_settings(overrides={"bank_notices": {"enabled": True}})

    loaded.need_secrets()
    assert loaded.hears_the_bank
