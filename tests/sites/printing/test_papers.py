"""From PDF to dots, and back from what was sent: pixel for pixel the same."""

from io import BytesIO

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from zebrafy.zebrafy_zpl import ZebrafyZPL

from darbaza.pages import papers
from darbaza.sites import policies
from darbaza.sites.printing import escpos, raster, zpl
from darbaza.sites.printing.faults import NotPrintedError
from darbaza.sites.types import Fault
from tests.sites.printing import standin

DATA = {
    "language": "ky", "size": "80mm", "institution": "№ 27 мекеме", "title": "Сынак",
    "printer": "Принтер", "printed": "23.11.2026", "letters": "Ң Ө Ү ң ө ү Щ Ы Ё",
    "qr": papers.qr("DZTEST:1"), "ruler": "7 см", "foot": "",
}  # fmt: skip


def sheet(**changes: str) -> bytes:
    return papers.pdf("sites", "test", {**DATA, **changes})


def same(first: Image.Image, second: Image.Image) -> bool:
    differ = ImageChops.difference(first.convert("L"), second.convert("L"))
    return first.size == second.size and differ.getbbox() is None


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return sheet()


@pytest.mark.parametrize(
    ("dots", "size"), [(576, "80mm"), (384, "80mm"), (832, "80mm"), (576, "a5")]
)
def test_a_page_becomes_as_wide_as_the_head_of_the_printer(dots, size):
    (page,) = raster.pages(sheet(size=size), dots=dots, dpi=203)
    assert page.mode == "1"
    assert page.width == dots


@pytest.mark.parametrize("dots", [384, 576, 832])
def test_the_code_on_a_raster_reads_back(pdf, dots):
    (page,) = raster.pages(pdf, dots=dots, dpi=203)
    assert [c.text for c in zxingcpp.read_barcodes(page.convert("L"))] == ["DZTEST:1"]


def test_a_roll_of_80_mm_prints_in_true_size(pdf):
    (page,) = raster.pages(pdf, dots=576, dpi=203)
    line = page.crop((0, 0, 576, 120)).point(lambda dot: 255 - dot)
    left, _top, right, _bottom = line.getbbox()
    assert right - left in {574, 575, 576}  # 72 mm at 8 dots a millimetre


@pytest.mark.parametrize("letters", ["Ң", "Ө", "Ү", "ң", "ө", "ү"])
def test_letters_of_kyrgyz_are_printed_each_with_its_own_shape(letters):
    like = {"Ң": "Н", "Ө": "О", "Ү": "У", "ң": "н", "ө": "о", "ү": "у"}[letters]
    own, other = (
        raster.pages(sheet(letters=text), dots=576, dpi=203)[0]
        for text in (letters, like)
    )
    assert not same(own, other)


@pytest.mark.parametrize("dots", [384, 576])
def test_a_receipt_reads_back_from_esc_pos_pixel_for_pixel(pdf, dots):
    wanted = raster.pages(pdf, dots=dots, dpi=203)

    sent = escpos.encode(wanted)

    found = standin.rasters(sent)
    assert len(found) == 1
    assert same(found[0], wanted[0])


def test_a_long_receipt_goes_out_in_strips_and_reads_back_whole(pdf):
    (page,) = raster.pages(pdf, dots=576, dpi=203)
    long = Image.new("1", (576, page.height * 4), 255)
    for n in range(4):
        long.paste(page, (0, n * page.height))

    (found,) = standin.rasters(escpos.encode([long]))

    assert same(found, long)


def test_a_label_reads_back_from_zpl_pixel_for_pixel(pdf):
    wanted = raster.pages(pdf, dots=448, dpi=203)

    sent = zpl.encode([*wanted, *wanted]).decode("ascii")

    found = ZebrafyZPL(sent).to_images()
    assert len(found) == 2
    assert all(same(label, wanted[0]) for label in found)
    assert sent.count("^XA") == sent.count("^XZ") == 2
    assert f"^PW448\n^LL{wanted[0].height}" in sent


def test_each_page_of_a_paper_is_cut_off():
    two = Image.new("1", (576, 10), 255)
    assert len(standin.rasters(escpos.encode([two, two]))) == 2


def test_an_empty_page_stays_empty():
    page = BytesIO()
    Image.new("RGB", (400, 300), "white").save(page, "PDF")
    (drawn,) = raster.pages(page.getvalue(), dots=576, dpi=203)
    assert drawn.convert("L").getextrema() == (255, 255)


@pytest.mark.parametrize("bad", [b"", b"no PDF", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_a_fault_and_no_crash(bad):
    with pytest.raises(NotPrintedError) as wrong:
        raster.pages(bad, dots=576, dpi=203)
    assert wrong.value.fault is Fault.UNREADABLE


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        (standin.READY, None),
        (standin.NO_PAPER, Fault.PAPER_OUT),
        (standin.OPEN, Fault.COVER_OPEN),
        (standin.PAUSED, Fault.OFFLINE),
        ({}, None),
        (dict.fromkeys(standin.READY, b"\xff"), None),
    ],
    ids=["ready", "no paper", "open", "paused", "silent", "rubbish"],
)
def test_what_a_receipt_printer_says_of_itself(answers, fault):
    state, cause, paper = (
        answers.get(question, b"")
        for question in (escpos.ASK_STATE, escpos.ASK_CAUSE, escpos.ASK_PAPER)
    )
    assert escpos.fault(state, cause, paper) is fault


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (standin.LABELS_READY, None),
        (standin.LABELS_OUT, Fault.PAPER_OUT),
        (standin.LABELS_OPEN, Fault.COVER_OPEN),
        (standin.LABELS_READY.replace("030,0,0", "030,0,1", 1), Fault.OFFLINE),
        ("", None),
        ("rubbish\r\n,", None),
    ],
    ids=["ready", "no paper", "head up", "paused", "silent", "rubbish"],
)
def test_what_a_label_printer_says_of_itself(answer, fault):
    assert zpl.fault(answer.encode()) is fault


@pytest.mark.parametrize(
    ("kind", "address", "way"),
    [
        ("escpos", "192.168.1.50", "network"),
        ("escpos", "fd00::50", "network"),
        ("escpos", "/dev/usb/lp0", "device"),
        ("zpl", "/dev/usb/by-id/usb-Zebra_ZD421-00", "device"),
        ("escpos", "/dev/ttyUSB0", "device"),
        ("escpos", "/dev/printer-gate", "device"),
        ("cups", "gate_a5", "queue"),
        ("escpos", "printer.example", ""),
        ("escpos", "192.168.1", ""),
        ("escpos", "0.0.0.0", ""),  # noqa: S104 - nothing listens there
        ("escpos", "224.0.0.1", ""),
        ("escpos", "/dev/sda", ""),
        ("escpos", "/dev/usb/lp0/../../sda", ""),
        ("escpos", "/etc/passwd", ""),
        ("cups", "-o", ""),
        ("cups", "two words", ""),
        ("cups", "/dev/usb/lp0", ""),
        ("cups", "", ""),
        ("zpl", "", ""),
    ],
)
def test_how_a_printer_is_reached_at_an_address(kind, address, way):
    assert policies.connection(kind, address) == way


@st.composite
def pictures(draw: st.DrawFn) -> Image.Image:
    """Any dots, as wide as any head; most heads are whole bytes wide, not all."""
    width, height = draw(st.integers(1, 90)), draw(st.integers(1, 40))
    row = (width + 7) // 8
    dots = draw(st.binary(min_size=row * height, max_size=row * height))
    return Image.frombytes("1", (width, height), dots)


@given(picture=pictures())
@settings(deadline=None, max_examples=60)
def test_any_dots_read_back_from_both_languages(picture):
    filled = Image.new("1", ((picture.width + 7) // 8 * 8, picture.height), 255)
    filled.paste(picture, (0, 0))

    (receipt,) = standin.rasters(escpos.encode([picture]))
    (label,) = ZebrafyZPL(zpl.encode([picture]).decode("ascii")).to_images()

    assert same(receipt, filled)
    assert same(label, filled)
