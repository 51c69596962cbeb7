import ssl
from datetime import timedelta

import pytest

from core.database import db, transaction
from core.journal.record import Kind
from pos.invoice.folder_provider import FolderProvider
from pos.invoice.invoice_table import Invoice, InvoiceMessage, InvoiceStep, Standing
from pos.invoice.packing import content_of, pack_what_is_made
from pos.invoice.sender import has_work, send_what_is_due
from pos.invoice.sending import due_messages, is_silent, try_message
from pos.invoice.steps import MAY_FOLLOW, NotRejected, WrongStep, history_of, send_again, standing_of, take_steps
from pos.replay import verify_shop
from tests.factories import records, sell
from tests.pos.invoice.fake_provider import answer_of, fake_provider
from tests.pos.invoice.test_answer import NAMED


@pytest.fixture
def provider(tmp_path):
    with fake_provider(tmp_path) as fake:
        yield fake


@pytest.fixture
def certificate(tmp_path):
    return tmp_path / "test-certificate.pem"


def standings():
    return [standing_of(invoice.code) for invoice in invoices()]


def invoices():
    return db.session.query(Invoice).order_by(Invoice.record_seq).all()


def acts():
    return [record["body"]["act"] for record in records(Kind.INVOICE)]


def later(shop, **step):
    shop.clock.move(timedelta(**step))


def test_what_was_sold_is_sent_in_one_message_and_accepted(numbered, provider, certificate):
    for _ in range(3):
        sell(numbered, "mật ong")

    send_what_is_due(provider.adapter(), certificate)

    assert standings() == [Standing.ACCEPTED] * 3
    assert len(provider.sent) == 1
    assert acts() == ["block", "made", "made", "made", "packed", "answered"]
    assert not has_work()
    assert verify_shop().clean


def test_one_that_cannot_be_written_does_not_hold_up_the_others(numbered, provider, certificate):
    for _ in range(3):
        sell(numbered, "mật ong")
    spoil(invoices()[1].sale_number)

    send_what_is_due(provider.adapter(), certificate)
    sell(numbered, "hạt dẻ", "0,5")
    send_what_is_due(provider.adapter(), certificate)

    assert standings() == [Standing.ACCEPTED, Standing.MADE, Standing.ACCEPTED, Standing.ACCEPTED]


def spoil(sale_number):
    """A name that the format has no room for, put there past all rules."""
    with transaction() as session:
        session.connection().exec_driver_sql("DROP TRIGGER sale_lines_no_update")
        session.connection().exec_driver_sql(
            "UPDATE sale_lines SET name = ? WHERE sale_number = ?", ("x" * 501, sale_number)
        )


def test_the_provider_may_take_its_time(numbered, provider, certificate):
    sell(numbered, "mật ong")
    provider.mood = "take"
    send_what_is_due(provider.adapter(), certificate)
    later(numbered, seconds=61)
    send_what_is_due(provider.adapter(), certificate)
    assert standings() == [Standing.SENT]

    provider.mood = "accept"
    later(numbered, days=3)
    send_what_is_due(provider.adapter(), certificate)

    assert standings() == [Standing.ACCEPTED]
    assert len(provider.sent) == 1
    assert acts() == ["block", "made", "packed", "sent", "answered"]


@pytest.mark.parametrize("mood", ["error", "hang", "drop", "garbage", "deny"])
def test_trouble_on_the_line_is_waited_out_without_a_second_message(numbered, provider, certificate, mood):
    sell(numbered, "mật ong")
    provider.mood = mood
    send_what_is_due(provider.adapter(), certificate)
    assert is_silent()
    sell(numbered, "mật ong")  # a dead line stops no sale
    later(numbered, minutes=5)
    send_what_is_due(provider.adapter(), certificate)

    provider.mood = "accept"
    later(numbered, minutes=40)
    send_what_is_due(provider.adapter(), certificate)

    assert standings() == [Standing.ACCEPTED] * 2
    assert len(provider.known) == 2
    assert len({content for method, _, content in provider.got if method == "PUT"}) == 2  # always the same bytes
    assert (acts().count("outage"), acts().count("back")) == (1, 1)
    assert not is_silent()
    assert verify_shop().clean


def test_a_message_that_arrived_before_the_line_broke_is_not_handed_over_again(numbered, provider, certificate):
    sell(numbered, "mật ong")
    provider.mood = "drop"
    send_what_is_due(provider.adapter(), certificate)

    provider.mood = "accept"
    later(numbered, minutes=1)
    send_what_is_due(provider.adapter(), certificate)

    assert [method for method, _, _ in provider.got] == ["PUT", "GET"]
    assert standings() == [Standing.ACCEPTED]


def test_killed_between_sending_and_the_answer_it_asks_first(numbered, provider, certificate):
    """What a kill leaves behind: the try is written down, the provider has the message, nobody heard the answer."""
    sell(numbered, "mật ong")
    message_id = pack_what_is_made(certificate)
    with transaction():
        db.session.get_one(InvoiceMessage, message_id).tries = 1
    provider.adapter().send(message_id, content_of(db.session.get_one(InvoiceMessage, message_id)))

    try_message(message_id, provider.adapter())

    assert len(provider.sent) == 1
    assert standings() == [Standing.ACCEPTED]
    assert [invoice.number for invoice in invoices()] == [1]


def test_killed_before_anything_left_it_sends_under_the_same_id(numbered, provider, certificate):
    sell(numbered, "mật ong")
    message_id = pack_what_is_made(certificate)
    with transaction():
        db.session.get_one(InvoiceMessage, message_id).tries = 1

    try_message(message_id, provider.adapter())

    assert [(method, one) for method, one, _ in provider.got] == [("GET", message_id), ("PUT", message_id)]
    assert standings() == [Standing.ACCEPTED]


def test_only_the_invoices_that_are_named_are_rejected(numbered, provider, certificate):
    for _ in range(3):
        sell(numbered, "mật ong")
    provider.mood, provider.refused = "refuse", NAMED.format(number=2)
    adapter = provider.adapter()
    pack_what_is_made(certificate)
    (message_id,) = due_messages()
    try_message(message_id, adapter)
    assert standings() == [Standing.MADE, Standing.REJECTED, Standing.MADE]

    provider.mood, provider.refused = "accept", ""
    send_what_is_due(adapter, certificate)

    assert standings() == [Standing.ACCEPTED, Standing.REJECTED, Standing.ACCEPTED]
    rejected = history_of(invoices()[1])[-1]
    assert rejected.reason == "10003; Mã số thuế người mua không tồn tại"
    assert verify_shop().clean


def test_a_rejected_invoice_goes_out_again_when_somebody_says_so(numbered, provider, certificate):
    sell(numbered, "mật ong")
    provider.mood = "refuse"
    send_what_is_due(provider.adapter(), certificate)
    assert standings() == [Standing.REJECTED]
    provider.mood = "accept"
    later(numbered, hours=1)
    send_what_is_due(provider.adapter(), certificate)
    assert standings() == [Standing.REJECTED]  # nobody said anything yet

    with transaction():
        send_again(invoices()[0], by=numbered.manager)
    send_what_is_due(provider.adapter(), certificate)

    assert standings() == [Standing.ACCEPTED]
    assert [step.step.value for step in history_of(invoices()[0])] == [
        "packed", "rejected", "again", "packed", "accepted",
    ]  # fmt: skip
    assert len(set(provider.sent)) == 2
    with pytest.raises(NotRejected, match="Invoice 1 was not rejected"), transaction():
        send_again(invoices()[0], by=numbered.manager)


def test_an_answer_that_comes_twice_changes_nothing(numbered, provider, certificate):
    from pos.invoice.answer import read_answer
    from pos.invoice.sending import settle
    from tests.pos.invoice.test_message import DAY

    sell(numbered, "mật ong")
    send_what_is_due(provider.adapter(), certificate)
    before = acts()

    with transaction():
        message = db.session.query(InvoiceMessage).one()
        settle(message, read_answer(answer_of(message.message_id, valid=False), DAY))

    assert acts() == before
    assert standings() == [Standing.ACCEPTED]


@pytest.mark.parametrize("step", list(InvoiceStep))
@pytest.mark.parametrize("before", list(Standing))
def test_each_step_follows_only_where_it_may(numbered, before, step):
    from core.journal.chain import write_record
    from pos.invoice.issuing import set_standing

    if before is Standing.WAITING:
        return  # it has no code that a step could name
    sell(numbered, "mật ong")
    code = invoices()[0].code
    with transaction():
        set_standing(code, before)
        record = write_record(Kind.INVOICE, {"act": step.value, "codes": [code]}, by=None)
        if before in MAY_FOLLOW[step]:
            take_steps(record, {code: (step, "")}, message_id=None)
        else:
            with pytest.raises(WrongStep):
                take_steps(record, {code: (step, "")}, message_id=None)


def test_a_stranger_with_the_providers_name_is_not_told_anything(numbered, provider, certificate):
    sell(numbered, "mật ong")

    send_what_is_due(provider.adapter(trust=ssl.create_default_context()), certificate)

    assert provider.got == []
    assert db.session.query(InvoiceMessage).one().trouble.startswith("certificate: self-signed")


def test_files_are_laid_out_for_a_person_who_brings_the_answer_back(numbered, certificate, tmp_path):
    sell(numbered, "mật ong")
    adapter = FolderProvider(tmp_path / "invoices")
    send_what_is_due(adapter, certificate)
    (file,) = (tmp_path / "invoices/to-send").iterdir()
    assert standings() == [Standing.PACKED]
    later(numbered, minutes=1)
    send_what_is_due(adapter, certificate)
    assert [one.name for one in (tmp_path / "invoices/to-send").iterdir()] == [file.name]

    (tmp_path / "invoices/answers/tra loi.xml").write_bytes(answer_of(file.stem))
    later(numbered, minutes=1)
    send_what_is_due(adapter, certificate)

    assert standings() == [Standing.ACCEPTED]
    assert file.read_bytes() == content_of(db.session.query(InvoiceMessage).one())


def test_a_folder_that_cannot_be_written_is_told_like_a_silent_line(numbered, certificate, tmp_path):
    sell(numbered, "mật ong")
    (tmp_path / "invoices").write_text("a file where the folder should be")

    send_what_is_due(FolderProvider(tmp_path / "invoices"), certificate)

    assert is_silent()
    assert standings() == [Standing.PACKED]


def test_a_full_shift_with_a_dead_line_is_sent_once_each(numbered, provider, certificate):
    """Scenario F25, its half of the invoices: the service fails in every way, comes back, and nothing is sent twice."""
    for n, mood in enumerate(["error", "hang", "drop", "garbage", "error"]):
        provider.mood = mood
        for _ in range(10):
            sell(numbered, "mật ong")
        if n < 4:
            later(numbered, minutes=16)
        send_what_is_due(provider.adapter(), certificate)
    assert Standing.ACCEPTED not in standings()

    provider.mood = "accept"
    for _ in range(6):
        later(numbered, days=3)
        send_what_is_due(provider.adapter(), certificate)

    told = [content for message_id, content in provider.known.items()]
    codes = [code for content in told for code in content.decode().split("<MCCQT>")[1:]]
    assert standings() == [Standing.ACCEPTED] * 50
    assert len(codes) == len({code[:23] for code in codes}) == 50
    assert (acts().count("outage"), acts().count("back")) == (1, 1)
    assert verify_shop().clean
