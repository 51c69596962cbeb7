"""Words for what the tables hold as codes, marked for translation, and what every page of goods may say."""

from core.i18n import N_, current_language, gettext
from core.quantity import Unit
from core.web.forms import trouble_sentence
from inventory.catalogue.producer import Producer
from inventory.catalogue.product_number import NumberKind
from inventory.lot import Lot, TermsKind
from inventory.receiving.slip_paper import terms_in_words

TERMS_NAMES = {
    TermsKind.BOUGHT: N_("Bought"),
    TermsKind.COMMISSION: N_("Consigned, commission"),
    TermsKind.DELIVERY_PRICE: N_("Consigned, delivery price"),
}
NUMBER_NAMES = {
    NumberKind.GTIN: N_("GTIN"),
    NumberKind.IN_STORE: N_("In-store number"),
    NumberKind.SCALE: N_("Number of the scale"),
}
UNIT_NAMES = {
    Unit.PIECE: N_("Piece"),
    Unit.KILOGRAM: N_("Kilogram"),
    Unit.LITRE: N_("Litre"),
    Unit.METRE: N_("Metre"),
}


def words() -> dict[str, object]:
    """What templates of goods may say besides the shell's words."""
    return {
        "sentence": trouble_sentence,
        "terms_name": lambda kind: gettext(TERMS_NAMES[kind]),
        "number_name": lambda kind: gettext(NUMBER_NAMES[kind]),
        "unit_name": lambda unit: gettext(UNIT_NAMES[unit]),
        "terms_value": terms_value,
        "terms_said": terms_in_words,
        "percent": percent,
        "owner_name": owner_name,
        "called": lambda row: row.name(current_language()),
    }


def owner_name(owner: Producer | None) -> str:
    """Whose goods these are."""
    return owner.name if owner is not None else gettext("The shop")


def terms_value(lot: Lot) -> str:
    """The figure of a lot's terms: cost or delivery price of one, or the commission."""
    if lot.commission is not None:
        return percent(lot.commission)
    amount = lot.cost if lot.cost is not None else lot.delivery_price
    return str(amount)


def percent(hundredths: int) -> str:
    """Hundredths of a percent as people write them: 1250 is 12,5 %."""
    whole, rest = divmod(hundredths, 100)
    decimals = f",{rest:02d}".rstrip("0") if rest else ""
    return f"{whole}{decimals}\N{NO-BREAK SPACE}%"
