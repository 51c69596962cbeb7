"""Attached files (tệp đính kèm): photos and papers that belong to what was recorded.

Their bytes lie beside the database, under their fingerprint (core/file_store.py); the record that they belong to names
the fingerprint, so a file that was changed is found like a record that was changed. A form hands files to `check_file`,
which refuses what is too large or neither photo nor PDF; a verb keeps them and ties them to its record:

    files = [keep_file(one, by=staff) for one in read_files()]
    record = write_record(Kind.WRITE_OFF, {..., "files": files_body(files)}, by=staff)
    attach_files(record.seq, files)

What a draft holds before it is posted, a table of the draft names by a foreign key to `attached_files`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, delete, select, union
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from core.clock import now
from core.database import AppendOnly, Base, after_commit, db
from core.errors import RuleBroken
from core.file_store import FileFace, FileType, current_file_store
from core.i18n import N_
from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from core.photo import as_drawing, as_photo, is_picture
from core.staff import Staff
from core.text import clean

BIGGEST_FILE = 8 * 1024 * 1024
MOST_FILES = 6
_LONGEST_NAME = 120
UNUSED_FOR = timedelta(days=30)


class FileTooLarge(RuleBroken):
    message = N_("The file “%(name)s” has %(size)s MB; at most %(most)s MB. Take a smaller photo, or scan it smaller.")


class FileEmpty(RuleBroken):
    message = N_("The file “%(name)s” is empty. Choose it again.")


class FileNotKnown(RuleBroken):
    message = N_(
        "The file “%(name)s” is neither a photo (JPEG, PNG, WebP) nor a PDF. Take a photo and choose that file."
    )


class FileCutOff(RuleBroken):
    message = N_("The PDF “%(name)s” ends in the middle. Save it again and choose it once more.")


class TooManyFiles(RuleBroken):
    message = N_("At most %(most)s files go with one paper. Leave some out.")


class KeptFile(Base):
    """A file that the shop keeps; the row goes only when nothing names the file and it has waited for a month."""

    __tablename__ = "attached_files"
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", "whole_fingerprint"),
        CheckConstraint("type IN ('image/jpeg', 'image/png', 'application/pdf')", "known_type"),
        CheckConstraint("size > 0", "not_empty"),
    )

    sha256: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[FileType]
    size: Mapped[int]
    kept_at: Mapped[datetime]
    staff_code: Mapped[str]


class RecordFile(AppendOnly, Base):
    """The n-th file of a record, under the name that it came with."""

    __tablename__ = "record_files"

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(ForeignKey("attached_files.sha256"), index=True)
    name: Mapped[str]

    kept: Mapped[KeptFile] = relationship(viewonly=True, lazy="joined", innerjoin=True)


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A kept file under the name that it came with."""

    sha: str
    name: str
    type: FileType
    size: int


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that was looked through and may be kept: what comes from here on is ours."""

    data: bytes
    type: FileType
    name: str


def check_file(data: bytes, name: str, *, drawing: bool = False) -> CheckedFile:
    """Look a file through outside of any transaction: a photo is written anew, a PDF is not opened at all.

    `drawing`: a signature or sketch, kept without loss.
    """
    name = plain_name(name)
    if not data:
        raise FileEmpty(name=name)
    if len(data) > BIGGEST_FILE:
        raise FileTooLarge(name=name, size=-(-len(data) // 1_000_000), most=BIGGEST_FILE // 1_048_576)
    if is_picture(data):
        kind = FileType.PNG if drawing else FileType.JPEG
        return CheckedFile(as_drawing(data, name) if drawing else as_photo(data, name), kind, name)
    if not data.startswith(b"%PDF-"):
        raise FileNotKnown(name=name)
    if b"%%EOF" not in data[-2048:]:
        raise FileCutOff(name=name)
    return CheckedFile(data, FileType.PDF, name)


def plain_name(name: str) -> str:
    """The name of a file as people see it: no folders, nothing invisible, not endless."""
    bare = clean(name.replace("\\", "/").rpartition("/")[2], limit=len(name) + 1).lstrip(".")
    if len(bare) > _LONGEST_NAME:
        stem, dot, ending = bare.rpartition(".")
        bare = f"{(stem or ending)[: _LONGEST_NAME - 8]}…{dot}{ending[:6]}" if stem else bare[:_LONGEST_NAME]
    return bare or "—"


def keep_file(file: CheckedFile | bytes, *, name: str = "", by: Staff, drawing: bool = False) -> AttachedFile:
    """Keep a file, inside a transaction: its bytes are on the disk before its row is written."""
    checked = file if isinstance(file, CheckedFile) else check_file(file, name, drawing=drawing)
    face = current_file_store().put(checked.data, checked.type)
    if db.session.get(KeptFile, face.sha) is None:
        db.session.add(KeptFile(sha256=face.sha, type=face.type, size=face.size, kept_at=now(), staff_code=by.code))
        db.session.flush()
    return AttachedFile(face.sha, checked.name, face.type, face.size)


def kept_file(sha: str) -> KeptFile | None:
    """The file of a fingerprint, or None where the shop has none."""
    return db.session.get(KeptFile, sha)


def files_body(files: Iterable[AttachedFile]) -> list[dict[str, object]]:
    """Files as the body of a record names them, under `files`."""
    return [{"sha": one.sha, "name": one.name, "type": one.type.value, "size": one.size} for one in files]


def attach_files(record_seq: int, files: Sequence[AttachedFile]) -> None:
    """Tie files to the record whose body names them, inside its transaction."""
    if len(files) > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    for n, one in enumerate(files, start=1):
        db.session.add(RecordFile(record_seq=record_seq, n=n, sha256=one.sha, name=one.name))
    db.session.flush()


def files_of(record_seq: int) -> list[AttachedFile]:
    """The files of a record, in their order."""
    rows = db.session.scalars(select(RecordFile).where(RecordFile.record_seq == record_seq).order_by(RecordFile.n))
    return [AttachedFile(row.sha256, row.name, row.kept.type, row.kept.size) for row in rows]


def name_of_file(sha: str) -> str:
    """The name that a file last came with; empty while only a draft holds it."""
    newest = select(RecordFile.name).where(RecordFile.sha256 == sha).order_by(RecordFile.record_seq.desc()).limit(1)
    return db.session.scalar(newest) or ""


def all_faces(session: Session) -> list[FileFace]:
    """Every file that the books name, the newest first; also of a copy of the books."""
    rows = session.execute(_FACES).all()
    return [FileFace(row.sha256, FileType(row.type), row.size) for row in rows]


_KEPT: Any = KeptFile.__table__
_FACES = select(_KEPT.c.sha256, _KEPT.c.type, _KEPT.c.size).order_by(_KEPT.c.kept_at.desc(), _KEPT.c.sha256)


def forget_unused_files() -> int:
    """Forget files that nothing names and that came more than a month ago, in a transaction; then their bytes.

    A form that was refused leaves such a file, and a draft that was dropped. Gives how many rows went.
    """
    named = union(*(select(column) for column in _naming_columns()))
    unused = delete(KeptFile).where(KeptFile.kept_at < now() - UNUSED_FOR, KeptFile.sha256.not_in(named))
    gone = db.session.execute(unused.execution_options(synchronize_session=False))
    kept, store, oldest = set(db.session.scalars(select(KeptFile.sha256))), current_file_store(), now() - UNUSED_FOR

    def sweep() -> None:
        store.sweep(kept, older_than=oldest.timestamp())

    after_commit(sweep)
    return int(getattr(gone, "rowcount", 0))


def _naming_columns() -> Iterator[Any]:
    """Every column by which a record or a draft names a file."""
    for table in Base.metadata.sorted_tables:
        for column in table.c:
            if any(key.column is _KEPT.c.sha256 for key in column.foreign_keys):
                yield column


# the journal's word on it

WITH_FILES = (
    Kind.GOODS_IN,
    Kind.CONSIGN_IN,
    Kind.CONSIGN_OUT,
    Kind.HOLD,
    Kind.WRITE_OFF,
    Kind.TRANSFER,
    Kind.AGREEMENT,
    Kind.MARKDOWN_CONSENT,
    Kind.CLAIM,
)
"""Kinds of records whose body may name files. Their own replay tells the rest of them."""

FILES = Replay()
_ROWS: Any = RecordFile.__table__
FILES.mirror(
    Mirror(
        "record_files",
        select(
            _ROWS.c.n, _ROWS.c.sha256.label("sha"), _ROWS.c.name, _KEPT.c.type, _KEPT.c.size, _ROWS.c.record_seq
        ).join(_KEPT, _KEPT.c.sha256 == _ROWS.c.sha256),
        key=("record_seq", "n"),
    )
)


@FILES.kind(*WITH_FILES)
def _files(record: Replayed) -> Iterator[Told]:
    for n, file in enumerate(record.body.get("files", ()), start=1):
        yield "record_files", {"n": n, **{name: file[name] for name in ("sha", "name", "type", "size")}}
