"""The house rules, read from our own source. Each has a planted violation, which shows that it can go red."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from config.settings import load_settings
from core.web.access import public
from pos.app import create_shop_app
from pos.data_folder import DataFolder
from tests.house import access_rules, address_rules, import_rules, page_rules, size_rules, text_rules, value_rules
from tests.house.source import ROOT, Source, read_project
from tests.house.text_rules import Translation

Rule = Callable[[Source], Iterator[str]]

IN_PYTHON = [
    import_rules.import_table,
    import_rules.pages_on_top,
    import_rules.flask_at_the_edge,
    size_rules.file_length,
    size_rules.function_length,
    size_rules.speaking_names,
    value_rules.one_clock,
    value_rules.no_float,
    value_rules.estimates_stand_alone,
    value_rules.exact_columns,
    value_rules.one_commit,
    value_rules.no_cascade,
    value_rules.trouble_is_named,
    text_rules.english_in_code,
]
IN_PAGES = [size_rules.speaking_names, text_rules.english_in_code]
IN_TEMPLATES = [page_rules.fields_hide_nothing]
IN_SCRIPTS = [size_rules.script_length]
IN_EVERY_TEXT = [address_rules.no_registry, address_rules.no_machine_path, address_rules.one_door_to_shared_cases]
TEXTS = (".py", ".toml", ".md", ".in", ".lock", ".html", ".css", ".js", ".po", ".json", ".csv", ".txt", ".sh", "")

CASES = [
    *((rule, (".py",)) for rule in IN_PYTHON),
    *((rule, (".html", ".css", ".js")) for rule in IN_PAGES),
    *((rule, (".html",)) for rule in IN_TEMPLATES),
    *((rule, (".js",)) for rule in IN_SCRIPTS),
    *((rule, TEXTS) for rule in IN_EVERY_TEXT),
]

files = cache(read_project)


def named(value: object) -> str:
    return getattr(value, "__name__", None) or " ".join(map(str, value))  # type: ignore[call-overload]


def show(complaints: Iterable[str], rule: str = "") -> None:
    """Fail with the complaints and nothing else."""
    found = list(complaints)
    if found:
        pytest.fail("\n".join([rule, *found]), pytrace=False)


@pytest.mark.parametrize(("rule", "suffixes"), CASES, ids=named)
def test_the_project_keeps_the_rule(rule: Rule, suffixes: tuple[str, ...]) -> None:
    broken = [complaint for source in files(*suffixes) for complaint in rule(source)]

    show(broken, rule.__doc__ or "")


def test_few_files_know_the_printers_libraries() -> None:
    show(import_rules.few_know_the_device(files(".py")))


@cache
def used_messages() -> dict[str, str]:
    return {
        message: place
        for source in files(".py", ".html")
        if source.is_ours
        for message, place in text_rules.messages(source).items()
    }


def test_every_message_has_its_vietnamese() -> None:
    show(text_rules.everything_translated(used_messages(), text_rules.translations(ROOT)))


def test_no_translation_is_left_over() -> None:
    show(text_rules.nothing_left_over(used_messages(), text_rules.translations(ROOT)))


def test_a_translation_keeps_the_places_of_its_message() -> None:
    show(text_rules.places_kept(text_rules.translations(ROOT)))


def test_percent_signs_are_doubled() -> None:
    show(text_rules.percent_signs_doubled(text_rules.translations(ROOT)))


def test_one_message_has_one_translation() -> None:
    show(text_rules.one_translation(text_rules.translations(ROOT)))


VIOLATIONS = [
    (import_rules.import_table, "printers/x.py", "from inventory.lot import Lot"),
    (import_rules.import_table, "core/x.py", "import pos.sale"),
    (import_rules.import_table, "inventory/catalogue/x.py", "from inventory import lot"),
    (import_rules.import_table, "inventory/catalogue/x.py", "from ..lot import Lot"),
    (import_rules.import_table, "inventory/x.py", "def f():\n    from pos.sale import Sale"),
    (import_rules.import_table, "config/settings.py", "from core.money import Money"),
    (import_rules.pages_on_top, "pos/sale.py", "from pos.web.sales import bp"),
    (import_rules.pages_on_top, "inventory/lot.py", "from core.web import once"),
    (import_rules.flask_at_the_edge, "pos/sale.py", "from flask import request"),
    (import_rules.flask_at_the_edge, "printers/spool.py", "import flask_sqlalchemy"),
    (size_rules.file_length, "pos/sale.py", "x = 1\n" * 301),
    (size_rules.function_length, "pos/sale.py", "def sell():\n" + "    x = 1\n" * 50),
    (size_rules.script_length, "pos/static/till.js", "let x;\n" * 61),
    (size_rules.speaking_names, "pos/utils.py", ""),
    (size_rules.speaking_names, "core/web/templates/_helper.html", ""),
    (page_rules.fields_hide_nothing, "pos/templates/x.html", '{{ ui.choice(_("Legal form"), "form", rows) }}'),
    (page_rules.fields_hide_nothing, "pos/templates/x.html", '<input name="action">'),
    (value_rules.one_clock, "pos/shifts/shift.py", "from datetime import datetime as dt\ndt.now()"),
    (value_rules.one_clock, "pos/shifts/shift.py", "import datetime\ndatetime.date.today()"),
    (value_rules.one_clock, "pos/shifts/shift.py", "import time as t\nt.time()"),
    (value_rules.one_clock, "core/columns.py", "x = text(\"SELECT datetime('now')\")"),
    (value_rules.one_clock, "core/columns.py", "import sqlalchemy as sa\nsa.func.now()"),
    (value_rules.no_float, "pos/pricing.py", "share = 0.85"),
    (value_rules.no_float, "core/money.py", "def of(value: float): ..."),
    (value_rules.no_float, "inventory/lot.py", "due = round(x)"),
    (value_rules.no_float, "inventory/reordering/suggestion.py", "rate = 1.4"),
    (value_rules.estimates_stand_alone, "inventory/reordering/estimate/x.py", "from core.quantity import Quantity"),
    (value_rules.estimates_stand_alone, "inventory/reordering/estimate/x.py", "import sqlalchemy"),
    (value_rules.exact_columns, "core/columns.py", "import sqlalchemy as sa\nprice = sa.Column(sa.Numeric(10, 2))"),
    (value_rules.exact_columns, "pos/sale.py", "from sqlalchemy import Float\nprice = mapped_column(Float)"),
    (value_rules.one_commit, "pos/checkout.py", "db.session.commit()"),
    (value_rules.one_commit, "pos/checkout.py", "connection.execute(text('commit;'))"),
    (value_rules.no_cascade, "inventory/lot.py", "x = ForeignKey('lot.id', ondelete='CASCADE')"),
    (value_rules.no_cascade, "pos/migrations/first.py", "x = 'REFERENCES lot ON  DELETE cascade'"),
    (value_rules.trouble_is_named, "pos/sale.py", "try:\n    sell()\nexcept Exception:\n    pass"),
    (value_rules.trouble_is_named, "pos/sale.py", "try:\n    sell()\nexcept:\n    pass"),
    (text_rules.english_in_code, "pos/sale.py", "message = 'Hết hàng'"),
    (text_rules.english_in_code, "pos/sale.py", "message = f'Còn {left}'"),
    (text_rules.english_in_code, "pos/templates/till.html", "<button>Tiền mặt</button>"),
    (address_rules.no_registry, "requirements.lock", "--index" + "-url https://example"),
    (address_rules.no_registry, "README.md", "see https://py" + "pi.org/project/flask"),
    (address_rules.no_machine_path, "README.md", "cd /ho" + "me/thu/shop"),
    (address_rules.no_machine_path, "pos/cli.py", "path = '/t" + "mp/demo'"),
    (address_rules.one_door_to_shared_cases, "tests/x.py", "open('../sha" + "red/cases')"),
]


@pytest.mark.parametrize(("rule", "path", "text"), VIOLATIONS)
def test_the_rule_sees_a_planted_violation(rule: Rule, path: str, text: str) -> None:
    assert list(rule(Source.planted(path, text)))


KEPT = [
    (import_rules.import_table, "pos/sale.py", "from inventory.lot import Lot\nimport flask"),
    (import_rules.import_table, "inventory/catalogue/price.py", "from inventory.catalogue.product import Product"),
    (import_rules.pages_on_top, "pos/app.py", "from pos.web.sales import bp"),
    (import_rules.flask_at_the_edge, "pos/web/sales.py", "from flask import request"),
    (size_rules.file_length, "pos/migrations/first.py", "x = 1\n" * 400),
    (size_rules.script_length, "core/web/static/vendor/htmx.js", "let x;\n" * 400),
    (value_rules.one_clock, "core/clock.py", "from datetime import datetime\ndatetime.now()"),
    (value_rules.one_clock, "pos/shifts/shift.py", "from core import clock\nclock.now()"),
    (value_rules.no_float, "core/money.py", "if isinstance(dong, bool | float): raise TypeError"),
    (value_rules.no_float, "printers/raster.py", "height = size * 1.35"),
    (value_rules.no_float, "inventory/reordering/estimate/normal.py", "rate = 1.4"),
    (
        value_rules.estimates_stand_alone,
        "inventory/reordering/estimate/x.py",
        "import math\nfrom inventory.reordering.estimate import normal",
    ),
    (value_rules.one_commit, "core/database.py", "session.commit()"),
    (value_rules.trouble_is_named, "pos/sale.py", "try:\n    sell()\nexcept Exception:\n    tidy()\n    raise"),
    (text_rules.english_in_code, "core/text.py", "DIGITS = 'không một hai'"),
    (text_rules.english_in_code, "pos/sale.py", "'''Biên lai bán hàng.'''"),
    (text_rules.english_in_code, "core/fold.py", "text.replace('đ', 'd')"),
    (text_rules.english_in_code, "pos/templates/till.html", "{# Tiền mặt #}<a>Tiếng Việt</a> 35 đồng"),
    (address_rules.no_machine_path, "bin/find-python", "/usr/bin/python3"),
]


@pytest.mark.parametrize(("rule", "path", "text"), KEPT)
def test_the_rule_leaves_good_code_alone(rule: Rule, path: str, text: str) -> None:
    assert list(rule(Source.planted(path, text))) == []


def test_a_third_file_that_knows_escpos_is_seen() -> None:
    known = [Source.planted(f"printers/{name}.py", "from escpos import printer") for name in ("a", "b", "c")]

    assert list(import_rules.few_know_the_device(known[:2])) == []
    assert list(import_rules.few_know_the_device(known))


def test_messages_are_found_in_code_and_in_templates() -> None:
    code = Source.planted(
        "pos/x.py", "m = N_('Sold')\ngettext('One ' 'sale')\nngettext('%(num)s jar', '%(num)s jars', 2)"
    )
    page = Source.planted("pos/x.html", "{{ _('Pay') }} {% trans %}\n  Give\n  change\n{% endtrans %}")

    assert set(text_rules.messages(code)) == {"Sold", "One sale", "%(num)s jar", "%(num)s jars"}
    assert set(text_rules.messages(page)) == {"Pay", "Give change"}


@pytest.mark.parametrize(
    "line", [[], [Translation("vi.po", "Pay", "")], [Translation("vi.po", "Pay", "Trả", fuzzy=True)]]
)
def test_a_message_without_a_checked_translation_is_seen(line: list[Translation]) -> None:
    assert list(text_rules.everything_translated({"Pay": "x.py:1"}, line))


def test_a_translation_that_nobody_says_is_seen() -> None:
    assert list(text_rules.nothing_left_over({}, [Translation("vi.po", "Pay", "Trả")]))


@pytest.mark.parametrize("words", ["Còn hàng", "Còn %(right)s", "Còn %(left)s %(more)s"])
def test_a_lost_or_invented_place_is_seen(words: str) -> None:
    assert list(text_rules.places_kept([Translation("vi.po", "%(left)s left", words)]))


@pytest.mark.parametrize(("message", "words"), [("At 100 %, please", "Cỡ 100 %%"), ("At full size", "Cỡ 100 %, nhé")])
def test_a_lone_percent_sign_is_seen(message: str, words: str) -> None:
    assert list(text_rules.percent_signs_doubled([Translation("vi.po:1", message, words)]))
    assert not list(text_rules.percent_signs_doubled([Translation("vi.po:1", "%(rate)s %%", "%(rate)s %%")]))


def test_two_translations_of_one_message_are_seen() -> None:
    assert list(text_rules.one_translation([Translation("a.po", "Pay", "Trả"), Translation("b.po", "Pay", "Thu")]))


@pytest.fixture
def empty_shop(tmp_path: Path) -> Flask:
    """The shop's app over a folder that holds nothing yet: enough to know its pages."""
    return create_shop_app(load_settings(tmp_path), DataFolder(tmp_path))


def test_every_route_of_the_shop_has_an_access_rule(empty_shop: Flask) -> None:
    assert len(list(empty_shop.url_map.iter_rules())) > 10

    show(access_rules.every_route_is_decided(empty_shop))
    show(access_rules.nothing_changes_by_looking(empty_shop))


def test_a_route_without_an_access_rule_is_seen() -> None:
    app = Flask("planted")
    app.add_url_rule("/open", view_func=public(lambda: ""), endpoint="open")
    app.add_url_rule("/undecided", view_func=lambda: "", endpoint="undecided")

    assert [line.split()[0] for line in access_rules.every_route_is_decided(app)] == ["/undecided"]


def test_a_route_that_reads_and_writes_is_seen() -> None:
    app = Flask("planted")
    app.add_url_rule("/both", view_func=lambda: "", methods=["GET", "POST"])

    assert list(access_rules.nothing_changes_by_looking(app))
