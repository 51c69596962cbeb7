"""The producer's word in a form: `{{ confirming.fields(producer) }}` in the page, `read_confirmation` in the view.

A counter code is proved before the act's transaction begins, as a manager's PIN is: a wrong one is counted though the
act is refused. The page of a form needs the script `signature.js`; without it the other two ways are left.
"""

import base64
import binascii

from flask import g, request

from core.attached_file import CheckedFile, check_file, keep_file
from core.errors import RuleBroken
from core.i18n import N_
from core.staff import Staff
from core.web.access import current_staff
from core.web.forms import Form, NothingTyped, Unreadable, read_choice, read_text
from core.web.here import place_here
from inventory.catalogue.producer import Producer, producer_of
from inventory.receiving.confirmation import Confirmation, ConfirmedBy
from inventory.receiving.counter_code import prove_counter_code

WAY_FIELD, PRODUCER_FIELD, CODE_FIELD, SIGNATURE_FIELD = "confirmed", "confirmed_by", "counter_pin", "signature"
_DATA = "data:image/png;base64,"
_MOST_SIGNS = 400_000


class NotSigned(Unreadable):
    message = N_("Nobody has signed yet. Let the producer draw a signature in the box, or choose another way.")


class SignatureBroken(Unreadable):
    message = N_("The signature did not arrive whole. Let the producer sign again.")


def hear_the_producer() -> None:
    """Prove a counter code before the act's transaction begins; `read_confirmation` says what is wrong with it."""
    form = request.form if request.method == "POST" else {}
    if form.get(WAY_FIELD) != ConfirmedBy.CODE or PRODUCER_FIELD not in form or current_staff() is None:
        return
    try:
        code = read_text(form, CODE_FIELD, limit=20, label=N_("Counter code"))
        producer = producer_of(read_text(form, PRODUCER_FIELD, limit=20))
        place = place_here()
        assert place is not None, "the access rule lets no stranger try a code"
        prove_counter_code(producer, code, device=place.code)
        g.producer_heard = producer.code
    except RuleBroken as broken:
        g.producer_trouble = broken


def read_confirmation(form: Form, producer: Producer, *, by: Staff) -> Confirmation:
    """The producer's word as the form holds it, inside the act's transaction; a signature is kept as a picture."""
    way = read_choice(form, WAY_FIELD, ConfirmedBy, label=N_("The producer's word"))
    if way is ConfirmedBy.CODE:
        if "producer_trouble" in g:
            raise g.producer_trouble
        if g.get("producer_heard") != producer.code:
            raise NothingTyped(field=CODE_FIELD, label=N_("Counter code"))
    if way is not ConfirmedBy.SIGNATURE:
        return Confirmation(producer, way)
    return Confirmation(producer, way, keep_file(read_signature(form), by=by).sha)


def read_signature(form: Form) -> CheckedFile:
    """The drawing that the page's script put into the form."""
    text = form.get(SIGNATURE_FIELD, "")
    if not text:
        raise NotSigned(field=SIGNATURE_FIELD)
    if not text.startswith(_DATA) or len(text) > _MOST_SIGNS:
        raise SignatureBroken(field=SIGNATURE_FIELD)
    try:
        drawn = base64.b64decode(text.removeprefix(_DATA), validate=True)
    except (binascii.Error, ValueError):
        raise SignatureBroken(field=SIGNATURE_FIELD) from None
    if not drawn.startswith(b"\x89PNG\r\n\x1a\n"):
        raise SignatureBroken(field=SIGNATURE_FIELD)
    return check_file(drawn, "signature.png", drawing=True)
