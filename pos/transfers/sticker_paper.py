"""Printing the sticker for the counter from the shop's own settings."""

from config.reference.banks import bank
from config.settings import Settings
from core.clock import today
from core.current_settings import current_settings
from core.staff import Staff
from core.vietqr import transfer_qr
from pos.receipt import shop_head
from pos.register import Register, printer_at
from pos.settings.change_table import newest_change
from pos.settings.in_force import settings_as_of
from pos.settings.topic import BANK, TOPICS
from pos.transfers.sticker import NoAccountForSticker
from printers.blocks import Block
from printers.documents import BankSticker
from printers.layouts.sticker import lay_out_sticker
from printers.spool import PrintJob, enqueue, paper_columns

BANK_STICKER = "bank_sticker"


def print_sticker(register: Register, *, by: Staff) -> PrintJob:
    """Leave a sticker for the printer of a register: with the account that is in force now, whenever it comes out."""
    if not current_settings().bank.takes_transfers:
        raise NoAccountForSticker()
    change = newest_change(TOPICS[BANK])
    return enqueue(BANK_STICKER, change.record_seq if change else 0, printer=printer_at(register), by=by)


def draw_sticker(number: int, copy: int, again: bool) -> list[Block]:
    """The blocks of a sticker for the spool; the number is the record that holds the account."""
    return lay_out_sticker(sticker_of(settings_as_of(number, today())), paper_columns())


def sticker_of(settings: Settings) -> BankSticker:
    """What stands on the sticker: no amount and no order, for it hangs there for years."""
    account = settings.bank
    return BankSticker(
        shop=shop_head(settings),
        bank=bank(account.bin).short_name,
        account=account.account,
        holder=account.holder,
        qr=transfer_qr(bank_bin=account.bin, account=account.account, amount=None, purpose=""),
        demo=settings.demo,
        language=settings.receipt.language,
    )
