"""Pictures made to harm: each costs one coded answer, no crash and no memory kept."""

import io
import os
import signal
import struct
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image

from darbaza.demo.specimens import SPECIMENS
from darbaza.persons.mrz import reading

pytest.importorskip("tesserocr")
pytestmark = pytest.mark.slow

MOST_MEGABYTES = 900
JPEG_SIZE = b"\xff\xc0\x00\x11\x08"  # then height and width, two bytes each


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    data = io.BytesIO()
    image.save(data, form, **options)
    return data.getvalue()


def png_header(width: int, height: int) -> bytes:
    """Return the head of a PNG whose pixels never come."""
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\x00\x00\x00\x00IDAT"


def jpeg_that_claims(width: int, height: int) -> bytes:
    data = saved(Image.new("RGB", (64, 64)), "JPEG")
    at = data.index(JPEG_SIZE) + len(JPEG_SIZE)
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def many_pages(count: int, form: str) -> bytes:
    first = Image.open(SPECIMENS[0].path).convert("RGB")
    rest = [Image.new("RGB", (70, 70))] * (count - 1)
    return saved(first, form, save_all=True, append_images=rest)


def growing_page() -> bytes:
    """Return a PDF whose only page is 200 inches wide and long, as far as PDF goes."""
    return saved(Image.new("L", (300, 300), 255), "PDF", resolution=1.5)


HOSTILE = {
    "nothing": (b"", "not_an_image"),
    "null bytes": (b"\x00" * 100_000, "not_an_image"),
    "text called jpg": (b"These are words.\n" * 500, "not_an_image"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_an_image"),
    "script in a pdf": (b"%PDF-1.7\n<script>", "not_an_image"),
    "only a jpeg's head": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "not_an_image"),
    "torn jpeg": (SPECIMENS[0].path.read_bytes()[:20_000], "not_an_image"),
    "moving gif": (many_pages(3, "GIF"), "not_an_image"),
    "200 megapixels": (png_header(20_000, 10_000), "too_many_pixels"),
    "a jpeg without end": (jpeg_that_claims(65_000, 65_000), "too_many_pixels"),
    "pixels that never come": (png_header(2_000, 2_000), "not_an_image"),
    "white as far as allowed": (
        saved(Image.new("1", (7_700, 7_700), 1), "PNG"),
        "no_zone",
    ),
    "a page of 200 inches": (growing_page(), "no_zone"),
    "one line of pixels": (png_header(60_000, 1), "too_small"),
}


@pytest.fixture(scope="module")
def reader():
    # The limit of 5 s is for people who wait, not for a machine that runs all tests.
    patient = reading.Reader(limit_seconds=60)
    assert patient.warm() == ""
    yield patient
    patient.close()


@pytest.mark.parametrize("name", HOSTILE)
def test_each_has_its_code_and_the_worker_lives_on(reader, name):
    data, code = HOSTILE[name]
    worker = reader._process.pid

    found = reader.read(data)

    assert (found.error, found.crop_png) == (code, b"")
    assert reader._process.pid == worker


@pytest.mark.parametrize("form", ["PDF", "TIFF"])
def test_of_five_hundred_pages_only_the_first_is_looked_at(reader, form):
    assert reader.read(many_pages(500, form)).document.lines == SPECIMENS[0].lines


def test_unusual_colours_are_read(reader):
    page = Image.open(SPECIMENS[0].path)
    wide = page.convert("L").point(lambda level: level * 257, "I").convert("I;16")

    for data in (
        saved(page.convert("CMYK"), "JPEG"),
        saved(wide, "PNG"),
        saved(page.convert("LA"), "PNG"),
    ):
        assert reader.read(data).document.lines == SPECIMENS[0].lines


def megabytes(pid: int | str, line: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    (value,) = (row.split()[1] for row in status.splitlines() if row.startswith(line))
    return int(value) / 1024


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told by /proc")
def test_a_hundred_bad_files_leave_no_memory_behind(reader):
    bad = [data for data, _ in HOSTILE.values()]
    bad.append(saved(Image.new("RGBA", (7_700, 7_700)), "PNG"))
    bad.append(os.urandom(reading.MOST_BYTES))
    for data in bad:
        reader.read(data)
    before = {pid: megabytes(pid, "VmRSS") for pid in ("self", reader._process.pid)}

    for turn in range(100):
        reader.read(bad[turn % len(bad)])

    assert megabytes(reader._process.pid, "VmHWM") < MOST_MEGABYTES
    for pid, start in before.items():
        assert megabytes(pid, "VmRSS") < start + 40


def test_a_worker_killed_while_it_reads_costs_one_answer(reader):
    reader.warm()
    os.kill(reader._process.pid, signal.SIGKILL)
    reader._process.wait()

    for data, code in (HOSTILE["svg"], HOSTILE["torn jpeg"]):
        assert reader.read(data).error == code
