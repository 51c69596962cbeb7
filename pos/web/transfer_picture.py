"""The QR of a transfer as a picture in the page, with what it says beside it for the clerk to compare."""

import io
from dataclasses import dataclass

import segno

from config.reference.banks import bank
from core.current_settings import current_settings
from core.errors import RuleBroken
from core.i18n import N_
from core.money import Money
from core.vietqr import transfer_qr


class NoBankAccount(RuleBroken):
    """Without an account there is nothing to transfer to."""

    message = N_(
        "The shop has not said which account takes transfers. The owner enters it under Settings; "
        "until then take cash or a card."
    )


@dataclass(frozen=True)
class TransferPicture:
    """An SVG without styles (the content policy allows none), and the text of what it asks for."""

    picture: str
    text: str
    bank: str
    account: str
    holder: str
    amount: Money


def transfer_picture(amount: Money, order: str) -> TransferPicture:
    """The dynamic VietQR of one order; NoBankAccount where the settings name no account.

    Error correction M, as the studies' readers read it from a screen and from paper.
    """
    settings = current_settings().bank
    if not settings.account:
        raise NoBankAccount()
    text = transfer_qr(bank_bin=settings.bin, account=settings.account, amount=amount, purpose=order, bill=order)
    drawn = io.BytesIO()
    segno.make_qr(text, error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=4, svgclass="qr", lineclass=None
    )
    return TransferPicture(
        picture=drawn.getvalue().decode("ascii"),
        text=text,
        bank=bank(settings.bin).short_name,
        account=settings.account,
        holder=settings.holder,
        amount=amount,
    )
