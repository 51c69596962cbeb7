"""The app of the first run: the shell of the shop around a few questions."""

import secrets

from flask import Flask

from core.web.manual import install_manual
from core.web.shell import install_shell
from pos.app import MANUAL
from pos.data_folder import DataFolder
from pos.first_run.making import Making
from pos.first_run.web import bp


def create_first_run_app(folder: DataFolder) -> Flask:
    """The app whose pages make a shop in the folder."""
    app = Flask("first_run", static_folder=None)
    app.secret_key = secrets.token_hex(32)  # lasts as long as the first run does
    app.config["SITE_NAME"] = "OCOP"
    app.extensions["first_run"] = Making(folder)
    install_shell(app)
    install_manual(app, MANUAL)
    app.register_blueprint(bp)
    return app
