"""The printer made of software: an independent reading of ESC/POS, and the faults it can play."""

from __future__ import annotations

import socket
import time

import pytest
from PIL import Image, ImageChops

from printers.escpos_commands import CommandReader, read_commands
from printers.escpos_writer import encode
from printers.raster import draw
from printers.virtual_mechanism import Fault, Mechanism
from printers.virtual_paper import Roll
from printers.virtual_printer import start_virtual_printer
from tests.printers.papers import PAPERS
from tests.shared_cases import shared, shared_json, vector

JOB = encode(draw(PAPERS["receipt"](32), 384), open_drawer=True)
JOBS = [
    "receipt-with-logo",
    "text-size",
    "qr-code",
    "bit-image",
    "character-encodings",
    "margins-and-spacing",
    "barcodes",
    "vi1_raster_576_noto22",
    "vi1_raster_576_dejavu20",
    "vi1_raster_384_noto16",
    "vi1_text_cp1258_combining",
    "vi1_text_cp1258_lost",
]


def print_out(data: bytes, dots: int = 576) -> tuple[Image.Image, list[str]]:
    roll = Roll(dots)
    for command in read_commands(data):
        roll.take(command)
    return roll.tear_off()


@pytest.mark.parametrize("job", JOBS)
def test_every_command_of_other_peoples_jobs_is_known(job: str) -> None:
    data = shared(f"cases/escpos/{job}.bin").read_bytes()

    commands = read_commands(data)

    assert [command for command in commands if "unknown" in command.name or command.name == "unfinished"] == []


@pytest.mark.parametrize("job", [job for job in JOBS if "raster" in job])
def test_vietnamese_raster_jobs_give_the_picture_they_were_made_from(job: str) -> None:
    data = shared(f"cases/escpos/{job}.bin").read_bytes()
    with Image.open(shared(f"cases/escpos/{job}.png")) as file:
        expected = file.convert("1")

    picture, _ = print_out(data, expected.width)

    assert ImageChops.logical_xor(picture.crop((0, 0, *expected.size)), expected).getbbox() is None


@pytest.mark.parametrize("job", ["receipt-with-logo", "bit-image"])
def test_pictures_of_other_peoples_jobs_have_their_size(job: str) -> None:
    case = next(case for case in shared_json("cases/escpos/expected.json")["cases"] if case["file"] == f"{job}.bin")
    data = shared(f"cases/escpos/{job}.bin").read_bytes()
    roll = Roll(576)
    sizes = []
    for command in read_commands(data):
        before = len(roll.strips)
        roll.take(command)
        if command.name in ("GS v", "GS ( L") and len(roll.strips) > before:
            scale = 1 + command.parameters[0] % 2 if command.name == "GS v" else 1
            high = 1 + command.parameters[0] // 2 if command.name == "GS v" else 1
            picture = roll.strips[-1][2]
            sizes.append([picture.width // scale, picture.height // high])

    assert sizes == case["raster_images"]


@pytest.mark.parametrize("job", ["receipt-with-logo", "text-size"])
def test_words_of_other_peoples_jobs_are_read_as_another_interpreter_reads_them(job: str) -> None:
    data = shared(f"cases/escpos/{job}.bin").read_bytes()
    other = shared(f"cases/escpos/{job}.netprinter.txt").read_text(encoding="utf-8")

    _, lines = print_out(data)

    assert "".join("".join(lines).split()) == "".join(other.split())


def test_our_own_vector_of_typed_text_is_read() -> None:
    case = next(case for case in vector("escpos_vi")["python_escpos_text"] if case["profile"] == "TM-T88V")

    names = {command.name for command in read_commands(bytes.fromhex(case["hex"]))}

    assert names == {"text", "ESC t"}


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_commands_are_the_same_however_the_bytes_arrive(size: int) -> None:
    reader = CommandReader()

    commands = [command for at in range(0, 4000, size) for command in reader.feed(JOB[:4000][at : at + size])]

    assert commands == [command for command in read_commands(JOB[:4000]) if command.name != "unfinished"]


def test_column_pictures_stand_upright() -> None:
    # One band of ESC *, 24 dots high: column 0 all ink, column 1 only its top dot.
    data = b"\x1b*\x21\x02\x00" + b"\xff\xff\xff" + b"\x80\x00\x00" + b"\n"

    picture, _ = print_out(data, 8)

    ink = {(x, y) for x in range(8) for y in range(24) if not picture.getpixel((x, y))}
    assert ink == {(0, y) for y in range(24)} | {(1, 0)}


def test_it_counts_cuts_and_pulses_and_keeps_the_papers() -> None:
    mechanism = Mechanism(384)

    mechanism.feed(JOB * 3)

    assert (mechanism.cuts, mechanism.pulses, len(mechanism.papers)) == (3, 3, 3)
    assert [paper.number for paper in mechanism.papers] == [1, 2, 3]


@pytest.mark.parametrize(
    ("fault", "answers"),
    [
        (None, "121212"),
        (Fault.PAPER_END, "1a327e"),
        (Fault.COVER_OPEN, "1a1612"),
        (Fault.OFFLINE, "1a1212"),
        (Fault.SILENT, ""),
    ],
)
def test_it_answers_status_questions_as_printers_do(fault: Fault | None, answers: str) -> None:
    mechanism = Mechanism()
    if fault:
        mechanism.fail(fault)

    said = b"".join(mechanism.feed(bytes((0x10, 4, question))) for question in (1, 2, 4))

    assert said.hex() == answers


def test_paper_that_ends_at_byte_k_stops_the_printing_there_and_goes_on_with_the_next_roll() -> None:
    mechanism = Mechanism(384)
    mechanism.fail(Fault.PAPER_END, after_bytes=len(JOB) // 2)
    mechanism.feed(JOB)
    hanging = mechanism.look()
    assert hanging is not None
    assert mechanism.cuts == 0
    assert hanging.height < draw(PAPERS["receipt"](32), 384).height

    mechanism.recover()

    assert mechanism.cuts == 1
    assert mechanism.papers[0].picture.height > hanging.height


def connected(port: int) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=5)
    line.settimeout(2)
    return line


def until(holds: object) -> None:
    for _ in range(500):
        if holds():  # type: ignore[operator]
            return
        time.sleep(0.01)
    pytest.fail("did not come true in 5 s")


def test_it_prints_what_comes_over_tcp_and_says_so() -> None:
    with start_virtual_printer(dots=384) as printer, connected(printer.port) as line:
        line.sendall(JOB + b"\x1dr\x01")

        assert line.recv(10) == b"\x00"
        assert printer.mechanism.cuts == 1


def test_it_breaks_the_line_at_byte_k() -> None:
    with start_virtual_printer(dots=384) as printer:
        printer.fail(Fault.DISCONNECT, after_bytes=5000)
        with connected(printer.port) as line:
            line.sendall(JOB)
            with pytest.raises((ConnectionError, AssertionError)):
                assert line.recv(10)

        assert printer.mechanism.received == 5000
        assert printer.mechanism.cuts == 0


def test_it_can_be_slow() -> None:
    with start_virtual_printer(dots=384, slow_pause_ms=50) as printer:
        printer.fail(Fault.SLOW)
        with connected(printer.port) as line:
            line.sendall(JOB)
            time.sleep(0.3)
            assert printer.mechanism.received <= 10

            printer.recover()

            until(lambda: printer.mechanism.cuts == 1)


def test_a_slow_printer_in_the_demo_takes_one_byte_a_second() -> None:
    with start_virtual_printer() as printer:
        assert printer.slow_pause_ms == 1000


def test_it_can_talk_garbage_the_same_at_each_run() -> None:
    answers = []
    for _ in range(2):
        mechanism = Mechanism(seed=5)
        mechanism.fail(Fault.GARBAGE)
        answers.append([mechanism.feed(b"\x10\x04\x01") for _ in range(5)])

    assert answers[0] == answers[1]
    assert set(answers[0]) != {b"\x12"}


def test_a_printer_switched_off_frees_its_port() -> None:
    printer = start_virtual_printer()
    port = printer.port

    printer.close()

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1)
