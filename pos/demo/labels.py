"""The demo's shelf labels: a sheet printed before prices were raised, so that some of them ask for new ones."""

from collections.abc import Sequence

from core.staff import Staff
from inventory.labels.label_draft import drop_wishes, wish_label
from inventory.labels.label_kind import LabelKind
from inventory.labels.label_run import LabelPlan, print_labels, stock_of
from pos.demo.catalogue import Entered

_ON_A_SHEET = 24


def print_shelf_labels(entered: Sequence[Entered], *, by: Staff) -> None:
    """One sheet of shelf labels: goods whose price will be raised (raise_prices), and their neighbours."""
    chosen = [one for one in entered if one.goods.place % 9 in (4, 5)][:_ON_A_SHEET]
    wishes = [wish_label(by, one.product, None, LabelKind.SHELF) for one in chosen]
    print_labels(wishes, LabelPlan(stock_of("a4-24")), by=by)
    drop_wishes(by)
