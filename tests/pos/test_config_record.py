"""CONFIG: what shop.toml says is written down at the start, topic by topic, whenever it differs from before."""

from core.database import transaction
from core.journal.record import Kind
from pos.replay import verify_shop
from pos.settings.change import change_settings
from pos.settings.config_record import note_settings
from pos.settings.topic import TOPICS
from tests.factories import opened, records, shop_settings


def start(folder, settings):
    with opened(folder, settings), transaction():
        note_settings()


def told(field):
    return [record["body"][field] for record in records(Kind.CONFIG) if field in record["body"]]


def test_settings_are_recorded_at_the_first_start_and_when_they_change(shop, folder):
    other = shop_settings(shop={"tax_method": "household", "owner_kind": "household"})
    for settings in (shop_settings(), shop_settings(), other, other, shop_settings()):
        start(folder, settings)

    assert told("tax_method") == ["deduction", "household", "deduction"]
    assert told("owner_kind") == ["company", "household", "company"]
    assert len(told("footer")) == 1
    assert verify_shop().clean


def test_what_does_not_change_the_meaning_of_a_record_is_not_recorded(shop, folder):
    start(folder, shop_settings())
    start(folder, shop_settings(server={"port": 9000}))

    assert len(records(Kind.CONFIG)) == len(TOPICS)


def test_a_start_after_a_change_on_a_page_records_nothing_new(shop, folder):
    start(folder, shop_settings())
    with transaction():
        change_settings("receipt", {"footer": "Hẹn gặp lại!"}, by=shop.manager)
    start(folder, shop_settings())

    assert len(told("footer")) == 2
