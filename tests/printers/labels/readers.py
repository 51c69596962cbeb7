"""Printed symbols and label jobs read back: by two decoders each, and by readers of the printers' languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

import zxingcpp
from PIL import Image
from pylibdmtx import pylibdmtx
from pyzbar import pyzbar

from printers.escpos_commands import read_commands
from printers.virtual_paper import Roll, picture_of


def by_zxing(picture: Image.Image) -> set[str]:
    """What zxing-cpp reads on a picture; separators of GS1 are dropped, as keyboards do."""
    found = zxingcpp.read_barcodes(picture.convert("L"), text_mode=zxingcpp.TextMode.Plain)
    return {one.text.replace("\x1d", "") for one in found}


def by_zbar(picture: Image.Image) -> set[str]:
    """What zbar reads: bars and QR codes, no DataMatrix."""
    return {one.data.decode() for one in pyzbar.decode(picture.convert("L"))}


def by_dmtx(picture: Image.Image) -> set[str]:
    """What libdmtx reads: DataMatrix only. The first character is FNC1, which it gives as a separator."""
    found = pylibdmtx.decode(picture.convert("RGB"), timeout=4000, max_count=1)
    return {one.data.decode("latin-1").lstrip("\x1d\xe8").replace("\x1d", "") for one in found}


@dataclass(frozen=True)
class Printed:
    """A label that came out, and how often."""

    picture: Image.Image
    copies: int


def from_tspl(job: bytes) -> list[Printed]:
    """Labels of a TSPL job: a bit of 0 is ink. Anything that is no known order fails."""
    printed, at, picture = [], 0, None
    while at < len(job):
        if job.startswith(b"BITMAP ", at):
            head = re.compile(rb"BITMAP 0,0,(\d+),(\d+),0,").match(job, at)
            assert head
            wide, high = int(head[1]), int(head[2])
            data = job[head.end() : head.end() + wide * high]
            picture = Image.frombytes("1", (wide * 8, high), data)
            at = head.end() + wide * high
            assert job.startswith(b"\r\n", at)
            continue
        end = job.index(b"\r\n", at)
        line = job[at:end].decode("ascii")
        at = end + 2
        if line.startswith("PRINT "):
            assert picture is not None
            printed.append(Printed(picture, int(line.split(",")[1])))
        else:
            known = r"|SIZE [\d.]+ mm,[\d.]+ mm|GAP [\d.]+ mm,0 mm|DIRECTION 0|REFERENCE 0,0|CLS"
            assert re.fullmatch(known, line), line
    return printed


def from_zpl(job: bytes) -> list[Printed]:
    """Labels of a ZPL job: a bit of 1 is ink."""
    form = rb"\^XA\^MNY\^PW(\d+)\^LL(\d+)\^LH0,0\^FO0,0\^GFA,(\d+),(\d+),(\d+),([0-9A-F]*)\^FS\^PQ(\d+)\^XZ\n"
    printed, at = [], 0
    while at < len(job):
        found = re.compile(form).match(job, at)
        assert found, job[at : at + 60]
        data, wide = bytes.fromhex(found[6].decode()), int(found[5])
        assert len(data) == int(found[3]) == int(found[4])
        assert (wide * 8, len(data) // wide) == (int(found[1]), int(found[2]))
        printed.append(Printed(picture_of(data, wide, len(data) // wide), int(found[7])))
        at = found.end()
    return printed


def from_epl(job: bytes) -> list[Printed]:
    """Labels of an EPL2 job: a bit of 0 is ink."""
    printed, at = [], 0
    while at < len(job):
        head = re.compile(rb"\nN\nq(\d+)\nQ(\d+),(\d+)\nGW0,0,(\d+),(\d+),").match(job, at)
        assert head, job[at : at + 60]
        wide, high = int(head[4]), int(head[5])
        data = job[head.end() : head.end() + wide * high]
        tail = re.compile(rb"\nP(\d+)\n").match(job, head.end() + wide * high)
        assert tail
        printed.append(Printed(Image.frombytes("1", (wide * 8, high), data), int(tail[1])))
        at = tail.end()
    return printed


def from_escpos(job: bytes, dots: int) -> Image.Image:
    """The strip of an ESC/POS job."""
    roll = Roll(dots)
    for command in read_commands(job):
        roll.take(command)
    return roll.look()
