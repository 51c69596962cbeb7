"""What the foot bar tells of transfers: those that are waited for, and for a manager the money to be sorted out."""

from flask import url_for

from core.i18n import gettext, ngettext
from core.web.access import current_staff
from core.web.foot import FootItem
from pos.transfers.arrival_table import count_to_sort_out
from pos.transfers.request_table import waiting_in_short
from pos.web.transfers import minutes_since, said_age


def transfer_item() -> FootItem | None:
    """Nothing, as long as nothing is waited for; money to sort out comes first, for it may have to be sent back."""
    staff, url = current_staff(), url_for("transfers.index")
    unsorted = count_to_sort_out() if staff is not None and staff.may_approve else 0
    if unsorted:
        return FootItem(ngettext("%(num)s sum to sort out", "%(num)s sums to sort out", unsorted), "act", url)
    count, oldest = waiting_in_short()
    if oldest is None:
        return None
    said = ngettext("%(num)s transfer waited for", "%(num)s transfers waited for", count)
    age = said_age(minutes_since(oldest))
    return FootItem(gettext("%(transfers)s, for %(age)s", transfers=said, age=age), "warn", url)
