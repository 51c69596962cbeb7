"""What agreements are called and said to mean on the screen and on paper."""

from collections.abc import Iterable

from config.reference.groups import product_group
from core.i18n import N_, current_language, gettext, written_quantity
from core.money import Money
from core.quantity import ONE
from inventory.consignment.agreed_terms import AgreedTerms
from inventory.consignment.agreement_list import Standing
from inventory.consignment.agreement_table import Agreement, EndedBy, ProducerTax, SettlementRhythm
from inventory.consignment.loss_cause import Bearer, LossCause
from inventory.web.names import percent

RHYTHM_NAMES = {
    SettlementRhythm.WEEK: N_("Every week"),
    SettlementRhythm.HALF_MONTH: N_("Twice a month"),
    SettlementRhythm.MONTH: N_("Every month"),
    SettlementRhythm.QUARTER: N_("Every quarter"),
    SettlementRhythm.BATCH: N_("In batches, after a quantity sold"),
}
TAX_NAMES = {
    ProducerTax.DEDUCTION: N_("VAT by deduction"),
    ProducerTax.DIRECT: N_("VAT directly on turnover"),
    ProducerTax.HOUSEHOLD: N_("Household or individual, percent of turnover"),
    ProducerTax.BELOW_THRESHOLD: N_("Below the threshold, no VAT"),
}
CAUSE_NAMES = {
    LossCause.THEFT: N_("Stolen or lost"),
    LossCause.EXPIRY: N_("Past its last day"),
    LossCause.BREAKAGE: N_("Broken or spoilt"),
    LossCause.COUNT: N_("Missing at a count"),
}
BEARER_NAMES = {Bearer.SHOP: N_("the shop"), Bearer.PRODUCER: N_("the producer")}
SIDE_NAMES = {
    EndedBy.SHOP: N_("the shop"),
    EndedBy.PRODUCER: N_("the producer"),
    EndedBy.BOTH: N_("both sides together"),
}
STANDING_NAMES = {
    Standing.GRACE: N_("Goods to be fetched"),
    Standing.ENDS_SOON: N_("About to end"),
    Standing.IN_FORCE: N_("In force"),
    Standing.TO_COME: N_("To come"),
    Standing.OVER: N_("Over"),
}
EXAMPLE = Money(100_000)


def agreement_words() -> dict[str, object]:
    """What templates of agreements may say."""
    return {
        "rhythm_names": RHYTHM_NAMES,
        "tax_names": TAX_NAMES,
        "cause_names": CAUSE_NAMES,
        "bearer_names": BEARER_NAMES,
        "side_names": SIDE_NAMES,
        "standing_names": STANDING_NAMES,
        "said_goods": said_goods,
        "said_terms": said_terms,
        "said_meaning": said_meaning,
        "said_discount": said_discount,
        "said_rhythm": said_rhythm,
    }


def said_goods(row: AgreedTerms) -> str:
    """Which goods terms are for, in a few words."""
    if row.product is not None:
        goods = row.product.full_name
    elif row.group_code is not None:
        goods = f"{row.group_code} {product_group(row.group_code).name(current_language())}"
    else:
        goods = gettext("All goods")
    if not row.price_from:
        return goods
    return gettext("%(goods)s, from %(price)s on", goods=goods, price=row.price_from)


def said_terms(row: AgreedTerms) -> str:
    """The figure that was agreed: a commission or a delivery price."""
    if row.commission is not None:
        return gettext("commission %(percent)s", percent=percent(row.commission))
    return gettext("delivery price %(price)s", price=row.delivery_price)


def said_all_terms(rows: Iterable[AgreedTerms]) -> str:
    """All of them in one line."""
    return "; ".join(f"{said_goods(row)}: {said_terms(row)}" for row in rows)


def said_meaning(row: AgreedTerms) -> str:
    """What the terms mean in money, as one tells a producer."""
    sold = max(EXAMPLE, row.price_from)
    due = row.terms.due(sold, ONE)
    if row.commission is None:
        return gettext(
            "Of each one sold, %(due)s are the producer's; what customers pay above it is the shop's.", due=due
        )
    return gettext(
        "Of %(sold)s sold, %(due)s are the producer's and %(rest)s the shop's.", sold=sold, due=due, rest=sold - due
    )


def said_discount(row: AgreedTerms) -> str:
    """Who bears discounts."""
    if not row.discount_share:
        return gettext("The shop bears all discounts.")
    return gettext(
        "The producer bears %(share)s of a discount as far as it is at most %(limit)s of the price; the shop the rest.",
        share=percent(row.discount_share), limit=percent(row.discount_limit),
    )  # fmt: skip


def said_rhythm(agreement: Agreement) -> str:
    """How often is settled."""
    if agreement.batch_quantity is not None:
        return gettext("In batches, after %(quantity)s sold", quantity=written_quantity(agreement.batch_quantity))
    return gettext(RHYTHM_NAMES[agreement.rhythm])
