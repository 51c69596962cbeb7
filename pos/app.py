"""The shop: one app from database to pages."""

from pathlib import Path

from flask import Flask

from config.settings import Settings
from core.current_settings import THEN, install_settings
from core.database import install_database
from core.file_store import install_file_store
from core.free_space import FreeSpace, install_free_space
from core.journal.seal import Terminal, install_terminal
from core.web.attached_files import install_attached_files
from core.web.manual import install_manual
from core.web.room_for_selling import install_room_for_selling
from core.web.shell import install_shell
from inventory.lot_label import register_lot_labels
from inventory.web import install_goods
from pos.backups.worker import install_backups
from pos.data_folder import DataFolder
from pos.goods_at_till import goods_at_till
from pos.papers import register_papers
from pos.restoring.drill_worker import install_drills
from pos.settings.in_force import settings_as_of
from pos.web import install_pages
from pos.web.backup_item import backup_item, drill_item
from pos.web.clock import clock_item
from pos.web.foot_items import record_item, shift_item
from pos.web.invoice_item import invoice_item
from pos.web.other_devices import certificate_item
from pos.web.room_item import room_item
from pos.web.transfer_item import transfer_item
from printers.web import install_printing

MIGRATIONS = Path(__file__).with_name("migrations")
MANUAL = Path(__file__).parents[1] / "docs" / "manual"  # in a checkout and where the program is installed


def create_shop_app(settings: Settings, folder: DataFolder) -> Flask:
    """Put a shop together from its settings and its data folder; nothing is started or written by it."""
    app = Flask(__name__, static_folder=None)
    app.secret_key = settings.secrets.session_key or folder.read_secret()
    install_settings(app, settings)
    app.extensions[THEN] = settings_as_of
    install_database(app, folder.database_url)
    install_terminal(app, Terminal.at(settings.terminal.id, key_path=folder.terminal_key, head_path=folder.head_log))
    install_file_store(app, folder.files)
    install_free_space(app, FreeSpace(folder.path))
    install_shell(app)
    install_manual(app, MANUAL)
    install_attached_files(app)
    install_room_for_selling(app)
    register_papers()
    register_lot_labels()
    install_pages(app)
    install_goods(app)
    install_printing(app)
    install_backups(app, folder)
    install_drills(app, folder)
    app.extensions["goods_at_till"] = goods_at_till
    app.extensions["foot_bar"] += (room_item, clock_item)
    app.extensions["foot_bar"] += (shift_item, transfer_item, record_item, certificate_item, backup_item, drill_item)
    app.extensions["foot_bar"] += (invoice_item,)
    return app
