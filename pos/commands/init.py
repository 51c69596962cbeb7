"""`shop init`: make a shop, from options or from questions at a terminal."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click

from core import clock
from core.errors import RuleBroken
from core.i18n import N_, gettext
from pos import new_shop
from pos.commands.language import ENGLISH_OPTION, spoken
from pos.commands.shop_folder import plain_words
from pos.data_folder import DataFolder
from pos.new_shop import NewShop
from pos.setting_up import set_up_shop

FIRST_PIN = "SHOP_FIRST_PIN"


@dataclass(frozen=True)
class Question:
    """One thing asked: its option, its words, how its answer is read, and what holds when nobody is asked."""

    field: str
    asked: str
    read: Callable[[str], Any]
    default: str | None = None  # None: it must be answered
    choices: dict[str, str] | None = None
    help: str = ""

    @property
    def option(self) -> str:
        """How the option is written."""
        return "--" + self.field.replace("_", "-")


QUESTIONS = (
    Question("name", N_("Name of the shop, as receipts show it"), new_shop.read_shop_name, help="Name on receipts."),
    Question("code", N_("Code of the shop, digits"), new_shop.read_shop_code, "01", help="1 to 6 digits; 01."),
    Question("address", N_("Address (Enter: none)"), new_shop.read_line, "", help="Street and number."),
    Question("phone", N_("Telephone (Enter: none)"), new_shop.read_line, "", help="Printed on receipts."),
    Question(
        "locality",
        N_("Commune and province, such as “Mẫu Sơn, Lạng Sơn”"),
        lambda text: new_shop.read_locality(text, clock.today()),
        help="Commune of today: its name, with the province where the name repeats, or its id.",
    ),
    Question(
        "owner_kind",
        N_("Who runs the shop"),
        new_shop.read_owner_kind,
        choices=new_shop.OWNER_KINDS,
        help=", ".join(new_shop.OWNER_KINDS) + ".",
    ),
    Question("tax_code", N_("Tax code of the owner (Enter: none)"), new_shop.read_tax_code, "", help="MST."),
    Question(
        "tax_method",
        N_("How the owner pays VAT"),
        new_shop.read_tax_method,
        choices=new_shop.TAX_METHODS,
        help=", ".join(new_shop.TAX_METHODS) + ".",
    ),
    Question("registers", N_("How many registers"), new_shop.read_registers, "1", help="1 to 20; 1."),
    Question("person", N_("Name of the first person, who may do everything"), new_shop.read_person, help="The owner."),
)


def _options(command: Callable[..., None]) -> Callable[..., None]:
    for question in reversed(QUESTIONS):
        command = click.option(question.option, question.field, help=question.help)(command)
    return command


@click.command()
@_options
@ENGLISH_OPTION
@click.pass_obj
def init(folder: DataFolder, english: bool, **given: str | None) -> None:
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
        return question.read(given)
    if sys.stdin.isatty():
        return _ask(question)
    assert question.default is not None
    return question.read(question.default)


def _ask(question: Question) -> Any:
    """Ask until the answer can be read; a choice is made by its number."""
    numbered = dict(enumerate(question.choices or (), start=1))
    for number, choice in numbered.items():
        click.echo(f"  {number}  {gettext((question.choices or {})[choice])}")

    def read(text: str) -> Any:
        wanted = numbered.get(int(text), text) if text.isascii() and text.isdigit() else text
        try:
            return question.read(wanted)
        except RuleBroken as trouble:
            raise click.UsageError(trouble.sentence(gettext)) from trouble

    return click.prompt(gettext(question.asked), default=question.default, show_default=bool(question.default),
                        value_proc=read)  # fmt: skip


def _pin() -> str:
    """Asked for twice without showing it; never an option, which other users of the machine could read."""
    if not sys.stdin.isatty():
        if FIRST_PIN not in os.environ:
            raise click.UsageError(gettext("Missing: the variable %(name)s with six digits", name=FIRST_PIN))
        return os.environ[FIRST_PIN]
    first, again = (
        click.prompt(gettext(words), hide_input=True)
        for words in (N_("PIN of that person, six digits (not shown)"), N_("The same PIN again"))
    )
    return new_shop.read_pin(first, again)
