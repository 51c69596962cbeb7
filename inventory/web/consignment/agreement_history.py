"""What the records of agreements are called where a page shows their history."""

from typing import Any

from core.i18n import N_, gettext
from core.money import Money
from core.web.history import NOTHING, Label, Words, said_as_day
from inventory.consignment.agreement_table import EndedBy
from inventory.consignment.loss_cause import Bearer, LossCause
from inventory.web.consignment.agreement_words import BEARER_NAMES, CAUSE_NAMES, SIDE_NAMES
from inventory.web.names import percent


def _terms(lines: list[dict[str, Any]]) -> str:
    """Rows of terms, each with its goods by code and its figure."""
    return "; ".join(f"{_goods(line)}: {_figure(line)}" for line in lines)


def _goods(line: dict[str, Any]) -> str:
    goods = line["sku"] or line["group"] or gettext("All goods")
    return f"{goods} ≥ {Money(line['step'])}" if line["step"] else str(goods)


def _figure(line: dict[str, Any]) -> str:
    return percent(line["rate"]) if line["rate"] is not None else str(Money(line["delivery"]))


def _losses(rules: dict[str, str]) -> str:
    said = (
        f"{gettext(CAUSE_NAMES[LossCause(cause)])}: {gettext(BEARER_NAMES[Bearer(side)])}"
        for cause, side in rules.items()
    )
    return "; ".join(said) or NOTHING


def _files(files: list[dict[str, Any]]) -> str:
    return ", ".join(file["name"] for file in files)


AGREEMENT_WORDS = Words(
    {
        "paper": N_("Number of the signed agreement"),
        "from": Label(N_("From day"), said_as_day),
        "until": Label(N_("Last day"), said_as_day),
        "day": Label(N_("Handed over on"), said_as_day),
        "side": Label(N_("By which side"), lambda side: gettext(SIDE_NAMES[EndedBy(side)])),
        "terms": Label(N_("What is agreed"), _terms),
        "losses": Label(N_("Losses borne by"), _losses),
        "files": Label(N_("Scans of the agreement"), _files),
        "reason": N_("Reason"),
    },
    {
        "made": N_("Agreement entered"),
        "terms": N_("New terms"),
        "losses": N_("New rules of losses"),
        "notice": N_("Notice given"),
        "ended": N_("Ended"),
        "attached": N_("Papers added"),
    },
)
