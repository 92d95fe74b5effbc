"""Hostile input on the main pages: a clear answer in bounded time, never a crash."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from darbaza.accounts.permissions import Role
from darbaza.gate.models import Draft
from darbaza.persons.models import Person
from tests.gate.deskwork import Desk, DeskScene

pytestmark = pytest.mark.django_db
MB = 1024 * 1024
NAMES = {
    "right to left": "\u202easanov\u202c",
    "hebrew": "כהן דוד",
    "zero width": "А\u200bс\u200dа\u2060нов\ufeff",
    "combining": "А" + "\u0301" * 60 + "санов",
    "emoji": "👨‍👩‍👧‍👦🇰🇬",
    "null": "Аса\x00нов",
    "controls": "Аса\x07\x1b[31mнов",
    "html": "<script>alert(1)</script>",
    "attribute": '" onmouseover="alert(1)',
    "template": "{{ settings.SECRET_KEY }}{% debug %}",
    "sql": "'; DROP TABLE persons_person; --",
    "formula": '=HYPERLINK("http://x";"y")',
    "lone surrogate": "\ud800",
    "astral": "𒐫" * 200,
    "long": "А" * 5_000,
    "spaces": " \t\u3000 ",
}
HOSTILE_WORDS = [
    name.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    for name in NAMES.values()
]
"""The same as a browser can send them."""
PAGES = (
    "/", "/persons/", "/prisoners/", "/prisoners/find/", "/visits/", "/gate/desk/",
    "/gate/desk/options/", "/gate/inner/", "/rules/",
)  # fmt: skip
QUERIES = ("q", "text", "page", "kind", "status", "on", "sort", "prisoner", "draft")


@pytest.fixture
def desk(db) -> Desk:
    """An officer with the desk open, in a browser that shows errors as it must."""
    made = Desk(DeskScene().staff("officer", Role.GATE_OFFICER))
    made.client.raise_request_exception = False
    made.open()
    return made


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail if the block takes longer, in time of this processor alone."""
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds


def clear(answer) -> str:
    """Check that an answer is no crash and shows no inside; return its text."""
    body = b"".join(answer) if answer.streaming else answer.content
    text = body.decode("utf-8")
    assert answer.status_code < 500, answer.status_code
    assert "Traceback (most recent" not in text
    assert "SECRET_KEY" not in text or "{{" in text or "settings.SECRET" in text
    return text


def _sent(name: str) -> str:
    return name.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_hostile_name_at_the_desk_is_refused_or_shown_as_text(desk, name):
    name = _sent(name)
    desk.do("wants", part="lead")
    with within(3):
        page = clear(
            desk.do(
                "type", surname=name, given_names=name, birth_on="01.02.1980", sex="M",
                language="ky", doc_kind="passport", doc_number="ZZ1", paper="",
            )
        )  # fmt: skip
        page += clear(desk.client.get("/persons/", {"q": name}))
    for raw in ("<script>alert", '" onmouseover', "\x00", "\x1b"):
        assert raw not in page
    for row in Person.objects.all():
        assert not set(row.surname) & {"\x00", "\x07", "\x1b", "\u202e", "\u200b"}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.slow
def test_hostile_words_in_every_question_of_every_page(desk, page, name):
    with within(4):
        for key in QUERIES:
            clear(desk.client.get(page, {key: _sent(name)}))


@pytest.mark.parametrize("page", PAGES)
def test_a_huge_question_is_answered_in_bounded_time(desk, page):
    with within(4):
        for key in ("q", "page", "text"):
            clear(desk.client.get(page, {key: "9" * 100_000}))
        clear(desk.client.get(page + "?" + "&".join(f"a{n}=1" for n in range(3_000))))


@pytest.mark.parametrize("filler", ["<", "A", "\r", "0", "\u0416"])
def test_ten_megabytes_of_zone_are_refused_in_a_sentence(desk, filler):
    with within(5):
        answer = desk.do(
            "scan", text="P<KGZ" + filler * (10 * MB // len(filler.encode()))
        )
    text = clear(answer)
    assert answer.status_code in {413, 422}
    assert len(text) < MB
    assert len(str(Draft.objects.get().state)) < 100_000


def test_ten_megabytes_of_name_are_refused(desk):
    desk.do("wants", part="lead")
    with within(6):
        answer = desk.do("type", surname="А" * (5 * MB), given_names="Б", sex="M")
    clear(answer)
    assert answer.status_code in {400, 413, 422}
    assert Person.objects.filter(surname__startswith="АА").count() == 0


def _multipart(body: bytes, boundary: str = "x") -> tuple[bytes, str]:
    return body, f"multipart/form-data; boundary={boundary}"


BODIES: dict[str, Callable[[], tuple[bytes, str]]] = {
    "cut multipart": lambda: _multipart(
        b'--x\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\n\xff'
    ),
    "no boundary": lambda: (b"abc", "multipart/form-data"),
    "odd boundary": lambda: _multipart(b"abc", "\xff" * 10),
    "empty multipart": lambda: _multipart(b""),
    "nested": lambda: _multipart(b"--x\r\nContent-Type: multipart/mixed\r\n\r\n--x--"),
    "broken base64": lambda: _multipart(
        b'--x\r\nContent-Disposition: form-data; name="text"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n%%%\r\n--x--\r\n"
    ),
    "broken UTF-8": lambda: (
        b"text=%ff%fe%c0%80&draft=%80",
        "application/x-www-form-urlencoded",
    ),
    "raw bytes": lambda: (bytes(range(256)), "application/x-www-form-urlencoded"),
    "unknown charset": lambda: (
        b"text=abc",
        "application/x-www-form-urlencoded; charset=klingon",
    ),
    "json": lambda: (b'{"text": "abc"', "application/json"),
    "nothing": lambda: (b"", ""),
    "binary": lambda: (bytes(10_000), "application/octet-stream"),
    "many fields": lambda: (
        b"&".join(b"a%d=1" % n for n in range(5_000)),
        "application/x-www-form-urlencoded",
    ),
}
POSTS = (
    "/gate/desk/do/scan/", "/gate/desk/do/picture/", "/gate/desk/do/type/",
    "/gate/inner/scan/", "/persons/new/",
)  # fmt: skip


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_malformed_bodies_are_answered_plainly(desk, body):
    data, kind = body()
    with within(5):
        for address in POSTS:
            clear(desk.client.generic("POST", address, data, content_type=kind))


PICTURES = {
    "empty": b"",
    "text": b"hello",
    "half a PNG": b"\x89PNG\r\n\x1a\n" + bytes(50),
    "half a JPEG": b"\xff\xd8\xff\xe0" + bytes(500),
    "an archive": b"PK\x03\x04" + bytes(500),
    "a huge PNG": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x86\xa0\x00\x01\x86\xa0"
    b"\x08\x02\x00\x00\x00" + bytes(40),
}


@pytest.mark.parametrize("data", PICTURES.values(), ids=PICTURES)
def test_what_is_no_picture_is_refused_in_a_sentence(desk, data):
    with within(6):
        image = SimpleUploadedFile("../../<b>.png", data, "image/png")
        answer = desk.do("picture", image=image)
    clear(answer)
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "address",
    ["/visits/calendar/0/0/", "/visits/calendar/99999999999/13/",
     "/visits/day/0000-00-00/", "/visits/day/9999-12-31/", "/visits/day/0001-01-01/",
     "/rules/rule/%00/", "/gate/desk/do/%00/",
     "/visits/calendar/9999/12/", "/visits/calendar/1/1/",
     "/persons/00000000-0000-0000-0000-000000000000/", "/%ff%fe", "/" + "a" * 8_000],
)  # fmt: skip
def test_addresses_of_nothing_are_no_crash(desk, address):
    with within(3):
        clear(desk.client.get(address))


@pytest.mark.parametrize(
    "header", ["HX-Current-URL", "Accept-Language", "Cookie", "Host"]
)
def test_odd_headers_are_no_crash(desk, header):
    for value in ("\xff\xfe", "a" * 20_000, "../../etc", "http://[::1"):
        clear(
            desk.client.get(
                "/gate/desk/", headers={header: value, "HX-Request": "true"}
            )
        )


@pytest.mark.parametrize(
    "way", ["09", "web:home", "a:b", "x", "//evil", "http://[", "/ok/"]
)
@pytest.mark.parametrize("page", ["/sites/my-post/", "/language/"])
def test_a_way_on_that_is_no_page_of_ours_leads_home(desk, page, way):
    answer = desk.client.post(page, {"next": way, "language": "ru", "post": ""})
    assert answer.status_code == 302
    assert answer.url == ("/ok/" if way == "/ok/" else "/")
