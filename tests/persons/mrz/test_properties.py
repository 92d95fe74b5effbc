"""What must hold for every zone and for every text."""

import string
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darbaza.persons import mrz
from darbaza.persons.mrz import deliveries, issuers, parsing, transfer
from darbaza.persons.mrz.formats import LAYOUTS
from darbaza.persons.mrz.types import Document, Format, Trust
from tests.persons.mrz.test_parsing import MRVA, TD1, TD3

ON = date(2026, 11, 22)
WORD = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=8)
NAME = st.lists(WORD, min_size=1, max_size=2).map(" ".join)
ALNUM = string.ascii_uppercase + string.digits
DAY = st.dates(date(1930, 1, 1), date(2026, 11, 1))
CODES = {"TD3": "P", "MRVA": "V", "MRVB": "V"}

# Few examples each time, others every time; the module is quick on a busy machine.
few = settings(max_examples=25, deadline=None)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    form = draw(st.sampled_from(Format))
    longest = 18 if form in {Format.TD1, Format.TD2} else 9
    longest = 13 if form is Format.TD2 else longest
    number = draw(st.text(ALNUM, min_size=1, max_size=longest))
    room = {"TD1": 15, "TD2": 7, "TD3": 14, "MRVA": 16, "MRVB": 8}[form]
    if len(number) > 9:
        room -= len(number) - 9 + 2
    optional = draw(st.text(ALNUM, max_size=max(room, 0)))
    known = st.sampled_from(sorted(issuers.kinds()))
    return Document(
        format=form,
        document_code=CODES.get(form, "ID"),
        issuer=draw(known.filter(lambda code: code != "KGZ")),
        document_number=number,
        birth_date=f"{draw(DAY):%y%m%d}",
        sex=draw(st.sampled_from("MFX<")),
        expiry_date=f"{draw(DAY):%y%m%d}",
        nationality=draw(known),
        surname=draw(NAME)[:12].strip(),
        given_names=draw(st.just("") | NAME)[:10].strip(),
        optional1=optional,
        optional2=draw(st.text(ALNUM, max_size=11)) if form is Format.TD1 else "",
    )


SAME = (
    *("format", "document_code", "issuer", "document_number", "birth_date", "sex"),
    *("expiry_date", "nationality", "surname", "given_names", "optional1", "optional2"),
)


@few
@given(documents())
def test_every_written_zone_parses_back(document):
    read = mrz.parse("\r".join(mrz.write(document)), on=ON)

    assert read.trust is Trust.SURE
    assert {n: getattr(read, n) for n in SAME} == {
        n: getattr(document, n) for n in SAME
    }
    assert transfer.as_document(transfer.as_values(read)) == read


@st.composite
def unusual(draw: st.DrawFn) -> Document:
    """Names that fill the field or lack a part, dates with unknown parts."""
    part = st.lists(WORD, max_size=6).map(" ".join)
    surname, given_names = draw(st.tuples(part, part).filter(any))
    known = f"{draw(DAY):%y%m%d}"
    printed = st.sampled_from([known, known[:4] + "<<", known[:2] + "<<<<", "<<<<<<"])
    return replace(
        draw(documents()),
        surname=surname,
        given_names=given_names,
        birth_date=draw(printed),
        expiry_date=draw(st.sampled_from([known, "<<<<<<"])),
    )


def begins(whole: str, cut: str) -> bool:
    """Whether each word that is left is the beginning of its word, in order."""
    words = whole.split(), cut.split()
    return len(words[1]) <= len(words[0]) and all(
        full.startswith(left) for full, left in zip(*words, strict=False)
    )


@few
@given(unusual())
def test_every_unusual_zone_is_sure_and_keeps_its_lines(document):
    lines = mrz.write(document)

    read = mrz.parse("".join(lines), on=ON)

    assert (read.trust, read.lines) == (Trust.SURE, lines)
    assert begins(document.surname, read.surname)
    assert begins(document.given_names, read.given_names)
    assert read.name_truncated or read.surname == document.surname


@few
@given(st.dates(date(1902, 1, 1), ON), st.sampled_from("MF"), st.integers(0, 99_999))
def test_every_kyrgyz_number_tells_the_day_and_century_of_birth(born, sex, serial):
    personal = f"{2 if sex == 'M' else 1}{born:%d%m%Y}{serial:05}"
    card = Document(
        format=Format.TD1,
        document_code="I",
        issuer="KGZ",
        document_number="ZZ0000124",
        birth_date=f"{born:%y%m%d}",
        sex=sex,
        expiry_date="300101",
        nationality="KGZ",
        surname="ASANOV",
        optional1=personal,
    )

    read = mrz.parse("\r".join(mrz.write(card)), on=ON)
    other = replace(card, sex="F" if sex == "M" else "M")
    differs = mrz.parse("\r".join(mrz.write(other)), on=ON)

    assert (read.trust, read.birth_on) == (Trust.SURE, born)
    assert differs.trust is Trust.COMPARE
    assert differs.remarks == ("personal_number_differs",)


@few
@given(documents(), st.data())
def test_one_damaged_character_is_repaired_and_marked_or_refused_or_out_of_sight(
    document, data
):
    """What a check digit can see is never sure; what is sure was never changed.

    Out of sight is what no check digit covers (names, codes, sex, the free field of a
    visa), and under one: values that are equal modulo ten, and a filler in place of
    the check digit of a number, which makes it a long number with another one.
    """
    lines = mrz.write(document)
    layout = LAYOUTS[document.format]
    flat = "".join(lines)
    place = data.draw(st.integers(0, len(flat) - 1))
    char = data.draw(st.sampled_from([c for c in ALNUM + "<?" if c != flat[place]]))
    hurt = flat[:place] + char + flat[place + 1 :]

    read = mrz.parse("\r".join(layout.lines(hurt)), on=ON)

    if read.trust is Trust.SURE:
        assert sorted(read.lines) == sorted(layout.lines(hurt))
        guarded = {i for c in layout.checks(flat) for i in (*c.covers, c.at)}
        blind = place not in guarded or _equal_modulo_ten(flat[place], char)
        assert blind or _moved_check(layout, hurt, flat)
    if read.lines != read.as_read:
        assert read.trust is not Trust.SURE
        assert read.repaired
    if sorted(read.as_read) != sorted(layout.lines(hurt)):
        assert read.trust is not Trust.SURE


def _equal_modulo_ten(one, other):
    """Check digits cannot tell 0, <, A, K and U apart, nor 1, B, L and V."""
    values = {c: i for i, c in enumerate(string.digits + string.ascii_uppercase)}
    return values.get(one, 0) % 10 == values.get(other, 0) % 10


def _moved_check(layout, hurt, flat):
    """A filler for the check digit makes a short number a long one: other checks."""
    return layout.number_span(hurt) != layout.number_span(flat)


@few
@given(st.text(max_size=300))
def test_no_text_raises(text):
    assert mrz.parse(text, on=ON).trust in Trust
    assert isinstance(mrz.mend(text), tuple)


@few
@given(st.text(ALNUM + "<<<<<?;,ЙЦУБ«\r\n\t\x02 ", max_size=200))
def test_no_text_of_zone_characters_raises(text):
    for document in mrz.parse_all(text, on=ON):
        assert document.trust is not Trust.SURE or document.document_number


@few
@given(documents(), st.data())
def test_no_torn_zone_raises_or_is_sure_with_other_lines(document, data):
    lines = mrz.write(document)
    text = "\r".join(lines)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    read = mrz.parse(text[:start] + text[end:], on=ON)

    assert read.trust is not Trust.SURE or read.lines == lines


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000_000), st.sampled_from("P<1\nБ\x00"))
def test_any_length_is_answered_at_once(length, char):
    assert mrz.parse(char * length).trust is Trust.NONE


@pytest.mark.parametrize(
    "zone",
    [
        ("I<UTOD2314589??<<<<<<<<<<<<<<<", *TD1[1:]),
        (TD3[0], TD3[1].replace("902C3", "?02?3")),
        (MRVA[0], "O0B8S5Z2I1UTO0O0O0O0FO0O0O0O0B8S5Z2I1OOBBSSZ"),
    ],
)
def test_of_many_damaged_zones_only_the_first_are_mended(zone, monkeypatch):
    text = "\r".join(zone * 20)[: parsing.LONGEST_TEXT]
    begun, at = [], parsing._at

    def counted(lines, start, day):
        begun.append(start)
        return at(lines, start, day)

    monkeypatch.setattr(parsing, "_at", counted)

    document = mrz.parse(text, on=ON)

    assert document.trust is not Trust.SURE
    ways = len(deliveries.rows(text))
    assert len(begun) <= ways * parsing._FAILED_AT_MOST * len(zone)
