"""A delivery request as it leaves the shop: till roll, A4, text for a chat, e-mail. All say the same."""

from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote, urlencode

from sqlalchemy import select

from core.clock import now
from core.current_settings import current_settings
from core.database import db
from core.i18n import gettext, use, written_day, written_quantity
from core.staff import Staff
from inventory.reordering.delivery_request import DeliveryRequest, request_of
from inventory.reordering.reason import weekday_name
from printers.a4.document import A4Document, A4Signature, A4Table
from printers.a4.pdf import as_pdf
from printers.blocks import Align, Block
from printers.copies import next_copy
from printers.documents import CopyMark, ShopHead
from printers.layouts.request_slip import lay_out_request
from printers.request_documents import RequestedLine, RequestPaper
from printers.spool import PrintJob, enqueue, mark_of, paper_columns

DELIVERY_REQUEST = "delivery_request"
ORIGINAL = CopyMark()


def paper_of(request: DeliveryRequest, *, mark: CopyMark = ORIGINAL) -> RequestPaper:
    """The request as every paper of it says it."""
    settings = current_settings()
    language = settings.receipt.language
    with use(language):
        weekday = weekday_name(request.wanted_on)
    lines = (
        RequestedLine(line.product.full_name, line.product.sku, line.quantity, line.product.unit_label)
        for line in request.lines
    )
    return RequestPaper(
        shop=ShopHead.of(settings.shop),
        number=request.number,
        day=request.day,
        wanted_on=request.wanted_on,
        weekday=weekday,
        producer=request.producer.name,
        producer_code=request.producer.code,
        lines=tuple(lines),
        by=name_of(request.staff_code),
        printed_at=now(),
        note=request.note,
        mark=mark,
        demo=settings.demo,
        language=language,
    )


def name_of(staff_code: str) -> str:
    """Who asked, as papers name people."""
    return db.session.scalar(select(Staff.name).where(Staff.code == staff_code)) or staff_code


def print_request(request: DeliveryRequest, *, by: Staff) -> PrintJob:
    """Print it on the till roll; later papers say that they are copies."""
    return enqueue(DELIVERY_REQUEST, request.number, copy=next_copy(DELIVERY_REQUEST, request.number), by=by)


def draw_request(number: int, copy: int, again: bool) -> list[Block]:
    """The blocks of a request for the spool."""
    request = request_of(number)
    assert request is not None, "a paper is only left with its request"
    paper = paper_of(request, mark=mark_of(DELIVERY_REQUEST, number, copy, again))
    return lay_out_request(paper, paper_columns())


def request_pdf(request: DeliveryRequest) -> bytes:
    """The request on A4."""
    return as_pdf(a4_of(paper_of(request)))


def a4_of(paper: RequestPaper) -> A4Document:
    """The request in the house style: its facts, a table, two places to sign."""
    with use(paper.language):
        rows = tuple(
            (str(n), line.name, line.sku, line.unit_label, written_quantity(line.quantity), "")
            for n, line in enumerate(paper.lines, start=1)
        )
        right, left = Align.RIGHT, Align.LEFT
        table = A4Table(
            headings=(gettext("No."), gettext("Product"), gettext("Code"), gettext("Unit"),
                      gettext("Quantity asked for"), gettext("Came")),
            rows=rows, widths=(5, 44, 12, 11, 14, 14), aligns=(right, left, left, left, right, right), boxed=True,
        )  # fmt: skip
        return A4Document(
            shop=paper.shop,
            title=gettext("DELIVERY REQUEST"),
            printed_at=paper.printed_at,
            parts=(table,),
            number=gettext("Delivery request %(number)s", number=paper.number),
            facts=(
                (gettext("Producer"), f"{paper.producer} ({paper.producer_code})"),
                (gettext("Day"), written_day(paper.day)),
                (gettext("Please deliver on"), f"{paper.weekday} {written_day(paper.wanted_on)}"),
                (gettext("Asked by"), paper.by),
            ),
            notes=tuple(note for note in (paper.note, gettext("Please tell us in time if something cannot come."))
                        if note),
            signatures=(A4Signature(gettext("The shop")), A4Signature(gettext("The producer"))),
            printed_by=paper.by,
            mark=paper.mark,
            demo=paper.demo,
            language=paper.language,
        )  # fmt: skip


def message_of(request: DeliveryRequest) -> str:
    """The request as a text to paste into a chat."""
    paper = paper_of(request)
    with use(paper.language):
        return "\n".join(_message_lines(paper))


def _message_lines(paper: RequestPaper) -> list[str]:
    wanted = f"{paper.weekday} {written_day(paper.wanted_on)}"
    said = [
        subject_of(paper),
        gettext("To: %(producer)s", producer=paper.producer),
        gettext("Please deliver on %(day)s:", day=wanted),
        *(
            f"{n}. {line.name}: {written_quantity(line.quantity)} {line.unit_label}"
            for n, line in enumerate(paper.lines, start=1)
        ),
    ]
    if paper.note:
        said.append(paper.note)
    said.append(gettext("Please tell us in time if something cannot come."))
    if paper.shop.phone:
        said.append(gettext("Tel.: %(phone)s", phone=paper.shop.phone))
    if paper.demo:
        said.append(gettext("(A demo shop: nothing is really asked for.)"))
    return said


def subject_of(paper: RequestPaper) -> str:
    """What a message begins with, and an e-mail is called."""
    return gettext("%(shop)s: delivery request %(number)s", shop=paper.shop.name, number=paper.number)


def mail_link(request: DeliveryRequest) -> str:
    """An address that opens the person's own mail program with the text in it."""
    paper = paper_of(request)
    with use(paper.language):
        words = {"subject": subject_of(paper), "body": "\r\n".join(_message_lines(paper))}
    return "mailto:?" + urlencode(words, quote_via=quote)


def mail_file(request: DeliveryRequest) -> bytes:
    """An e-mail as a file, with the PDF in it; mail programs open it as one that is still to be sent."""
    paper = paper_of(request)
    mail = EmailMessage(policy=SMTP)
    with use(paper.language):
        mail["Subject"] = subject_of(paper)
        mail["X-Unsent"] = "1"
        mail.set_content("\n".join(_message_lines(paper)))
    name = f"de-nghi-giao-hang-{paper.number}.pdf"
    mail.add_attachment(request_pdf(request), maintype="application", subtype="pdf", filename=name)
    return mail.as_bytes()
