"""What a receipt says of the invoice that was made with it; the receipt itself stays a receipt."""

from collections.abc import Iterator

from core.i18n import gettext
from printers.blocks import Banner, Block, Code, Gap, Rule, Size, Text
from printers.documents import InvoiceMark


def invoice_mark(mark: InvoiceMark | None) -> Iterator[Block]:
    """Series, number, code and a QR to look it up by; or that the code follows."""
    if mark is None:
        return
    yield Rule("dotted")
    if not mark.code:
        yield Text(gettext("Electronic invoice: it is made for this sale as soon as it has its code."), Size.SMALL)
        return
    words = [
        gettext("Electronic invoice"),
        gettext("Series %(series)s", series=mark.series),
        gettext("Number %(number)s", number=mark.number),
        gettext("Code of the tax office:"),
        mark.code,
    ]
    words += [gettext("Look it up: %(where)s", where=mark.lookup)] if mark.lookup else []
    yield Gap(1)
    yield Code(mark.qr, tuple(words))
    if mark.is_trial:
        yield Gap(1)
        yield Banner(gettext("INVOICE FOR TRYING: NOT VALID"))
