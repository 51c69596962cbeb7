"""The language of a command's sentences: Vietnamese, or English when it is asked for."""

from contextlib import AbstractContextManager

import click

from core.i18n import ENGLISH, VIETNAMESE, use

ENGLISH_OPTION = click.option("--english", is_flag=True, help="Say it in English.")


def spoken(english: bool) -> AbstractContextManager[None]:
    """Speak the language that was asked for inside the block."""
    return use(ENGLISH if english else VIETNAMESE)
