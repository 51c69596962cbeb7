"""The papers of a recall: a notice for the shelf, and one for customers."""

from datetime import date

from config.settings import Settings
from core.clock import now
from core.i18n import gettext, use, written_day, written_instant
from core.staff import Staff
from inventory.tracing.recall_report import RecallReport
from printers.a4.document import A4Document, A4Space, A4Text
from printers.blocks import Align
from printers.documents import ShopHead


def shelf_notice(report: RecallReport, settings: Settings, *, by: Staff) -> A4Document:
    """For the place where the goods lay: they are recalled, nobody may sell or take them."""
    with use(settings.receipt.language):
        return _notice(
            report, settings, by,
            title=gettext("RECALLED – NOT FOR SALE"),
            says=(
                gettext("These goods may not be sold, given away or put back on the shelf."),
                gettext("Whoever finds any lays them with the goods set apart and tells the manager."),
            ),
        )  # fmt: skip


def customer_notice(
    report: RecallReport, settings: Settings, *, sold: tuple[date, date] | None, by: Staff
) -> A4Document:
    """For customers: which goods, when they were sold here, and that the money is given back."""
    with use(settings.receipt.language):
        return _notice(
            report, settings, by,
            title=gettext("NOTICE TO CUSTOMERS: GOODS RECALLED"),
            says=(
                _when(sold),
                gettext("If you still have any, please do not use it. Bring it back, with the receipt where you have "
                        "it: the money is given back."),
                gettext("Questions: %(phone)s", phone=settings.shop.phone) if settings.shop.phone else "",
            ),
        )  # fmt: skip


def _when(sold: tuple[date, date] | None) -> str:
    if sold is None:
        return gettext("None of these goods has been sold at this shop.")
    first, last = (written_day(day) for day in sold)
    if first == last:
        return gettext("The goods were sold at this shop on %(day)s.", day=first)
    return gettext("The goods were sold at this shop from %(first)s to %(last)s.", first=first, last=last)


def _notice(report: RecallReport, settings: Settings, by: Staff, *, title: str, says: tuple[str, ...]) -> A4Document:
    texts = [part for text in says if text for part in (A4Text(text, bold=True), A4Space(3))]
    return A4Document(
        shop=ShopHead.of(settings.shop),
        title=title,
        subtitle=report.product.full_name,
        printed_at=now(),
        facts=_facts(report),
        parts=(A4Space(6), *texts, A4Space(6), _place_and_day(settings)),
        printed_by=by.name,
        demo=settings.demo,
        language=settings.receipt.language,
    )


def _facts(report: RecallReport) -> tuple[tuple[str, str], ...]:
    recalled = report.recalled
    lots = recalled.lot_number or gettext("all lots")
    facts = [
        (gettext("Made by"), report.product.producer.name),
        (gettext("Lot"), lots),
        (gettext("Recalled since"), written_instant(recalled.since)),
        (gettext("Reason"), recalled.reason),
    ]
    return (*facts, (gettext("Issued by"), recalled.issuer)) if recalled.issuer else tuple(facts)


def _place_and_day(settings: Settings) -> A4Text:
    place = settings.shop.locality or settings.shop.address
    return A4Text(f"{place}, {written_day(now().date())}" if place else written_day(now().date()), align=Align.RIGHT)
