"""Files in pages: what a form may bring, how large a request may be, and how a file is served."""

from __future__ import annotations

import io
import uuid

import pytest
from flask import Response, redirect
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from core.attached_file import attach_files, files_body, keep_file
from core.database import transaction
from core.journal.chain import write_record
from core.journal.record import Kind
from core.staff import Role, hire
from core.web import attached_files
from core.web.access import for_role, person_here
from core.web.attached_files import read_files, takes_files
from core.web.once import once
from pos.server import MOST_BODY
from tests.factories import PIN, Shop, records
from tests.pos.test_attached_file import PDF, attach, photo, spoil
from tests.pos.web.conftest import Screen


@pytest.fixture
def manager(shop: Shop) -> Screen:
    """A manager at a shop with one page that takes files, in parts small enough to be tried quickly."""

    @for_role(Role.MANAGER)
    @takes_files
    @once
    def papers() -> Response:
        files = [keep_file(one, by=person_here()) for one in read_files()]
        record = write_record(Kind.WRITE_OFF, {"files": files_body(files)}, by=person_here())
        attach_files(record.seq, files)
        return redirect("/files/" + files[0].sha, 303)

    shop.app.add_url_rule("/papers", "papers", papers, methods=["POST"])
    return Screen(shop, Role.MANAGER)


def hire_auditor(shop: Shop) -> None:
    with transaction():
        hire(name="Ánh", role=Role.AUDITOR, pin=PIN, by=shop.owner)


def send(screen: Screen, *files: tuple[bytes, str], key: str = "") -> Response:
    fields = {"key": key or str(uuid.uuid4()), "files": [FileStorage(io.BytesIO(data), name) for data, name in files]}
    boundary, body = encode_multipart(fields)
    return screen.send("POST", "/papers", data=body, content_type=f"multipart/form-data; boundary={boundary}")


def test_a_photo_is_kept_and_shown(manager: Screen) -> None:
    sent = send(manager, (photo(), "hũ vỡ.jpg"))

    shown = manager.get(sent.location)

    assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert "inline" in shown.headers["Content-Disposition"]


def test_a_pdf_is_downloaded_and_never_opened_among_our_pages(manager: Screen) -> None:
    sent = send(manager, (PDF, "biên bản.pdf"))

    shown = manager.get(sent.location)

    assert (shown.mimetype, shown.data) == ("application/pdf", PDF)
    assert shown.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "bi%C3%AAn%20b%E1%BA%A3n.pdf" in shown.headers["Content-Disposition"]


def test_pressed_twice_a_form_with_files_is_answered_once(manager: Screen) -> None:
    key = str(uuid.uuid4())
    first = send(manager, (photo(), "a.jpg"), key=key)

    again = send(manager, (photo(), "a.jpg"), key=key)
    other = send(manager, (photo(colour="red"), "a.jpg"), key=key)

    assert again.location == first.location
    assert other.status_code == 409
    assert len(records(Kind.WRITE_OFF)) == 1


@pytest.mark.parametrize(
    ("files", "status", "said"),
    [
        ([(b"MZ program", "ảnh.jpg")], 422, "không phải ảnh"),
        ([(b"", "ảnh.jpg")], 422, "trống"),
        ([(PDF + bytes(8 * 1024 * 1024), "lớn.pdf")], 422, "tối đa 8 MB"),
        ([(photo(), f"{n}.jpg") for n in range(7)], 422, "tối đa 6"),
        ([(bytes(7_900_000), "a.pdf"), (bytes(7_900_000), "b.pdf")], 413, ""),
    ],
    ids=["type", "empty", "too large", "too many", "too large together"],
)
def test_what_is_refused_leaves_no_record(
    manager: Screen, files: list[tuple[bytes, str]], status: int, said: str
) -> None:
    answer = send(manager, *files)

    assert answer.status_code == status
    assert said in answer.get_data(as_text=True)
    assert records(Kind.WRITE_OFF) == []


class Unread(io.BytesIO):
    """Says whether anything was read of it."""

    was_read = False

    def read(self, *size: int) -> bytes:
        type(self).was_read = True
        return super().read(*size)


@pytest.mark.parametrize("role", [Role.CLERK, Role.AUDITOR])
def test_who_may_not_send_files_has_no_room_for_them(manager: Screen, shop: Shop, role: Role) -> None:
    """The announced length is refused before a byte is read."""
    hire_auditor(shop)
    screen, body = Screen(shop, role), Unread(bytes(3_000_000))

    answer = screen.send(
        "POST", "/papers", input_stream=body, content_length=3_000_000, content_type="multipart/form-data; boundary=x"
    )

    assert answer.status_code in {403, 413}
    assert not Unread.was_read


def test_a_file_that_nobody_brought_is_not_there(manager: Screen) -> None:
    assert manager.get("/files/" + "0" * 64).status_code == 404
    assert manager.get("/files/..%2f..%2fterminal.key").status_code == 404


def test_an_altered_file_is_not_shown(manager: Screen, shop: Shop) -> None:
    sent = send(manager, (photo(), "a.jpg"))
    spoil(next(shop.folder.files.glob("??/*.jpg")))

    assert manager.get(sent.location).status_code == 404


@pytest.mark.parametrize(("role", "status"), [(Role.CLERK, 403), (Role.AUDITOR, 200), (Role.OWNER, 200)])
def test_who_sees_a_file(shop: Shop, role: Role, status: int) -> None:
    attach(shop, photo())
    sha = next(shop.folder.files.glob("??/*.jpg")).stem

    hire_auditor(shop)
    assert Screen(shop, role).get(f"/files/{sha}").status_code == status


def test_an_upload_stays_below_what_the_server_reads_at_all() -> None:
    assert attached_files.BIGGEST_UPLOAD < MOST_BODY
