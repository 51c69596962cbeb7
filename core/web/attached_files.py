"""Attached files in pages: a form brings them, a page shows them.

    @bp.post("/write-offs")
    @for_role(Role.MANAGER)
    @takes_files
    @once
    def post() -> Response:
        files = [keep_file(one, by=person_here()) for one in read_files()]

In the template: `{% call ui.file_form(url) %}{{ ui.file_field() }}{% endcall %}`, and to show them
`{% include "attached_files/_files.html" %}` with `files`.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from flask import Blueprint, Flask, current_app, g, request, send_file
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.attached_file import (
    BIGGEST_FILE,
    MOST_FILES,
    CheckedFile,
    FileTooLarge,
    TooManyFiles,
    check_file,
    kept_file,
    name_of_file,
    plain_name,
)
from core.file_store import FileFace, current_file_store
from core.staff import Role
from core.web.access import for_role, may

View = TypeVar("View", bound=Callable[..., object])
FIELD = "files"
BIGGEST_UPLOAD = 15 * 1024 * 1024
"""All of a request: several photos of a phone, and less than the server throws away unread."""

bp = Blueprint("attached_files", __name__, url_prefix="/files", template_folder="templates")


def takes_files(view: View) -> Callable[..., object]:
    """A form with files: they are looked through before the view's transaction begins, so that no till waits for it."""

    @wraps(view)
    def look_through_first(**address: object) -> object:
        given = checked_files(request.files)
        for one in given:
            current_file_store().put(one.data, one.type)
        g.checked_files = given
        return view(**address)

    look_through_first.takes_files = True
    return look_through_first


def read_files(files: MultiDict[str, FileStorage] | None = None) -> list[CheckedFile]:
    """The files of the form, looked through; `files` only where the view is not marked with `takes_files`."""
    return checked_files(files) if files is not None else list(g.get("checked_files", ()))


def checked_files(files: MultiDict[str, FileStorage]) -> list[CheckedFile]:
    """Each file that was chosen, looked through. A field left empty sends a file without name and content."""
    chosen = [one for one in files.getlist(FIELD) if one.filename]
    if len(chosen) > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    return [check_file(_bytes_of(one), one.filename or "") for one in chosen]


def _bytes_of(file: FileStorage) -> bytes:
    data = file.stream.read(BIGGEST_FILE + 1)
    file.stream.seek(0, 2)
    size = file.stream.tell()
    file.stream.seek(0)  # the form's fingerprint is taken of it as well
    if size > BIGGEST_FILE:
        name = plain_name(file.filename or "")
        raise FileTooLarge(name=name, size=-(-size // 1_000_000), most=BIGGEST_FILE // 1_048_576)
    return data


def make_room_for_files() -> None:
    """Let a form with files be larger than others; asked before anything of the request is read.

    Only for who may send it: a stranger's large request is refused by its announced length, unread.
    """
    endpoint = request.endpoint
    if endpoint is None or request.method != "POST":
        return
    if getattr(current_app.view_functions[endpoint], "takes_files", False) and may(endpoint):
        request.max_content_length = BIGGEST_UPLOAD


@bp.get("/<sha>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(sha: str) -> Response:
    """One file: a picture is shown, a PDF is downloaded and never opened among our own pages."""
    kept = kept_file(sha)
    if kept is None:
        raise NotFound
    data = current_file_store().read(FileFace(kept.sha256, kept.type, kept.size))
    if data is None:  # gone or altered: `shop verify` says so, and nobody is shown something else in its place
        raise NotFound
    answer = send_file(
        io.BytesIO(data),
        mimetype=kept.type.value,
        as_attachment=not kept.type.is_picture,
        download_name=name_of_file(sha) or f"{sha[:12]}.{kept.type.ending}",
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def install_attached_files(app: Flask) -> None:
    """Give an app the page of a file, and have what a request laid aside on the disk go when it is answered."""
    app.register_blueprint(bp)
    app.teardown_request(_close_files)


def _close_files(error: BaseException | None) -> None:
    for file in request.__dict__.get("files", MultiDict()).values():
        file.close()
