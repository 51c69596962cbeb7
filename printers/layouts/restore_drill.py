"""The certificate of a restore drill: which backup was restored on trial, what it agreed with, who was there."""

from collections.abc import Iterator

from core.i18n import gettext, use, written_instant
from printers.blocks import Align, Banner, Block, Cells, Gap, Pair, Rule, Size, Text
from printers.documents import DrillCertificate
from printers.layouts.parts import copy_mark, demo_notice, dong, heading, shop_head

WIDE_COLUMNS = 48


def lay_out_drill(drill: DrillCertificate, width: int = WIDE_COLUMNS) -> list[Block]:
    """Set a certificate for paper of `width` columns (48 on 80 mm, 32 on 58 mm)."""
    with use(drill.language):
        return [
            *shop_head(drill.shop, width),
            *_title(drill),
            *_backup(drill),
            *_result(drill),
            *_signatures(),
            *demo_notice(drill.demo),
        ]


def _title(drill: DrillCertificate) -> Iterator[Block]:
    yield Gap(2)
    yield Rule("heavy")
    yield Gap(1)
    yield Text(gettext("RESTORE DRILL"), Size.LARGE, Align.CENTRE, bold=True)
    yield from copy_mark(drill.mark)
    yield Gap(2)
    yield Pair(gettext("No. %(number)s", number=drill.number), written_instant(drill.at), bold=True, figures=False)
    yield Pair(gettext("Done by"), drill.by, figures=False)
    yield Pair(gettext("Journal record"), str(drill.record), figures=False)


def _backup(drill: DrillCertificate) -> Iterator[Block]:
    yield from heading(gettext("The backup"))
    if drill.made_at is not None:
        yield Pair(gettext("Made at"), written_instant(drill.made_at), figures=False)
    if drill.seq is not None:
        yield Pair(gettext("Up to record"), str(drill.seq), figures=False)
    if drill.sales is not None and drill.gross is not None and drill.refunded is not None:
        yield Pair(gettext("Sales in it"), str(drill.sales), figures=False)
        yield Pair(gettext("Perpetual total"), dong(drill.gross), figures=False)
        yield Pair(gettext("Refunds"), dong(drill.refunded), figures=False)
    for words, hash_ in ((gettext("Head of the chain"), drill.head), (gettext("Fingerprint of the file"), drill.file)):
        if hash_:
            yield Text(words, Size.SMALL)
            yield Text(" ".join(hash_[at : at + 8] for at in range(0, len(hash_), 8)), Size.SMALL)


def _result(drill: DrillCertificate) -> Iterator[Block]:
    yield from heading(gettext("Restored beside the running shop"))
    yield Pair(gettext("Rows compared"), str(drill.compared), figures=False)
    yield Pair(gettext("Ready to sell after"), drill.took, figures=False)
    yield Gap(2)
    if not drill.trouble:
        yield Banner(gettext("GOOD"), Size.LARGE)
        yield Text(
            gettext("Restored whole, verified, and the same as the shop's own books up to that record."),
            Size.SMALL, Align.CENTRE,
        )  # fmt: skip
    else:
        yield Banner(gettext("NOT GOOD"), Size.LARGE)
        yield Text(drill.trouble, Size.SMALL)
        yield Text(gettext("This backup cannot be relied on. Call whoever looks after the shop."), bold=True)


def _signatures() -> Iterator[Block]:
    yield Gap(3)
    yield Cells((gettext("Done by"), gettext("Seen by")), (1, 1), bold=True)
    yield Gap(14)
    yield Cells(("." * 14, "." * 14), (1, 1))
