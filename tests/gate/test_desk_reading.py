"""What the officer sees of a reading: doubt lit up, and trouble told in words."""

import io
from dataclasses import replace

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from darbaza.accounts.permissions import Role
from darbaza.gate.views import desk_steps
from darbaza.persons import mrz
from darbaza.persons.models import Person
from darbaza.persons.mrz.reading import Reading
from darbaza.persons.mrz.types import Document, Trust
from tests.gate.deskwork import KNOWN, NEW, Desk, DeskScene
from tests.visits.test_registration import NOW

pytestmark = pytest.mark.django_db
TYPING = "or type (F3)"


@pytest.fixture
def desk(db):
    with time_machine.travel(NOW, tick=False):
        found = Desk(DeskScene().staff("officer", Role.GATE_OFFICER))
        found.open()
        yield found


def picture(desk: Desk, data: bytes, name: str = "scan.jpg", **more: str) -> str:
    file = SimpleUploadedFile(name, data)
    return desk.do("picture", image=file, **more).content.decode()


@pytest.fixture
def nobody_new(desk):
    """Hold that the test puts nobody on record."""
    before = Person.objects.count()
    yield
    assert Person.objects.count() == before


@pytest.mark.usefixtures("nobody_new")
def test_a_repaired_number_is_lit_and_looked_for_only_once_confirmed(desk):
    """The number of somebody known, one look-alike away: nobody is taken for her."""
    page = desk.do("scan", text=KNOWN.replace("ZZ00000170", "ZZ0000O170"))
    page = page.content.decode()

    assert '<mark class="dk-mark--r">0</mark>' in page
    assert 'class="dk-field dk-field--doc_number dk-field--doubt"' in page
    assert desk.state["people"] == []
    assert desk.state["question"]["hits"] == []

    said = desk.state["question"]
    boxes = {n: said["person"][n] for n in ("surname_latin", "birth_on", "sex")}
    desk.do(
        "type", **boxes, given_names_latin="AIGUL MARATOVNA", language="ky",
        doc_kind="passport", doc_number="ZZ0000017", doc_issuer="KGZ",
    )  # fmt: skip

    assert len(desk.state["people"]) == 1


@pytest.mark.usefixtures("nobody_new")
def test_what_does_not_fit_its_check_digit_is_lit_and_must_be_typed(desk):
    page = desk.do("scan", text=KNOWN.replace("8603142", "8903142")).content.decode()

    assert '<mark class="dk-mark--d">8903142</mark>' in page
    assert "dk-field--birth_on dk-field--doubt" in page
    assert "do not fit their check digits" in page


def test_names_stand_first_where_a_reading_is_compared(desk):
    page = desk.do("scan", text=KNOWN.replace("8603142", "8903142")).content.decode()
    order = ["surname_latin", "given_names_latin", "birth_on", "doc_number", "phone"]
    places = [page.index(f'name="{name}"') for name in order]

    assert places == sorted(places)


@pytest.mark.usefixtures("nobody_new")
def test_lines_of_two_documents_at_once_ask_for_a_new_swipe(desk):
    one, other = KNOWN.split("\r")[:2], NEW.split("\r")[:2]
    mixed = "\r".join([one[0], other[0], one[1], other[1]])

    page = desk.do("scan", text=mixed).content.decode()

    assert "swipe one document, then the other" in page
    assert desk.state.get("people", []) == []


def test_a_webcam_is_believed_when_two_frames_in_a_row_say_the_same(desk, monkeypatch):
    right = mrz.parse(NEW)
    other = replace(right, lines=(right.lines[0].replace("BEK", "BER"), right.lines[1]))
    torn = Document(error=mrz.parse("").error)
    said: list[Reading] = []
    monkeypatch.setattr(desk_steps.pictures, "read", lambda _data: said.pop(0))
    for seen in (right, other, torn, replace(right, trust=Trust.NONE), right):
        said.append(Reading(seen, b"crop"))
        image = SimpleUploadedFile("camera.jpg", b"frame")
        assert desk.do("picture", image=image, source="camera").status_code == 204
        assert desk.state.get("people", []) == []

    said.append(Reading(right, b"crop"))
    page = picture(desk, b"frame", source="camera")

    assert "TOKTOMAMATOV" in page
    assert len(desk.state["people"]) == 1


def test_without_engines_the_desk_says_so_and_typing_goes_on(desk, monkeypatch):
    missing = Reading(error="engine_missing")
    monkeypatch.setattr(desk_steps.pictures, "read", lambda _data: missing)

    page = picture(desk, b"picture")

    assert "Reading of pictures is not installed on this server." in page
    assert TYPING in page
    assert 'name="surname"' in desk.do("form").content.decode()


@pytest.mark.usefixtures("nobody_new")
@pytest.mark.parametrize(
    ("text", "says"),
    [
        (KNOWN * 1_000, "far more than a document holds"),
        ("line\n" * 1_000, "far more than a document holds"),
        ("\x00" * 300, "no travel document"),
        ("<script>alert(1)</script>\n" * 4, "no travel document"),
        ("", "no travel document"),
        ("\N{GRINNING FACE}" * 40, "no travel document"),
    ],
    ids=["zones", "lines", "nothing", "script", "empty", "faces"],
)
def test_what_is_no_document_says_so_and_what_to_do(desk, text, says):
    answer = desk.do("scan", text=text)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert says in page
    assert TYPING in page
    assert "<script>alert" not in page


def test_null_bytes_within_a_zone_are_no_hindrance(desk):
    desk.do("scan", text="\x00".join(NEW))

    assert Person.objects.filter(surname_latin="TOKTOMAMATOV").exists()


def _drawn(form: str, size: tuple[int, int], **more: object) -> bytes:
    data = io.BytesIO()
    Image.new("L", size, 255).save(data, form, **more)
    return data.getvalue()


def _film() -> bytes:
    frames = [Image.new("L", (400, 300), 255 - n) for n in range(12)]
    data = io.BytesIO()
    frames[0].save(data, "GIF", save_all=True, append_images=frames[1:])
    return data.getvalue()


def _book(pages: int) -> bytes:
    pypdf = pytest.importorskip("pypdf")
    book, data = pypdf.PdfWriter(), io.BytesIO()
    for _page in range(pages):
        book.add_blank_page(width=300, height=400)
    book.write(data)
    return data.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BAD = {
    "of 200 megapixels": ("scan.png", lambda: _drawn("PNG", (16_000, 12_500))),
    "truncated": ("scan.jpg", lambda: _drawn("JPEG", (900, 600))[:900]),
    "moving": ("film.gif", _film),
    "of 500 pages": ("book.pdf", lambda: _book(500)),
    "a drawing with a script": ("drawing.svg", lambda: SVG),
    "text with another name": ("scan.jpg", lambda: b"hello " * 200),
    "empty": ("scan.jpg", bytes),
    "null bytes": ("scan.jpg", lambda: bytes(5_000)),
}


@pytest.mark.usefixtures("nobody_new")
@pytest.mark.slow
@pytest.mark.parametrize("kind", BAD)
def test_a_bad_picture_is_answered_in_words_and_changes_nothing(desk, kind):
    name, make = BAD[kind]
    answer = desk.do("picture", image=SimpleUploadedFile(name, make()))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert 'role="alert"' in page
    assert TYPING in page or "empty" in page
    assert "Traceback" not in page
    assert desk.state.get("people", []) == []


def test_the_prefix_of_the_reader_is_remembered_by_this_computer(desk):
    desk.client.post("/gate/desk/window/", {"paper": "a5", "reader_prefix": '~"'})
    page = desk.open()
    assert 'data-wedge-prefix="~&quot;"' in page

    desk.client.post(
        "/gate/desk/window/", {"paper": "a5", "reader_prefix": "far too long"}
    )
    assert 'data-wedge-prefix="~&quot;"' in desk.open()
