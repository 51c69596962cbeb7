"""Shares of articles (tỷ lệ mặt hàng) against what the province asks, and the basis of each article without stars.

Counted are articles on the shelf or behind it, not pieces and not money: that is how the provinces' rules count.
"""

from collections.abc import Callable, Iterator
from datetime import date

from config.reference.localities import commune
from config.reference.share_rules import Counts, ShareRule, share_rules_of
from config.reference.table import UnknownReference, in_force
from config.settings import Settings
from core.i18n import N_, current_language, gettext
from core.listing import Heading, Line, Listing, Mark, Written
from core.quantity import NONE
from inventory.catalogue.eligibility import OCOP
from pos.inspection.inspected_day import InspectedDay, ShelfProduct
from pos.inspection.shelf_list import PRODUCT_PAGE, basis_of

LOCAL = "local_speciality"
_Counted = Callable[[ShelfProduct], bool]


def share_list(seen: InspectedDay, settings: Settings) -> Listing:
    """How many articles stand on which basis, and whether the shares that are asked here are kept."""
    articles = [one for one in seen.shelf if one.here > NONE]
    province = province_of(settings)
    rules = rules_on(settings, seen.day)
    lines = [*_counts(seen, articles, province), *(_rule_line(rule, seen, articles, province) for rule in rules)]
    asked = gettext("The province asks for no share, as far as this program knows.") if not rules else ""
    ocop = sum(map(_counted("ocop", seen, province), articles))
    return Listing(
        "shares",
        gettext("Shares by number of articles"),
        (
            Heading(gettext("What is counted"), width=8),
            Heading(gettext("Articles"), Written.FIGURE, width=2),
            Heading(gettext("Of all"), Written.FIGURE, width=2),
            Heading(gettext("Least asked for"), width=3),
            Heading(gettext("Kept"), width=3),
            Heading(gettext("Written in"), width=8),
        ),
        tuple(lines),
        said=asked,
        answer=gettext("%(share)s OCOP", share=_share(ocop, len(articles))),
        notes=(gettext("Counted are articles in the shop on that day, not pieces and not money."),),
        empty=gettext("Nothing was in the shop on that day."),
    )


def rules_on(settings: Settings, day: date) -> tuple[ShareRule, ...]:
    """What is asked of this shop on a day: by its province, and by what the shop entered itself."""
    own = tuple(one.rule() for one in settings.inspection.share_rules)
    return (*share_rules_of(province_of(settings), day), *in_force(own, day))


def province_of(settings: Settings) -> str | None:
    """The province the shop lies in; None where its commune was not entered."""
    try:
        return commune(settings.shop.locality).province_id if settings.shop.locality else None
    except UnknownReference:
        return None


_NAMES: dict[Counts, str] = {
    "eligible": N_("with a basis in force"),
    "ocop": N_("OCOP with 3 stars or more"),
    "ocop_of_province": N_("of these from the shop's own province"),
    "ocop_or_local": N_("OCOP and local specialities"),
}


def _counted(counts: Counts, seen: InspectedDay, province: str | None) -> _Counted:
    def bases(one: ShelfProduct) -> str:
        found = seen.papers.basis(one.product)
        return found.basis.code if found else ""

    return {
        "eligible": lambda one: bases(one) != "",
        "ocop": lambda one: bases(one) == OCOP,
        "ocop_of_province": lambda one: bases(one) == OCOP and one.then.producer.province_id == province is not None,
        "ocop_or_local": lambda one: bases(one) in (OCOP, LOCAL),
    }[counts]


def _share(counted: int, of_all: int) -> str:
    """Tenths of a percent, never rounded up to what is asked: 69,96 % is not 70 %."""
    tenths = counted * 1000 // of_all if of_all else 0
    return f"{tenths // 10},{tenths % 10} %"


def _counts(seen: InspectedDay, articles: list[ShelfProduct], province: str | None) -> Iterator[Line]:
    if not articles:
        return
    yield Line((gettext("all articles in the shop"), len(articles), _share(len(articles), len(articles)), "", "", ""))
    for counts, name in _NAMES.items():
        if counts == "ocop_of_province" and province is None:
            continue
        number = sum(map(_counted(counts, seen, province), articles))
        yield Line((gettext(name), number, _share(number, len(articles)), "", "", ""))


def _rule_line(rule: ShareRule, seen: InspectedDay, articles: list[ShelfProduct], province: str | None) -> Line:
    number = sum(map(_counted(rule.counts, seen, province), articles))
    kept = rule.is_kept(number, len(articles))
    asked = [f"≥ {rule.least_percent} %"] if rule.least_percent else []
    asked += [gettext("%(count)s articles", count=rule.least_items)] if rule.least_items else []
    words = gettext("kept") if kept else gettext("not kept")
    cells = (rule.name(current_language()), number, _share(number, len(articles)), ", ".join(asked), words, rule.source)
    return Line(cells, Mark.NONE if kept else Mark.ACT)


def basis_list(seen: InspectedDay) -> Listing:
    """Each article that was not sold on an OCOP certificate, with its basis and the paper that proves it."""
    others = [one for one in seen.shelf if one.here > NONE and one.stars is None]
    lines = []
    for one in others:
        basis = basis_of(one, seen)
        cells = (one.then.sku, one.then.full_name, one.then.producer.name, basis.words, one.here, one.then.unit_label)
        lines.append(Line(cells, basis.mark, PRODUCT_PAGE, {"sku": one.product.sku, "day": seen.day.isoformat()}))
    return Listing(
        "bases",
        gettext("Goods without OCOP stars, and why they may be sold"),
        (
            Heading(gettext("Code"), width=3),
            Heading(gettext("Product"), width=6),
            Heading(gettext("Producer"), width=6),
            Heading(gettext("Basis and paper"), width=10),
            Heading(gettext("In the shop"), Written.QUANTITY, width=2),
            Heading(gettext("Unit"), width=2),
        ),
        tuple(lines),
        empty=gettext("Every product in the shop had its OCOP stars on that day."),
    )
