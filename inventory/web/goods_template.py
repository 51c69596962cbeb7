"""The template of a list of goods: headings, lists to choose from, two examples that are never entered."""

from config.reference.bases import bases_on
from config.reference.forms import subject_forms
from config.reference.goods_columns import goods_columns
from config.reference.groups import leaf_groups
from config.reference.localities import provinces_on
from config.reference.tax_rates import tax_classes
from core.clock import today
from core.i18n import N_, translator
from core.spreadsheet.writing import Column, as_xlsx
from inventory.lot import TermsKind
from inventory.web.names import TERMS_NAMES

_WIDE = {"name": 38, "producer": 34, "group": 34, "tax_class": 34, "address": 30, "issuer": 24, "evidence": 30}
_EXAMPLES = (
    {
        "name": N_("Example: wild honey (delete this row)"),
        "producer": N_("Example cooperative"),
        "pack": N_("jar 500 g"),
        "unit": N_("jar"),
        "price": "180.000",
        "number": "8930000000019",
        "group": "I.2.b",
        "stars": "4",
        "decision": "QD 12",
        "decision_date": "15/03/2026",
        "quantity": "24",
        "terms": TERMS_NAMES[TermsKind.COMMISSION],
        "commission": "15",
        "best_before": "15/09/2027",
    },
    {
        "name": N_("Example: custard apples (delete this row)"),
        "producer": N_("Example cooperative"),
        "unit": "kg",
        "price": "45k",
        "group": "I.1.a",
        "within_days": "5",
        "quantity": "12,5",
        "terms": TERMS_NAMES[TermsKind.BOUGHT],
        "amount": "30.000",
    },
)


def goods_template(language: str) -> bytes:
    """The template as an .xlsx in a language of the screen."""
    say = translator(language)
    chosen = choices(language)
    columns = [
        Column(one.name(language), one.hint(language), chosen.get(one.code, ()), _WIDE.get(one.code, 16))
        for one in goods_columns()
    ]
    rows = [[say(row.get(one.code, "")) if row.get(one.code) else "" for one in goods_columns()] for row in _EXAMPLES]
    return as_xlsx(say(N_("Goods sheet")), columns, rows)


def choices(language: str) -> dict[str, list[str]]:
    """What may be chosen in the columns that have a list."""
    day, say = today(), translator(language)
    return {
        "group": [f"{one.code} {one.name(language)}" for one in leaf_groups(day) if one.goods],
        "tax_class": [one.name(language) for one in tax_classes()],
        "form": [one.name(language) for one in subject_forms()],
        "province": [one.name for one in provinces_on(day)],
        "basis": [one.name(language) for one in bases_on(day) if not one.proved_by_certificate],
        "terms": [say(TERMS_NAMES[kind]) for kind in TermsKind],
        "stars": ["3", "4", "5"],
        "unit": [say(word) for word in (N_("jar"), N_("bottle"), N_("bag"), N_("box"))] + ["kg"],
    }
