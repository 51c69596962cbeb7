"""`shop certificate …`: what other devices trust the shop by."""

import click

from core import clock
from core.i18n import written_day
from pos.commands.shop_folder import plain_words, settings_of
from pos.data_folder import DataFolder
from pos.network.certificate import fingerprint, names_in
from pos.network.certificate_folder import CertificateFolder, certificates_of
from pos.network.joining import names_of


@click.group()
def certificate() -> None:
    """Show or renew the certificate that other tills and phones trust."""


@certificate.command()
@click.pass_obj
def show(folder: DataFolder) -> None:
    """Print the fingerprint, the addresses and the last day.

    \b
    Example: shop --data my-shop certificate show
    """
    with plain_words():
        folder.need_shop()
        describe(certificates_of(folder))


@certificate.command()
@click.pass_obj
def renew(folder: DataFolder) -> None:
    """Make a new certificate for the pages; devices that trust the shop already need nothing.

    A running shop takes it up within a minute.

    \b
    Example: shop --data my-shop certificate renew
    """
    with plain_words():
        folder.need_shop()
        settings = settings_of(folder)
        certificates_of(folder).renew(settings.shop.name, names_of(settings.server), clock.now())
        describe(certificates_of(folder))


def describe(files: CertificateFolder) -> None:
    """Say what a person compares; never a key."""
    authority, pages = files.authority(), files.pages()
    if authority is None or pages is None:
        click.echo("There is no certificate yet. Set network = true under [server] in shop.toml and start the shop.")
        return
    click.echo(f"Fingerprint (SHA-256) of the authority, to compare on the device:\n  {fingerprint(authority)}")
    click.echo(f"The authority ends on {written_day(authority.not_valid_after_utc.date())}.")
    click.echo(f"The pages' certificate ends on {written_day(pages.not_valid_after_utc.date())}, for:")
    for name in names_in(pages):
        click.echo(f"  {name}")
