"""Images in, documents out: the worker process, its limits, and the drawn specimens."""

import io
import os
import signal
from collections.abc import Iterator
from threading import Thread

import pytest
from PIL import Image

from darbaza.demo.specimens import SPECIMENS
from darbaza.persons.mrz import frames, reading
from darbaza.persons.mrz.types import Trust

pytest.importorskip("tesserocr")

# The limit of 5 s is for people who wait, not for a machine that runs all tests.
PATIENT = reading.Reader(limit_seconds=60)


def _saved(image: Image.Image, form: str, **options: object) -> bytes:
    data = io.BytesIO()
    image.save(data, form, **options)
    return data.getvalue()


@pytest.fixture(scope="module")
def page() -> Iterator[Image.Image]:
    yield Image.open(SPECIMENS[0].path).convert("RGB")
    PATIENT.close()


@pytest.mark.slow
@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda specimen: specimen.key)
def test_every_specimen_is_read_as_it_was_drawn(specimen):
    found = PATIENT.read(specimen.path.read_bytes())

    assert found.error == ""
    assert found.document.lines == specimen.lines
    assert found.document.trust is Trust.SURE
    crop = Image.open(io.BytesIO(found.crop_png))
    assert crop.width > 3 * crop.height
    assert found.seconds > 0


@pytest.mark.slow
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read(page, turn):
    found = PATIENT.read(_saved(page.rotate(turn, expand=True), "JPEG"))

    assert found.document.lines == SPECIMENS[0].lines


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ("PNG", "RGB"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "L"),
        ("WEBP", "RGB"),
        ("TIFF", "L"),
        ("PDF", "RGB"),
    ],
)
def test_every_kind_of_file_is_read(page, form, mode):
    found = PATIENT.read(_saved(page.convert(mode), form))

    assert found.document.lines == SPECIMENS[0].lines


@pytest.mark.slow
def test_a_phones_note_on_turning_is_obeyed(page):
    exif = Image.Exif()
    exif[0x0112] = 6

    found = PATIENT.read(_saved(page.rotate(90, expand=True), "JPEG", exif=exif))

    assert found.document.lines == SPECIMENS[0].lines


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", "not_an_image"),
        (b"hello", "not_an_image"),
        (b"%PDF-1.7 and nothing else", "not_an_image"),
        (b"GIF89a" + b"\x00" * 100, "not_an_image"),
        (b"x" * (reading.MOST_BYTES + 1), "too_many_bytes"),
        (_saved(Image.new("1", (20_000, 20_000)), "PNG"), "too_many_pixels"),
        (_saved(Image.new("L", (400, 20)), "PNG"), "too_small"),
        (_saved(Image.new("L", (900, 700), 255), "PNG"), "no_zone"),
    ],
)
def test_what_cannot_be_read_has_a_code(data, error):
    found = PATIENT.read(data)

    assert (found.error, found.document.trust) == (error, Trust.NONE)
    assert found.crop_png == b""


@pytest.mark.slow
def test_a_torn_picture_costs_one_answer_and_no_more(page):
    data = SPECIMENS[0].path.read_bytes()

    assert PATIENT.read(data[: len(data) // 3]).error in {"not_an_image", "no_zone"}
    assert PATIENT.read(data).document.lines == SPECIMENS[0].lines


@pytest.mark.slow
def test_a_killed_worker_is_started_again():
    reader = reading.Reader(limit_seconds=60)
    data = SPECIMENS[0].path.read_bytes()
    try:
        assert reader.read(data).error == ""
        os.kill(reader._process.pid, signal.SIGKILL)
        reader._process.wait()

        assert reader.read(data).document.lines == SPECIMENS[0].lines
    finally:
        reader.close()


@pytest.mark.slow
def test_a_worker_that_hangs_is_killed_at_the_limit():
    reader = reading.Reader(limit_seconds=0.2)
    data = SPECIMENS[0].path.read_bytes()
    try:
        assert reader.warm() == ""
        os.kill(reader._process.pid, signal.SIGSTOP)

        assert reader.read(data).error == "timeout"
        assert reader._process is None
    finally:
        reader.close()


@pytest.mark.slow
def test_who_does_not_fit_into_the_queue_is_sent_away_at_once():
    reader = reading.Reader(limit_seconds=60, queue=1)
    data = SPECIMENS[0].path.read_bytes()
    answers = []
    try:
        assert reader.warm() == ""
        os.kill(reader._process.pid, signal.SIGSTOP)
        first = Thread(target=lambda: answers.append(reader.read(data)))
        first.start()
        while reader._places._value:
            first.join(0.01)

        assert reader.read(data).error == "busy"
        os.kill(reader._process.pid, signal.SIGCONT)
        first.join()
        assert answers[0].error == ""
    finally:
        reader.close()


@pytest.mark.slow
def test_without_the_engines_the_answer_says_so(monkeypatch, tmp_path):
    (tmp_path / "tesserocr.py").write_text("raise ImportError\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    reader = reading.Reader()

    assert reader.read(SPECIMENS[0].path.read_bytes()).error == "engine_missing"
    assert reader.warm() == "engine_missing"


def test_a_message_cut_off_is_noticed():
    ours, theirs = reading.socket.socketpair()
    with ours, theirs:
        frames.send(ours, b"whole")
        ours.sendall(b"\x00\x00\x00\x09part")
        ours.close()

        assert frames.receive(theirs) == b"whole"
        with pytest.raises(EOFError):
            frames.receive(theirs)
