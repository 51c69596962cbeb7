"""`shop people …`: who works in the shop, and the way back for whoever holds the machine and has no PIN any more."""

import click
from sqlalchemy import select

from core.database import db, transaction
from core.devices import THE_MACHINE
from core.pin_tries import locked_out, unlock
from core.sign_in import end_sign_ins_of
from core.staff import Staff, change_pin
from pos.commands.shop_folder import opened, plain_words
from pos.data_folder import DataFolder


@click.group()
def people() -> None:
    """Look at the staff; unlock somebody, or give a new PIN, when no manager can do it on a page."""


@people.command(name="list")
@click.pass_obj
def list_(folder: DataFolder) -> None:
    """Say who works here, and who is locked out where.

    \b
    Example: shop --data my-shop people list
    """
    with plain_words(), opened(folder):
        locked = [(tries.person, tries.device) for tries in locked_out()]
        for person in db.session.scalars(select(Staff).order_by(Staff.code)):
            left = "" if person.works_here else ", has left"
            where = [said_place(device) for code, device in locked if code == person.code]
            out = f", LOCKED OUT on {', '.join(where)}" if where else ""
            click.echo(f"{person.code}  {person.name} ({person.role.value}{left}){out}")


@people.command(name="unlock")
@click.argument("code")
@click.pass_obj
def unlock_(folder: DataFolder, code: str) -> None:
    """Unlock the person of CODE wherever ten wrong PINs have locked them out.

    \b
    Example: shop --data my-shop people unlock 01
    """
    with plain_words(), opened(folder):
        person = _person(code)
        places = [tries.device for tries in locked_out() if tries.person == person.code]
        with transaction():
            for device in places:
                unlock(person.code, device, by=None)
        click.echo(f"{person.name} may try again." if places else f"{person.name} is locked out nowhere.")


@people.command()
@click.argument("code")
@click.pass_obj
def pin(folder: DataFolder, code: str) -> None:
    """Give the person of CODE a new PIN; it is asked for and not shown.

    \b
    Example: shop --data my-shop people pin 01
    """
    with plain_words(), opened(folder):
        person = _person(code)
        new = click.prompt("New PIN, six digits", hide_input=True, confirmation_prompt="The same again")
        with transaction():
            change_pin(person, new, by=None)
            end_sign_ins_of(person)
        click.echo(f"{person.name} has a new PIN. Whoever was signed in under the old one is so no more.")


def said_place(device: str) -> str:
    """Where somebody is locked out, in words."""
    return "this computer" if device == THE_MACHINE else f"device {device}"


def _person(code: str) -> Staff:
    person = db.session.scalar(select(Staff).where(Staff.code == code))
    if person is None:
        raise click.ClickException(f"Nobody has the code {code}. Type: shop people list")
    return person
