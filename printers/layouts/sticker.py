"""The sticker for the counter: a QR to pay by, with bank, account and holder to compare on the phone."""

from core.i18n import gettext, use
from printers.blocks import Align, Block, Code, Gap, Size, Text
from printers.documents import BankSticker
from printers.layouts.parts import demo_notice

WIDE_COLUMNS = 48
_GROUP = 4


def lay_out_sticker(sticker: BankSticker, width: int = WIDE_COLUMNS) -> list[Block]:
    """Set a sticker for paper of any width: a QR as large as it goes, the account in groups that an eye can compare."""
    with use(sticker.language):
        return [
            Text(sticker.shop.name, Size.LARGE, Align.CENTRE, bold=True),
            Text(gettext("Scan to pay by bank transfer"), Size.NORMAL, Align.CENTRE),
            Gap(4),
            Code(sticker.qr, large=True),
            Gap(4),
            Text(sticker.bank, Size.LARGE, Align.CENTRE, bold=True),
            Text(_grouped(sticker.account), Size.LARGE, Align.CENTRE, bold=True),
            Text(sticker.holder, Size.NORMAL, Align.CENTRE, bold=True),
            Gap(2),
            Text(gettext("Compare the name on your phone before you send."), Size.SMALL, Align.CENTRE),
            *demo_notice(sticker.demo),
        ]


def _grouped(account: str) -> str:
    """A long account in fours: 1023 4567 89; one with letters as it is, for it is read as a word."""
    if not account.isdecimal():
        return account
    return " ".join(account[at : at + _GROUP] for at in range(0, len(account), _GROUP))
