"""The settings of the app that is running, for verbs that no request hands them to."""

from typing import cast

from flask import Flask, current_app

from config.settings import Settings


def install_settings(app: Flask, settings: Settings) -> None:
    """Give an app the settings it was started with."""
    app.extensions["settings"] = settings


def current_settings() -> Settings:
    """The settings of the shop whose app context this is."""
    return cast(Settings, current_app.extensions["settings"])
