from core.database import transaction
from core.journal.record import Kind
from pos.config_record import note_settings
from tests.factories import records, shop_settings


def test_settings_are_recorded_at_the_first_start_and_when_they_change(shop):
    other = shop_settings(shop={"tax_method": "household", "owner_kind": "household"})
    for settings in (shop_settings(), shop_settings(), other, other, shop_settings()):
        with transaction():
            note_settings(settings)

    told = [record["body"]["tax_method"] for record in records(Kind.CONFIG)]
    assert told == ["deduction", "household", "deduction"]


def test_what_does_not_change_the_meaning_of_a_record_is_not_recorded(shop):
    with transaction():
        note_settings(shop_settings())
        note_settings(shop_settings(server={"port": 9000}, receipt={"footer": "Hẹn gặp lại!"}))

    assert len(records(Kind.CONFIG)) == 1
