"""The papers of a recall: a notice for the shelf, and one for customers."""

from datetime import date

from config.settings import Settings
from core.clock import VIETNAM, now
from core.i18n import gettext, use, written_day, written_instant
from core.staff import Staff
from inventory.tracing.recall_report import RecallReport
from printers.a4.document import A4Document, A4Facts, A4Space, A4Text
from printers.blocks import Align
from printers.documents import ShopHead


def shelf_notice(report: RecallReport, settings: Settings, *, by: Staff) -> A4Document:
    """For the place where the goods lay: they are recalled, nobody may sell or take them."""
    with use(settings.receipt.language):
        return _notice(
            report, settings, by,
            title=gettext("RECALLED GOODS"),
            poster=gettext("NOT FOR SALE"),
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
            title=gettext("NOTICE TO CUSTOMERS"),
            poster=gettext("GOODS RECALLED"),
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


def _notice(
    report: RecallReport, settings: Settings, by: Staff, *, title: str, poster: str, says: tuple[str, ...]
) -> A4Document:
    """The product and what to do in letters that are read from some steps away; then the facts and the rest."""
    lot = report.recalled.lot_number
    posters = (poster, report.product.full_name, gettext("Lot %(number)s", number=lot) if lot else gettext("all lots"))
    return A4Document(
        shop=ShopHead.of(settings.shop),
        title=title,
        printed_at=now(),
        parts=(
            A4Space(8),
            *(A4Text(text, bold=True, align=Align.CENTRE, poster=True) for text in posters),
            A4Space(8),
            A4Facts(_facts(report), columns=1),
            A4Space(6),
            *(part for text in says if text for part in (A4Text(text, bold=True), A4Space(2))),
            A4Space(4),
            A4Text(written_day(now().astimezone(VIETNAM).date()), align=Align.RIGHT),
        ),
        printed_by=by.name,
        demo=settings.demo,
        language=settings.receipt.language,
    )


def _facts(report: RecallReport) -> tuple[tuple[str, str], ...]:
    recalled = report.recalled
    facts = (
        (gettext("Producer"), report.product.producer.name),
        (gettext("Recalled since"), written_instant(recalled.since)),
        (gettext("Reason"), recalled.reason),
        (gettext("Asked for by"), recalled.issuer),
    )
    return tuple((word, said) for word, said in facts if said)
