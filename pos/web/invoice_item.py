"""What the foot bar tells of the invoices: how many are not accepted; red only when somebody must act."""

from flask import url_for

from core.current_settings import current_settings
from core.i18n import gettext
from core.web.foot import FootItem
from pos.invoice.backlog import Backlog, backlog, is_any_unsettled
from pos.invoice.invoice_table import Standing


def invoice_item() -> FootItem | None:
    """The backlog; nothing in a shop without the duty once everything is accepted."""
    if not current_settings().invoice.is_due and not is_any_unsettled():
        return None
    state = backlog()
    return _of_backlog(state) if state.count else _of_codes(state)


def _of_backlog(state: Backlog) -> FootItem:
    waiting, rejected = (state.counts.get(one, 0) for one in (Standing.WAITING, Standing.REJECTED))
    if waiting:
        said = gettext("%(count)s invoices wait for a code", count=waiting)
        return FootItem(said, "act", url_for("invoices.blocks"))
    if rejected:
        said = gettext("%(count)s invoices rejected", count=rejected)
        return FootItem(said, "act", url_for("invoices.index"))
    said = gettext("%(count)s invoices not accepted yet", count=state.count)
    if state.needs_somebody:
        return FootItem(said, "act", url_for("invoices.index"))
    return FootItem(said, "warn" if state.is_silent else "ok", url_for("invoices.index"))


def _of_codes(state: Backlog) -> FootItem:
    if state.few_left:
        said = gettext("%(count)s invoice codes left", count=state.left)
        return FootItem(said, "warn", url_for("invoices.blocks"))
    return FootItem(gettext("Invoices: all accepted"), "ok", url_for("invoices.index"))
