"""Random and half-right scans, typed persons and codes through the pages."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from darbaza.accounts.permissions import Role
from darbaza.audit import selectors as audit
from darbaza.kernel import ids
from tests.gate.deskwork import KNOWN, NEW, Desk, DeskScene

pytestmark = pytest.mark.django_db
ZONE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"

noise = st.text(max_size=200)
zones = st.text(ZONE + "\r\n\t\x02\x03 ", max_size=140)
words = st.one_of(noise, st.sampled_from(["", "01.01.1990", "M", "passport", "0"]))


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A real scan with a few characters changed, lost, doubled or in another order."""
    text = list(draw(st.sampled_from([KNOWN, NEW])))
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(text) - 1))
        what = draw(st.sampled_from(["change", "lose", "double", "insert"]))
        if what == "change":
            text[place] = draw(st.sampled_from(ZONE))
        elif what == "lose":
            del text[place]
        elif what == "double":
            text.insert(place, text[place])
        else:
            text.insert(place, draw(st.characters(codec="utf-8")))
    return "".join(text)


codes = st.one_of(
    noise,
    st.text(ids.ALPHABET, min_size=20, max_size=28).map(lambda c: f"DZ1:{c}"),
)
few = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
many = settings(few, max_examples=300)


@pytest.fixture
def desk(db) -> Desk:
    """An officer with the desk open."""
    made = Desk(DeskScene().staff("officer", Role.SHIFT_SUPERVISOR))
    made.client.raise_request_exception = True
    made.open()
    return made


def _scan(desk: Desk, text: str) -> None:
    answer = desk.do("scan", text=text)
    assert answer.status_code in {200, 422}
    assert desk.client.get("/gate/desk/").status_code == 200


def _codes(desk: Desk, text: str) -> None:
    for address in ("/gate/inner/scan/", "/gate/inner/out/"):
        for field in ("code", "text", "scan"):
            answer = desk.client.post(address, {field: text})
            assert answer.status_code < 500
    assert list(audit.breaches()) == []


def _typed(desk: Desk, data: dict[str, str]) -> None:
    for name in ("type", "whom", "contact", "wants", "finish", "aside"):
        assert desk.do(name, **data).status_code < 500
    assert desk.client.get("/gate/desk/").status_code == 200


FIELDS = (
    "surname", "given_names", "birth_on", "sex", "language", "doc_kind", "doc_number",
    "paper", "q", "prisoner", "person", "kinship", "part", "do", "ground", "reason",
)  # fmt: skip
typed = st.dictionaries(st.sampled_from(FIELDS), words, max_size=len(FIELDS))
scans = st.one_of(noise, zones, damaged())


@few
@given(text=scans)
def test_any_scan_is_read_or_refused(desk, text):
    _scan(desk, text)


@few
@given(text=codes)
def test_any_code_is_a_pass_or_refused_and_the_record_holds(desk, text):
    _codes(desk, text)


@few
@given(data=typed)
def test_any_words_in_any_field_are_no_crash(desk, data):
    _typed(desk, data)


@pytest.mark.slow
@many
@given(text=scans)
def test_many_scans(desk, text):
    _scan(desk, text)


@pytest.mark.slow
@many
@given(data=typed)
def test_many_words(desk, data):
    _typed(desk, data)
