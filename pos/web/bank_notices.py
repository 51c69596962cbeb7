"""Where the bank's relay says that money has come: a door for a program, not for a browser (docs/bank_notices.md).

Off unless the settings open it. Whoever knocks is nobody until the signature is proved: no cookie, no form, no token of
a page; the answers are short JSON.
"""

from flask import Blueprint, current_app, jsonify, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.current_settings import current_settings
from core.database import DatabaseBusy, DiskFailed, DiskFull, transaction
from core.errors import RuleBroken
from core.web.access import public
from pos.bank_notice.generic_json import LARGEST_BYTES, read_generic_json
from pos.bank_notice.intake import NotOurAccount, ToldOtherwise, take_in
from pos.bank_notice.notice import UnreadableNotice
from pos.bank_notice.rate import Knocks
from pos.bank_notice.signature import NotFresh, NotSigned, need_signature
from pos.transfers.arrival_table import Source

bp = Blueprint("bank_notices", __name__)

TIMESTAMP_HEADER, SIGNATURE_HEADER = "X-Shop-Timestamp", "X-Shop-Signature"
STATUS: dict[type[RuleBroken], int] = {
    NotSigned: 401,
    NotFresh: 401,
    UnreadableNotice: 400,
    NotOurAccount: 422,
    ToldOtherwise: 409,
    DatabaseBusy: 503,
    DiskFull: 503,
    DiskFailed: 503,
}
_KNOCKS = "bank_notice_knocks"


@bp.post("/bank-notices")
@public
def take() -> Response:
    """Take one signed notice; told twice, it is known and changes nothing."""
    if not current_settings().hears_the_bank:
        raise NotFound
    knocks: Knocks = current_app.extensions.setdefault(_KNOCKS, Knocks())
    if knocks.are_too_many(request.remote_addr or ""):
        return _answer("Too many notices within a minute. Send it again later.", 429)
    body = request.get_data(cache=False) if (request.content_length or 0) <= LARGEST_BYTES else None
    if body is None or len(body) > LARGEST_BYTES:
        return _answer(f"More than {LARGEST_BYTES} bytes.", 413)
    try:
        return _taken(body)
    except tuple(STATUS) as refused:
        return _answer(str(refused), STATUS[type(refused)])


def _taken(body: bytes) -> Response:
    settings = current_settings()
    need_signature(
        settings.secrets.bank_notices,
        timestamp=request.headers.get(TIMESTAMP_HEADER, ""),
        signature=request.headers.get(SIGNATURE_HEADER, ""),
        body=body,
    )
    notice = read_generic_json(body, settings.bank_notices)
    if notice is None:
        return jsonify(result="ignored")
    with transaction():
        taken = take_in(notice, source=Source.WEBHOOK)
    return jsonify(result=taken.value)


def _answer(error: str, status: int) -> Response:
    answer = jsonify(error=error)
    answer.status_code = status
    if status in (429, 503):
        answer.headers["Retry-After"] = "60"
    return answer
