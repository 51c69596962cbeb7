"""The app of the first run: the shell of the shop around a few questions."""

import secrets
import threading

from flask import Flask

from core.web.shell import install_shell
from pos.data_folder import DataFolder
from pos.first_run.making import Making
from pos.first_run.web import bp


def create_first_run_app(folder: DataFolder) -> tuple[Flask, threading.Event]:
    """The app, and the event that is set when the shop is made and the last page has been answered."""
    app = Flask("first_run", static_folder=None)
    app.secret_key = secrets.token_hex(32)  # lasts as long as the first run does
    app.config["SITE_NAME"] = "OCOP"
    making = Making(folder)
    app.extensions["first_run"] = making
    install_shell(app)
    app.register_blueprint(bp)
    return app, making.made
