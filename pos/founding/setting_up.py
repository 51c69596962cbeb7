"""Set up a shop: its folder, its key, its name in the journal, its first person, places and registers."""

import secrets

from config.settings import Settings, load_settings
from core import clock
from core.database import db, transaction
from core.i18n import N_, VIETNAMESE, translator
from core.journal.seal import make_key
from core.migrate import upgrade
from core.staff import Role, Staff, hire
from inventory.location import set_up_locations
from pos.app import MIGRATIONS, create_shop_app
from pos.data_folder import DataFolder, write_private
from pos.founding.new_shop import NewShop
from pos.founding.whole_folder import made_whole
from pos.register import add_register
from pos.settings.change_table import Source
from pos.settings.config_record import write_change
from pos.settings.topic import SHOP, TAX, TOPICS, values_of

_OF_THE_SHOP = ("name", "code", "address", "phone", "tax_code", "locality", "owner_kind", "tax_method")
# No I, L, O, U: nobody takes them for a digit, and no word comes out.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_REGISTER_NAME = N_("Register %(code)s")


def set_up_shop(folder: DataFolder, new: NewShop) -> None:
    """Make the shop in an empty or new folder, whole or not at all.

    The first person is the owner, who hires the others. What a page can change later goes into the database; shop.toml
    gets what belongs to the machine.
    """
    with made_whole(folder) as making:
        make_key(making.terminal_key)
        write_private(making.settings, _settings_file(new))
        upgrade(making.database_url, MIGRATIONS)
        settings = load_settings(making.path, {"shop": {name: getattr(new, name) for name in _OF_THE_SHOP}})
        app = create_shop_app(settings, making)
        with app.app_context():
            try:
                with transaction():
                    _furnish(new, settings)
            finally:
                db.session.remove()
                db.engine.dispose()


def _furnish(new: NewShop, settings: Settings) -> None:
    owner = hire(name=new.person, role=Role.OWNER, pin=new.pin, by=None)
    for topic in (TOPICS[SHOP], TOPICS[TAX]):
        first_day = clock.today() if topic.dated else None
        write_change(topic, values_of(settings, topic), source=Source.PAGE, first_day=first_day, by=owner)
    set_up_locations(by=owner)
    _set_up_registers(new.registers, by=owner)


def _set_up_registers(number: int, *, by: Staff) -> None:
    """Registers 1, 2, …; like the names of goods, their names are kept in Vietnamese."""
    for code in map(str, range(1, number + 1)):
        add_register(code=code, name=translator(VIETNAMESE)(_REGISTER_NAME) % {"code": code}, by=by)


def new_terminal_id(shop_code: str) -> str:
    """A name for the terminal that no other shop has: journals of many shops meet at the hub.

    Eight letters drawn by lot are one of 10**12; the shop's code before them is for people.
    """
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{shop_code}-{drawn}"


def _settings_file(new: NewShop) -> str:
    about = "# What belongs to this machine. Every setting is explained in the program's config/defaults.toml."
    return f'{about}\n[terminal]\nid = "{new_terminal_id(new.code)}"'
