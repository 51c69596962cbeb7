"""The demo's ordering: what another till sold before, how two producers deliver, a request that came in part."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from core.clock import today
from core.quantity import Quantity
from core.staff import Staff
from inventory.catalogue.producer import Producer
from inventory.reordering.delivery_request import Wanted, send_request
from inventory.reordering.past_demand import SoldElsewhere, enter_past_demand
from inventory.reordering.supply import ProducerTerms, ProductTerms, set_producer_terms, set_product_terms
from pos.demo.catalogue import Entered

_DAYS = 60
_LARGEST = 4
_PACK, _DISPLAY = Quantity.of(6), Quantity.of(3)


def tell_past_sales(entered: Sequence[Entered], *, by: Staff) -> None:
    """Invented sales of another till up to yesterday, so that there is something to suggest."""
    enter_past_demand(list(_sold_before(entered)), file_name="(demo) may-ban-hang-cu.csv", by=by)


def _sold_before(entered: Sequence[Entered]) -> list[SoldElsewhere]:
    """Each product at its own pace: every day, or every few days, more at weekends."""
    sold = []
    for one in entered:
        every = 1 + one.goods.place % 7
        for n in range(1, _DAYS + 1):
            day = today() - timedelta(days=n)
            weekend = day.isoweekday() >= 6
            if (n + one.goods.place) % every == 0:
                pieces = 1 + (n * 7 + one.goods.place * 3) % 3 + (1 if weekend else 0)
                sold.append(SoldElsewhere(one.product, day, Quantity.of(pieces, one.goods.unit)))
    return sold


def set_supply(entered: Sequence[Entered], *, by: Staff) -> None:
    """The four producers with the most goods deliver on fixed days, some of their goods by the carton."""
    for n, (producer, goods) in enumerate(_largest(entered)):
        set_producer_terms(producer, ProducerTerms(lead_days=2, weekdays=(2 + n % 4,)), by=by)
        for one in goods[::2]:
            if not one.goods.unit.divisible:
                set_product_terms(one.product, ProductTerms(pack=_PACK, display=_DISPLAY), by=by)


def ask_for_goods(entered: Sequence[Entered], *, by: Staff) -> None:
    """A request to the producer with the most goods, before the second delivery."""
    producer, goods = _largest(entered)[0]
    wanted = [Wanted(one.product, Quantity.of(12, one.goods.unit)) for one in goods[:4]]
    send_request(producer, wanted, wanted_on=today() + timedelta(days=2), by=by, note="(demo)")


def _largest(entered: Sequence[Entered]) -> list[tuple[Producer, list[Entered]]]:
    """The producers with the most goods, each with them."""
    goods: dict[int, list[Entered]] = defaultdict(list)
    for one in entered:
        goods[one.producer.id].append(one)
    most = sorted(goods.values(), key=lambda rows: -len(rows))[:_LARGEST]
    return [(rows[0].producer, rows) for rows in most]
