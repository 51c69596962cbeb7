"""The command `shop`: makes, runs and checks a shop that lives in one data folder."""

from pathlib import Path

import click

from core.discreet_log import keep_secrets_out_of_the_log, log_the_uncaught
from pos.commands.backup import backup
from pos.commands.bank_notice import bank_notice
from pos.commands.certificate import certificate
from pos.commands.doctor import doctor
from pos.commands.drill import drill
from pos.commands.files import files
from pos.commands.init import init
from pos.commands.journal import journal, verify
from pos.commands.people import people
from pos.commands.personal_data import personal_data
from pos.commands.restore import restore
from pos.commands.run import demo, run
from pos.commands.system_service import service
from pos.commands.upgrade import upgrade
from pos.data_folder import DataFolder
from pos.restoring.swap import finish_restore

HELP = """Make, run and check a shop.

\b
Examples:
  shop --data my-shop init            make a shop
  shop --data my-shop run             run it
  shop --data my-demo demo            a demo shop with real OCOP products, prices invented
  shop --data my-demo verify          recompute the journal and compare it with the books
  shop --data my-demo journal export records.jsonl
"""


@click.group(help=HELP)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="SHOP_DATA",
    required=True,
    help="Data folder of the shop (or the variable SHOP_DATA).",
)
@click.pass_context
def main(context: click.Context, data: Path) -> None:
    """Remember which shop the commands are about, and finish a restore that a power cut broke off."""
    keep_secrets_out_of_the_log()
    log_the_uncaught()
    context.obj = DataFolder(data)
    finish_restore(context.obj)


for command in (
    init,
    demo,
    run,
    verify,
    journal,
    upgrade,
    service,
    doctor,
    certificate,
    backup,
    restore,
    drill,
    files,
    personal_data,
    bank_notice,
    people,
):
    main.add_command(command)
