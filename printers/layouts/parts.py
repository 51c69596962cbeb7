"""Pieces that several papers share: the shop's head, the copy mark, sums, the demo's warning."""

from collections.abc import Iterator, Sequence

from core.i18n import N_, gettext, written, written_instant
from core.money import Money
from printers.blocks import Align, Banner, Block, Cells, Gap, Pair, Rule, Size, Text
from printers.documents import CARD, CASH, EXCHANGE, TRANSFER, CopyMark, ShopHead, TaxLine

NARROW = 42
PAYMENT_WORDS = {
    CASH: N_("Cash"),
    TRANSFER: N_("Bank transfer"),
    CARD: N_("Card"),
    EXCHANGE: N_("Exchange of goods"),
}

DISCOUNT_WORDS = {
    "promotion": N_("Promotion"),
    "line": N_("Discount"),
    "basket": N_("Discount on everything"),
    "rounding": N_("Cash rounded down"),
}
SHOP = "shop"


def is_narrow(width: int) -> bool:
    """Whether the paper is of 58 mm (about 32 columns), where tables become lists."""
    return width < NARROW


def figures(money: Money) -> str:
    """An amount without the sign of the dong, for columns where every amount is one."""
    return written(money).replace("₫", "").strip().replace("-", "\u2212")


def dong(money: Money) -> str:
    """An amount with the sign of the dong and a true minus."""
    return written(money).replace("-", "\u2212")


def payment_word(kind: str) -> str:
    """How a kind of payment is called on paper; an unknown kind keeps its own name."""
    return gettext(PAYMENT_WORDS.get(kind, kind))


def discount_word(kind: str) -> str:
    """How a kind of discount is called on paper; an unknown kind keeps its own name."""
    return gettext(DISCOUNT_WORDS.get(kind, kind))


def bearer_word(bearer: str) -> str:
    """Who bears a discount, in words: the shop, or a producer by his code."""
    return gettext("borne by the shop") if bearer == SHOP else gettext("borne by producer %(code)s", code=bearer)


def shop_head(shop: ShopHead, width: int) -> Iterator[Block]:
    """Name, address and numbers of the point, centred."""
    yield Text(shop.name, Size.LARGE, Align.CENTRE, bold=True)
    if shop.slogan:
        yield Text(shop.slogan, Size.SMALL, Align.CENTRE)
    if shop.address:
        yield Text(shop.address, Size.SMALL, Align.CENTRE)
    if shop.location_code:
        yield Text(gettext("Business location: %(code)s", code=shop.location_code), Size.SMALL, Align.CENTRE)
    numbers = [
        gettext("Tax code: %(code)s", code=shop.tax_code) if shop.tax_code else "",
        gettext("Tel.: %(phone)s", phone=shop.phone) if shop.phone else "",
    ]
    yield from _side_by_side([number for number in numbers if number], width)


def _side_by_side(words: list[str], width: int) -> Iterator[Block]:
    """Short facts on one line; on narrow paper each on its own."""
    lines = words if is_narrow(width) else ["  ·  ".join(words)] if words else []
    for line in lines:
        yield Text(line, Size.SMALL, Align.CENTRE)


def copy_mark(mark: CopyMark) -> Iterator[Block]:
    """What nobody may overlook on a second paper, with who asked for it and when."""
    words = []
    if mark.again:
        words.append(gettext("PRINTED AGAIN"))
    if mark.copy:
        words.append(gettext("COPY %(number)s", number=mark.copy))
    if not words:
        return
    yield Banner(" · ".join(words))
    who = [written_instant(mark.at)] if mark.at else []
    who += [mark.by] if mark.by else []
    if who:
        yield Text(" · ".join(who), Size.SMALL, Align.CENTRE)


def demo_notice(demo: bool) -> Iterator[Block]:
    """The demo's prices are invented, and every paper of it says so."""
    if demo:
        yield Gap(2)
        yield Banner(gettext("DEMO SHOP – INVENTED PRICES"), Size.SMALL)


def tax_table(taxes: Sequence[TaxLine], width: int) -> Iterator[Block]:
    """Tax contained in the total, one row a rate; a list on narrow paper."""
    if not taxes:
        return
    yield Gap(1)
    if is_narrow(width):
        for tax in taxes:
            yield from _tax_list(tax)
        return
    shares = (4, 3, 3)
    yield Cells((gettext("VAT included"), gettext("Before tax"), gettext("Tax")), shares, bold=True)
    for tax in taxes:
        yield Cells((_rate_words(tax.rate), figures(tax.net), figures(tax.tax)), shares)


def _tax_list(tax: TaxLine) -> Iterator[Block]:
    if not tax.rate.isdigit():
        yield Pair(_rate_words(tax.rate), figures(tax.net), Size.SMALL)
        return
    yield Pair(gettext("Before tax at %(rate)s%%", rate=tax.rate), figures(tax.net), Size.SMALL)
    yield Pair(gettext("VAT %(rate)s%%", rate=tax.rate), figures(tax.tax), Size.SMALL)


def _rate_words(rate: str) -> str:
    """A rate in percent, or that the goods are not subject to the tax (code KCT)."""
    return gettext("Rate %(rate)s%%", rate=rate) if rate.isdigit() else gettext("Not subject to VAT")


def heading(words: str) -> Iterator[Block]:
    """A section's name over a thin line."""
    yield Gap(2)
    yield Text(words, Size.NORMAL, bold=True)
    yield Rule()
