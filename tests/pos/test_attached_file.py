"""Photos and papers: looked through, written anew, kept under their fingerprint, tied to a record, missed when gone."""

from __future__ import annotations

import io
import os
import struct
import time
import zlib
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from core.attached_file import (
    BIGGEST_FILE,
    FileCutOff,
    FileEmpty,
    FileNotKnown,
    FileTooLarge,
    KeptFile,
    RecordFile,
    TooManyFiles,
    attach_files,
    check_file,
    files_body,
    files_of,
    forget_unused_files,
    keep_file,
    plain_name,
)
from core.database import db, transaction
from core.file_store import FileFace, FileStore, FileType, Standing, current_file_store
from core.journal.chain import write_record
from core.journal.record import Kind
from core.photo import PictureBroken, PictureTooLarge
from pos.replay import verify_shop
from tests.factories import Shop

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def photo(
    size: tuple[int, int] = (60, 40), kind: str = "JPEG", mode: str = "RGB", colour: object = "green", **more: object
) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size, colour).save(target, kind, **more)
    return target.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it unfolds to gigabytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(9))) + chunk(b"IEND", b"")


def attach(shop: Shop, *files: bytes) -> int:
    """A record that names files."""
    with transaction():
        kept = [keep_file(one, name=f"ảnh {n}.jpg", by=shop.manager) for n, one in enumerate(files)]
        record = write_record(Kind.CLAIM, {"files": files_body(kept)}, by=shop.manager)
        attach_files(record.seq, kept)
        return record.seq


# what is let in


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (photo(), FileType.JPEG),
        (photo(kind="PNG", mode="RGBA"), FileType.JPEG),
        (photo(kind="PNG", mode="P", colour=3), FileType.JPEG),
        (photo(kind="PNG", mode="I;16", colour=3), FileType.JPEG),
        (photo(kind="PNG", mode="1", colour=1), FileType.JPEG),
        (photo(kind="JPEG", mode="CMYK"), FileType.JPEG),
        (photo(kind="JPEG", mode="L", colour=9), FileType.JPEG),
        (photo(kind="WEBP"), FileType.JPEG),
        (PDF, FileType.PDF),
    ],
)
def test_photos_and_papers_are_known_by_their_content(data: bytes, kind: FileType) -> None:
    assert check_file(data, "a.exe").type is kind


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"", FileEmpty),
        (b"MZ\x90\x00 program", FileNotKnown),
        (b"<html><script>alert(1)</script>", FileNotKnown),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", FileNotKnown),
        (b"GIF89a" + bytes(20), FileNotKnown),
        (b" %PDF-1.7 %%EOF", FileNotKnown),
        (PDF[:-6], FileCutOff),
        (photo()[:200], PictureBroken),
        (photo(kind="PNG")[:60], PictureBroken),
        (b"\xff\xd8\xff" + bytes(100), PictureBroken),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(40), PictureBroken),
        (bomb(65_000, 65_000), PictureTooLarge),
        (bomb(0, 1), PictureBroken),
        (bytes(BIGGEST_FILE + 1), FileTooLarge),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_everything_else_is_refused_with_a_sentence(data: bytes, trouble: type[Exception]) -> None:
    with pytest.raises(trouble, match="xấu"):
        check_file(data, "xấu.jpg")


def test_a_bomb_is_refused_before_it_unfolds() -> None:
    began = time.monotonic()

    with pytest.raises(PictureTooLarge):
        check_file(bomb(100_000, 100_000), "a.png")

    assert time.monotonic() - began < 1


def test_a_photo_keeps_nothing_of_what_the_camera_added() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretPhone"
    exif.get_ifd(0x8825)[2] = (15.0, 7.0, 12.0)
    given = photo((400, 200), exif=exif, comment=b"at home")

    kept = check_file(given, "a.jpg").data

    with Image.open(io.BytesIO(kept)) as image:
        assert (image.size, dict(image.getexif()), image.info.keys() & {"exif", "comment", "icc_profile"}) == (
            (400, 200),
            {},
            set(),
        )
    assert b"SecretPhone" not in kept
    assert b"at home" not in kept


def test_a_photo_is_turned_upright_and_made_smaller() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held sideways

    kept = check_file(photo((3_000, 1_500), exif=exif), "a.jpg").data

    with Image.open(io.BytesIO(kept)) as image:
        assert image.size == (1_000, 2_000)


def test_what_is_transparent_becomes_white() -> None:
    kept = check_file(photo(kind="PNG", mode="RGBA", colour=(0, 0, 0, 0)), "a.png").data

    with Image.open(io.BytesIO(kept)) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)


def test_a_drawing_stays_a_png() -> None:
    kept = check_file(photo(kind="PNG", mode="RGBA", colour=(0, 0, 0, 0)), "chữ ký.png", drawing=True)

    assert (kept.type, kept.data[:4]) == (FileType.PNG, b"\x89PNG")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("ảnh.jpg", "ảnh.jpg"),
        ("../../etc/passwd", "passwd"),
        ("D:\\ảnh\\a.jpg", "a.jpg"),
        (".htaccess", "htaccess"),
        ("a\u202egpj.exe\x00", "agpj.exe"),
        ("a\r\nSet-Cookie: x", "a Set-Cookie: x"),
        ("", "—"),
        ("/", "—"),
        ("a\u0309nh.jpg", "ảnh.jpg"),
    ],
)
def test_the_name_is_only_shown(given: str, kept: str) -> None:
    assert plain_name(given) == kept


def test_an_endless_name_keeps_its_ending() -> None:
    assert len(plain_name("a" * 2_000 + ".jpg")) <= 120
    assert plain_name("a" * 2_000 + ".jpg").endswith("….jpg")


# what is kept


def test_the_bytes_are_there_before_the_row(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(os, "fsync", lambda handle: seen.append(db.session.scalar(select(KeptFile.sha256))))

    attach(shop, PDF)

    assert seen[:2] == [None, None]
    assert db.session.scalar(select(KeptFile.sha256)) is not None


def test_a_record_names_its_files_and_gives_them_back(shop: Shop) -> None:
    seq = attach(shop, photo(), PDF)

    found = files_of(seq)

    assert [(one.name, one.type) for one in found] == [("ảnh 0.jpg", FileType.JPEG), ("ảnh 1.jpg", FileType.PDF)]
    assert current_file_store().path_of(FileFace(found[1].sha, found[1].type, found[1].size)).read_bytes() == PDF


def test_the_same_photo_twice_is_one_file(shop: Shop) -> None:
    attach(shop, photo())
    attach(shop, photo())

    assert len(list(shop.folder.files.glob("??/*"))) == 1
    assert len(db.session.scalars(select(RecordFile)).all()) == 2


def test_only_this_user_can_read_a_file(shop: Shop) -> None:
    attach(shop, PDF)

    (path,) = shop.folder.files.glob("??/*")
    assert [one.stat().st_mode & 0o077 for one in (path, path.parent, shop.folder.files)] == [0, 0, 0]


def test_more_than_six_are_refused(shop: Shop) -> None:
    with pytest.raises(TooManyFiles, match="6"):
        attach(shop, *(photo(colour=(n, 0, 0)) for n in range(7)))


def test_what_nothing_names_goes_after_a_month(shop: Shop) -> None:
    attach(shop, photo())
    with transaction():
        keep_file(PDF, name="bỏ.pdf", by=shop.manager)
    (shop.folder.files / "ab").mkdir(exist_ok=True)
    (shop.folder.files / "ab" / "notes.txt").write_text("somebody else's")
    for path in shop.folder.files.glob("??/*"):
        os.utime(path, (0, 0))

    with transaction():
        assert forget_unused_files() == 0
    shop.clock.move(timedelta(days=31))
    with transaction():
        assert forget_unused_files() == 1

    assert sorted(path.suffix for path in shop.folder.files.glob("??/*")) == [".jpg", ".txt"]


# what is found wrong


def spoil(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


@pytest.mark.parametrize(
    ("harm", "standing"), [(Path.unlink, Standing.MISSING), (spoil, Standing.ALTERED)], ids=["missing", "altered"]
)
def test_verify_says_when_a_file_is_not_what_it_was(shop: Shop, harm: object, standing: Standing) -> None:
    attach(shop, photo())
    assert verify_shop().clean
    (path,) = shop.folder.files.glob("??/*")

    harm(path)

    verdict = verify_shop()
    assert not verdict.clean
    assert verdict.books_are_clean
    assert [(path.name, standing)] == [(Path(face.path).name, how) for face, how in verdict.files]


def test_bringing_the_same_file_again_mends_it(shop: Shop) -> None:
    attach(shop, PDF)
    (path,) = shop.folder.files.glob("??/*")
    spoil(path)

    attach(shop, PDF)

    assert verify_shop().clean


def test_a_name_changed_in_the_table_is_found(shop: Shop) -> None:
    attach(shop, PDF)
    with transaction() as session:
        session.execute(KeptFile.__table__.update().values(size=5))

    assert [difference.column for difference in verify_shop(files=False).differences] == ["size"]


def test_a_store_without_a_folder_is_empty(tmp_path: Path) -> None:
    assert FileStore(tmp_path / "none").sweep(set(), older_than=time.time()) == 0
