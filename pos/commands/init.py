"""`shop init`: make a shop, from options or from questions at a terminal."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click

from config.reference.localities import address_line
from core.errors import RuleBroken
from core.i18n import N_, gettext
from pos.commands.language import ENGLISH_OPTION, spoken
from pos.commands.shop_folder import plain_words
from pos.data_folder import DataFolder
from pos.founding.new_shop import READERS, NewShop, read_pin
from pos.founding.setting_up import set_up_shop
from pos.settings.names import CHOICES

FIRST_PIN = "SHOP_FIRST_PIN"


@dataclass(frozen=True)
class Question:
    """One thing asked: its option, its words, and what holds when nobody is asked."""

    field: str
    asked: str
    help: str
    default: str | None = None  # None: it must be answered

    @property
    def option(self) -> str:
        """How the option is written."""
        return "--" + self.field.replace("_", "-")

    @property
    def choices(self) -> dict[str, str]:
        """Its answers where there are few, each with its words."""
        return CHOICES.get(self.field, {})


QUESTIONS = (
    Question("name", N_("Name of the shop, as receipts show it"), "Name on receipts."),
    Question("code", N_("Number of the shop, digits"), "1 to 6 digits; 01.", "01"),
    Question("address", N_("Address (Enter: none)"), "Street and number.", ""),
    Question("phone", N_("Telephone (Enter: none)"), "Printed on receipts.", ""),
    Question(
        "locality",
        N_("Commune and province, such as “Mẫu Sơn, Lạng Sơn”"),
        "Commune of today: its name, with the province where the name repeats, or its id.",
    ),
    Question("owner_kind", N_("Who runs the shop"), ", ".join(CHOICES["owner_kind"]) + "."),
    Question("tax_code", N_("Tax code of the owner (Enter: none)"), "MST.", ""),
    Question("tax_method", N_("How the tax is paid"), ", ".join(CHOICES["tax_method"]) + "."),
    Question("registers", N_("How many registers"), "1 to 20; 1.", "1"),
    Question("person", N_("Name of the first person, who may do everything"), "The owner."),
)


def _options(command: Callable[..., None]) -> Callable[..., None]:
    for question in reversed(QUESTIONS):
        command = click.option(question.option, question.field, help=question.help)(command)
    return command


@click.command()
@_options
@ENGLISH_OPTION
@click.pass_obj
def init(folder: DataFolder, /, english: bool, **given: str | None) -> None:
    """Make a shop in the folder: its database, its key, its first person. Asks for what is missing.

    The PIN of the first person is asked for twice; without a terminal it is taken from the variable SHOP_FIRST_PIN.

    \b
    Example: shop --data my-shop init
    """
    with spoken(english), plain_words():
        folder.need_no_shop()
        answers = _answers(given)
        set_up_shop(folder, NewShop(**answers, pin=_pin()))
        click.echo(gettext("The shop “%(name)s” is made.", name=answers["name"]))
        click.echo(gettext("Start it with: %(command)s", command=f"shop --data {folder.path} run"))


def _answers(given: dict[str, str | None]) -> dict[str, Any]:
    """What was given as an option, else asked at the terminal, else left at its default."""
    if not sys.stdin.isatty():
        missing = [each.option for each in QUESTIONS if given[each.field] is None and each.default is None]
        if missing:
            raise click.UsageError(gettext("Missing: %(options)s", options=", ".join(missing)))
    return {each.field: _answer(each, given[each.field]) for each in QUESTIONS}


def _answer(question: Question, given: str | None) -> Any:
    if given is not None:
        return READERS[question.field](given)
    if sys.stdin.isatty():
        return _ask(question)
    assert question.default is not None
    return READERS[question.field](question.default)


def _ask(question: Question) -> Any:
    """Ask until the answer can be read; a choice is made by its number, and a place is said back in full."""
    numbered = dict(enumerate(question.choices, start=1))
    for number, choice in numbered.items():
        click.echo(f"  {number}  {gettext(question.choices[choice])}")

    def read(text: str) -> Any:
        wanted = numbered.get(int(text), text) if text.isascii() and text.isdigit() else text
        return READERS[question.field](wanted)

    answer = _until_read(
        lambda: click.prompt(gettext(question.asked), default=question.default, show_default=bool(question.default)),
        read,
    )
    if question.field == "locality":
        click.echo(f"  {address_line(answer)}")
    return answer


def _pin() -> str:
    """Asked for twice without showing it; never an option, which other users of the machine could read."""
    if not sys.stdin.isatty():
        if FIRST_PIN not in os.environ:
            raise click.UsageError(gettext("Missing: the variable %(name)s with six digits", name=FIRST_PIN))
        return os.environ[FIRST_PIN]
    asked = (N_("PIN of that person, six digits (not shown)"), N_("The same PIN again"))
    pin: str = _until_read(
        lambda: [click.prompt(gettext(words), hide_input=True) for words in asked], lambda typed: read_pin(*typed)
    )
    return pin


def _until_read(ask: Callable[[], Any], read: Callable[[Any], Any]) -> Any:
    """Ask again after each answer that no shop can be made from, and say why."""
    while True:
        try:
            return read(ask())
        except RuleBroken as trouble:
            click.echo(f"  ! {trouble.sentence(gettext)}")
