"""Rows of terms as they are typed: for which goods, commission or delivery price, from which price, and discounts.

The form shows a few rows; what was left empty is passed over.
"""

from collections.abc import Iterator

from flask import request

from core.errors import RuleBroken
from core.i18n import N_
from core.money import ZERO, Money
from core.quantity import Quantity, Unit
from core.web.forms import Unreadable, read_choice, read_money, read_text
from inventory.catalogue.product import product_of
from inventory.consignment.agreed_terms import WHOLE, Clause
from inventory.consignment.loss_cause import Bearer, LossCause
from inventory.lot import Terms

ROWS = 5
ALL_GOODS = "all"
GROUP, PRODUCT = "group:", "product:"
_FIGURES = ("commission", "delivery", "step", "minimum", "share", "limit")


class OneFigure(RuleBroken):
    """Either a share of the price or a fixed price of one."""

    message = N_("Row %(n)s: type either a commission or a delivery price, and not both.")


class NotAPercentage(Unreadable):
    """Neither a number nor a share."""

    message = N_("“%(text)s” is not a percentage. Type it as 15 or 12,5.")


def read_clauses() -> list[Clause]:
    """What the form says was agreed; rows in which nothing was typed are none."""
    return list(_typed_clauses())


def read_losses() -> dict[LossCause, Bearer]:
    """Who bears which loss."""
    return {cause: read_choice(request.form, f"loss_{cause.value}", Bearer) for cause in LossCause}


def _typed_clauses() -> Iterator[Clause]:
    for n in range(1, ROWS + 1):
        if any(request.form.get(f"{name}_{n}", "").strip() for name in _FIGURES):
            yield _clause(n)


def _clause(n: int) -> Clause:
    goods = read_text(request.form, f"goods_{n}", limit=60, label=N_("For"))
    return Clause(
        _terms(n),
        product=product_of(goods.removeprefix(PRODUCT)) if goods.startswith(PRODUCT) else None,
        group=goods.removeprefix(GROUP) if goods.startswith(GROUP) else None,
        price_from=_money(f"step_{n}", N_("From price")) or ZERO,
        minimum_price=_money(f"minimum_{n}", N_("Minimum price")),
        discount_share=read_percentage(f"share_{n}", N_("Producer's share of discounts")) or 0,
        discount_limit=read_percentage(f"limit_{n}", N_("Up to a discount of")) or 0,
    )


def _terms(n: int) -> Terms:
    commission = read_percentage(f"commission_{n}", N_("Commission"))
    delivery = _money(f"delivery_{n}", N_("Delivery price"))
    if (commission is None) == (delivery is None):
        raise OneFigure(n=n)
    if commission is not None:
        return Terms.on_commission(commission)
    assert delivery is not None, "one of the two was typed"
    return Terms.at_delivery_price(delivery)


def _money(name: str, label: str) -> Money | None:
    if not request.form.get(name, "").strip():
        return None
    return read_money(request.form, name, label=label)


def read_percentage(name: str, label: str) -> int | None:
    """Hundredths of a percent, typed as 15 or 12,5; None where nothing was typed."""
    text = read_text(request.form, name, required=False, limit=10, label=label).removesuffix("%").strip()
    if not text:
        return None
    try:
        thousandths = Quantity.of(text, Unit.KILOGRAM).thousandths
    except RuleBroken:
        raise NotAPercentage(field=name, label=label, text=text) from None
    if thousandths % 10 or thousandths > WHOLE * 10:
        raise NotAPercentage(field=name, label=label, text=text)
    return thousandths // 10
