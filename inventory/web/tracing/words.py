"""What the steps of a trace are called, and what every page of tracing may say."""

from core.i18n import N_, gettext
from core.web.document_name import DocumentKind
from inventory.tracing.trace import Step
from inventory.web.names import words

STEP_NAMES = {
    Step.CAME: N_("Came"),
    Step.SOLD: N_("Sold"),
    Step.BROUGHT_BACK: N_("Brought back by customers"),
    Step.GIVEN_BACK: N_("Given back to the producer"),
    Step.SENT: N_("Sent to another point"),
    Step.WRITTEN_OFF: N_("Written off"),
    Step.USED: N_("Used by the shop itself"),
    Step.COUNTED: N_("Difference of a count"),
    Step.INSIDE: N_("Moved inside the shop"),
}


def tracing_words() -> dict[str, object]:
    """What templates of tracing may say besides the words of goods."""
    return words() | {"step_name": lambda step: gettext(STEP_NAMES[step])}


_HOLD_ACTS = {"held": N_("Lot %(number)s put on hold"), "released": N_("Hold ended")}
HOLD = DocumentKind(
    lambda body: _HOLD_ACTS[body["act"]],
    "lots.show",
    lambda body: {"number": body["lot"]} if "lot" in body else None,
    lambda body: str(body.get("lot", "")),
)
