"""A form is answered once: pressing twice, or sending again after a lost answer, finds the first answer.

The browser gives each form a key. The first time, the view runs and its answer is kept under the key in the same
transaction, so either both are there or neither. The same key with other content is refused: what was done then stays
done, and the clerk is told.
"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from flask import current_app, make_response, redirect, request
from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import BadRequest, Conflict
from werkzeug.wrappers import Response

from core import clock
from core.database import Base, db, transaction
from core.web.access import current_staff

View = Callable[..., object]
KEY_FIELD = "key"
KEY_HEADER = "Idempotency-Key"
_NOT_CONTENT = {KEY_FIELD, "csrf_token"}
_REMEMBERED = timedelta(days=30)


class AnsweredForm(Base):
    """A form that was answered: its key, what it held, and where its answer is found."""

    __tablename__ = "answered_forms"

    key: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[str]
    answered_at: Mapped[datetime]
    location: Mapped[str | None]


_TABLE: Any = AnsweredForm.__table__
# Made once and asked of the table itself: each press waits for it.
_ANSWER_TO = select(_TABLE.c.content, _TABLE.c.location).where(_TABLE.c.key == bindparam("wanted"))
_INSERT = insert(_TABLE)


class KeyMissing(BadRequest):
    """The form came without a usable key: made by hand, or by a page of another version."""


class AnsweredOtherwise(Conflict):
    """The key was used for something else; the first form stands."""


class _Refused(Exception):
    """Carries an answer of 400 and above out of the transaction, which is thereby undone."""

    def __init__(self, answer: Response) -> None:
        self.answer = answer


def once(view: View | None = None, *, again: str | None = None) -> Callable[..., object]:
    """Run a POST view in a transaction, once for each key.

    A view that redirects needs nothing more: pressed again, the same redirect comes. A view that changes a part of
    the page names in `again` the GET view that shows that part and returns nothing itself; that view is called with
    the same address parts after the commit, the first time and every other time.
    """
    if view is None:
        return lambda view: once(view, again=again)

    @wraps(view)
    def answer_once(**address: object) -> object:
        key, content = _key(), _content()
        try:
            with transaction() as session:
                before = session.connection().execute(_ANSWER_TO, {"wanted": key}).first()
                if before is None:
                    location = _run(view, address, again)
                    session.flush()
                    answer = {"key": key, "content": content, "answered_at": clock.now(), "location": location}
                    session.connection().execute(_INSERT, answer)
                elif before.content != content:
                    raise AnsweredOtherwise
                else:
                    location = before.location
        except _Refused as refused:
            return refused.answer
        return redirect(location, 303) if location else _shown_again(again, address)

    answer_once.once = True
    return answer_once


def forget_old_answers() -> None:
    """Drop answers that no browser will ask for again; inside a transaction."""
    db.session.execute(delete(AnsweredForm).where(AnsweredForm.answered_at < clock.now() - _REMEMBERED))


def new_key() -> str:
    """A key for one form."""
    return str(uuid.uuid4())


def _run(view: View, address: dict[str, object], again: str | None) -> str | None:
    """Where the answer is found: an address, or None when the view named in `again` shows it."""
    said = view(**address)
    if said is None:
        assert again is not None, f"{view.__name__} returns nothing, so @once needs again=…"
        return None
    answer = make_response(said)
    if answer.status_code >= 400:
        raise _Refused(answer)
    assert "Location" in answer.headers, f"{view.__name__} must redirect, or return nothing with @once(again=…)"
    return answer.headers["Location"]


def _shown_again(again: str | None, address: dict[str, object]) -> object:
    assert again is not None
    endpoint = f"{request.blueprint}{again}" if again.startswith(".") else again
    return current_app.view_functions[endpoint](**address)


def _key() -> str:
    given = request.form.get(KEY_FIELD) or request.headers.get(KEY_HEADER, "")
    try:
        return str(uuid.UUID(given))
    except ValueError:
        raise KeyMissing from None


def _left_out(name: str) -> bool:
    """A PIN is no content: whoever reads the table could find six digits from a fingerprint in a second."""
    return name in _NOT_CONTENT or name == "pin" or name.endswith(("_pin", "passphrase"))


def _content() -> str:
    """A fingerprint of who sends what where."""
    staff = current_staff()
    parts = [request.path, str(staff.id if staff else None)]
    parts += [f"{name}={value}" for name, value in request.form.items(multi=True) if not _left_out(name)]
    for name, file in request.files.items(multi=True):
        parts.append(f"{name}={file.filename}:{hashlib.sha256(file.stream.read()).hexdigest()}")
        file.stream.seek(0)
    secret = str(current_app.secret_key).encode()  # a phone number alone could be guessed from its plain hash
    return hmac.new(secret, "\x00".join(parts).encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
