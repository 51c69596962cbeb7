"""`shop backup`: make a backup now, look at those there are, set the passphrase."""

import sys

import click

from core.current_settings import current_settings
from core.i18n import N_, gettext, written_instant
from core.journal.seal import current_terminal
from pos.backups.backup import BackupRunning, all_backups, make_backup
from pos.backups.passphrase import set_passphrase
from pos.backups.state import BackupState, read_state, write_state
from pos.backups.words import said_of, written_size
from pos.backups.worker import order_of
from pos.commands.language import ENGLISH_OPTION, spoken
from pos.commands.shop_folder import opened, plain_words
from pos.data_folder import DataFolder


@click.group(invoke_without_command=True)
@ENGLISH_OPTION
@click.pass_context
def backup(context: click.Context, english: bool) -> None:
    """Make a backup now, also while the shop runs; exit code 1 when it did not reach every place.

    \b
    Example: shop --data my-shop backup
    """
    if context.invoked_subcommand is None:
        with spoken(english), plain_words():
            _make_now(context.obj)


def _make_now(folder: DataFolder) -> None:
    path = folder.backups / "state.json"
    with opened(folder):
        state, settings = read_state(path), current_settings()
        order = order_of(settings, folder, state)
        try:
            outcome = make_backup(order)
        except BackupRunning as trouble:
            raise click.ClickException(gettext("A backup is being made just now. Try again in a minute.")) from trouble
        after = state.after(outcome, str(order.place or ""))
        write_state(path, after)
    _tell(after)
    if outcome.trouble:
        sys.exit(1)


def _tell(state: BackupState) -> None:
    outcome = state.last
    if outcome.trouble:
        click.echo(f"{said_of(outcome.trouble)} {outcome.detail}".strip())
    for words, made in (
        (N_("In the shop's folder: up to record %(seq)s, made %(at)s."), outcome.made),
        (N_("On the second place: up to record %(seq)s, made %(at)s."), outcome.placed),
    ):
        if made is not None:
            click.echo(gettext(words, seq=made.seq, at=written_instant(made.made_at)))


@backup.command(name="list")
@ENGLISH_OPTION
@click.pass_obj
def list_(folder: DataFolder, english: bool) -> None:
    """Show the backups in the shop's folder and on the second place, newest first.

    \b
    Example: shop --data my-shop backup list
    """
    with spoken(english), plain_words(), opened(folder):
        order = order_of(current_settings(), folder, BackupState())
        here, there = all_backups(folder, current_terminal().tid, order.place)
    for each in (*there, *here):
        made = each.manifest
        click.echo(f"{written_instant(made.made_at)}  {made.seq:>8}  {written_size(made.size):>8}  {each.path}")


@backup.command()
@click.option("--lost", is_flag=True, help="Nobody knows the one in use: make a new key. Older backups stay closed.")
@ENGLISH_OPTION
@click.pass_obj
def passphrase(folder: DataFolder, lost: bool, english: bool) -> None:
    """Set or change the passphrase that opens the backups on the second place.

    \b
    Example: shop --data my-shop backup passphrase
    """
    with spoken(english), plain_words(), opened(folder):
        before = ""
        if folder.backup_key.exists() and not lost:
            before = ask(N_("The passphrase in use (not shown)"))
        first, again = ask(N_("New passphrase (not shown)")), ask(N_("The same passphrase again"))
        set_passphrase(folder, current_settings(), first, again, before=before, lost=lost)
        click.echo(gettext("From the next one on, backups on the second place open with this passphrase only."))


def ask(words: str) -> str:
    """A secret from the terminal, not shown; or the next line of what is piped in."""
    if sys.stdin.isatty():
        return str(click.prompt(gettext(words), hide_input=True))
    return sys.stdin.readline().rstrip("\n")
