"""`shop verify` and `shop journal …`: check the records, and hand them out."""

import sys
from typing import Any, TextIO

import click

from core.database import db, transaction
from core.i18n import N_, gettext
from core.journal.export import export_lines
from core.journal.key_change import change_key
from core.journal.record import Kind
from core.journal.seal import load_key
from core.staff import Staff
from pos.commands.backup import ask
from pos.commands.language import ENGLISH_OPTION, spoken
from pos.commands.shop_folder import opened, plain_words
from pos.data_folder import DataFolder
from pos.replay import Verdict, verify_shop
from pos.restoring.restore import who


@click.command()
@click.pass_obj
def verify(folder: DataFolder) -> None:
    """Recompute the journal from its first record and compare it with the books; exit code 1 on a fault.

    \b
    Example: shop --data my-shop verify
    """
    with plain_words(), opened(folder):
        verdict = verify_shop()
    report = verdict.report
    if not verdict.clean:
        tell_faults(verdict)
        sys.exit(1)
    for first, last in report.unsigned:
        click.echo(f"Not signed: records {first} to {last}{' (the key is still away)' if report.outage_open else ''}")
    for record in report.declared:
        click.echo(declared(record))
    for seq, kid in report.unvouched:
        click.echo(f"Record {seq} brought a new key, {kid}: the key before did not vouch for it, only who restored.")
    click.echo(f"{report.records} records, none missing, none changed; the books agree with them.")
    click.echo(f"Head: {report.newest_hash}")


def tell_faults(verdict: Verdict) -> None:
    """What is wrong, and what to do about it."""
    if verdict.report.fault is not None:
        click.echo(f"FAULT {verdict.report.fault}: {verdict.report.fault.what}")
    for difference in verdict.differences:
        click.echo(f"DIFFERENCE {difference}")
    for face, standing in verdict.files:
        click.echo(f"FILE {standing.value}: {face.path}, which the books name")
    if verdict.books_are_clean:
        click.echo("The books are clean. Bring the files back from the second place of the backups: shop files mend")
    else:
        click.echo("Keep the folder as it is, make a copy of it, and show this to whoever looks after the shop.")


def declared(record: dict[str, Any]) -> str:
    """A RESTORE or GAP_DECLARED in one line."""
    seq, body = record["seq"], record["body"]
    if record["typ"] == Kind.RESTORE:
        return f"Record {seq}: restored from a backup by {record['usr']}, epoch {record['ep']}: {body['reason']}"
    if body["first"] is None:
        return f"Record {seq}: nothing is known to be lost of epoch {body['ep']}."
    last = body["last"] if body["last"] is not None else "nobody knows which"
    more = "" if body["all"] else ", and perhaps more after it"
    return f"Record {seq}: declared lost: records {body['first']} to {last} of epoch {body['ep']}{more}"


@click.group()
def journal() -> None:
    """Hand out the journal and the key it is checked with."""


@journal.command()
@click.argument("file", type=click.File("w", encoding="utf-8"))
@click.pass_obj
def export(folder: DataFolder, file: TextIO) -> None:
    """Write every record to FILE, one JSON object a line: {"b": record text, "s": signature}; - is the screen.

    \b
    Example: shop --data my-shop journal export records.jsonl
    """
    with plain_words(), opened(folder):
        for line in export_lines(db.session()):
            file.write(line + "\n")


@journal.command()
@click.option("--by", required=True, help="Code of the manager or owner who changes it; the PIN is asked for.")
@ENGLISH_OPTION
@click.pass_obj
def rotate(folder: DataFolder, by: str, english: bool) -> None:
    """Give the terminal a new key, for which the old one vouches. The shop must not run meanwhile.

    \b
    Example: shop --data my-shop journal rotate --by 01
    """
    with spoken(english), plain_words():
        folder.need_shop()
        with folder.claimed(), opened(folder):
            staff_id = who(by, ask(N_("Your PIN (not shown)"))).id
            with transaction() as session:
                seq = change_key(by=session.get_one(Staff, staff_id)).seq
        click.echo(gettext("Record %(seq)s: the old key vouched for the new one, which seals from now on.", seq=seq))


@journal.command()
@click.pass_obj
def key(folder: DataFolder) -> None:
    """Print the public key that the records are signed with, in base64.

    \b
    Example: shop --data my-shop journal key
    """
    with plain_words():
        folder.need_shop()
        click.echo(load_key(folder.terminal_key).public)
