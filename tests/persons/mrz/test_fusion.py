"""Two engines read the same lines: where they agree it is sure, else compare."""

from datetime import date

import pytest

from darbaza.persons.mrz import fusion, spans
from darbaza.persons.mrz.formats import LAYOUTS
from darbaza.persons.mrz.types import Document, Format, State, Trust
from darbaza.persons.mrz.writing import write

TODAY = date(2026, 11, 27)
CARD = write(
    Document(
        format=Format.TD1,
        document_code="ID",
        issuer="KGZ",
        document_number="ID1234567",
        birth_date="900101",
        sex="F",
        expiry_date="310101",
        nationality="KGZ",
        surname="ASANOVA",
        given_names="OLGA",
        optional1="10101199012345",
    )
)
VISA = write(
    Document(
        format=Format.MRVA,
        document_code="V",
        issuer="TUR",
        document_number="AB1234567",
        birth_date="900101",
        sex="M",
        expiry_date="310101",
        nationality="TUR",
        surname="KIM",
        given_names="LI",
        optional1="OB7",
    )
)


def fused(first, second):
    return fusion.fuse(list(first), list(second), on=TODAY)


def changed(lines, row, old, new):
    assert old in lines[row]
    return [ln.replace(old, new, 1) if i == row else ln for i, ln in enumerate(lines)]


def test_what_both_read_alike_is_sure():
    found = fused(CARD, CARD)

    assert (found.lines, found.trust) == (CARD, Trust.SURE)


def test_an_engine_that_knows_no_letter_o_agrees_all_the_same():
    second = [line.replace("O", "0").replace("I", "1") for line in CARD]

    assert fused(CARD, second).trust is Trust.SURE


def test_the_edge_of_the_page_read_as_a_letter_falls_away():
    first = changed(CARD, 2, "ASANOVA", "IASANOVA")

    found = fused(first, CARD)

    assert (found.lines, found.trust) == (CARD, Trust.SURE)


def test_a_letter_too_many_in_both_leaves_the_name_unsure():
    longer = changed(CARD, 2, "ASANOVA", "IASANOVA")

    assert fused(longer, longer).trust is Trust.COMPARE


def test_names_are_the_second_engines_and_marked_where_they_differ():
    first = changed(CARD, 2, "OLGA", "OLCA")

    found = fused(first, CARD)

    assert found.given_names == "OLGA"
    assert found.trust is Trust.COMPARE
    assert found.states["given_names"] is State.REPAIRED


def test_a_line_misread_within_gives_way_to_the_whole_one():
    first = changed(CARD, 2, "ASANOVA", "AISHNWNOVA")

    found = fused(first, CARD)

    assert (found.surname, found.trust) == ("ASANOVA", Trust.COMPARE)


def test_a_lost_line_is_the_other_engines_to_compare():
    found = fused(["EEE", *CARD[1:]], CARD)

    assert (found.lines, found.trust) == (CARD, Trust.COMPARE)


def test_a_document_begins_with_a_letter():
    first, second = (changed(CARD, 0, "ID", "1D") for _ in range(2))

    assert fused(first, second).document_code == "ID"


def test_a_kyrgyz_personal_number_is_digits_where_sex_and_birth_agree():
    misread = (CARD[0].replace("10101199012345", "1O1O11990I2345"), *CARD[1:])
    document = fused(misread, misread)
    assert (document.optional1, document.trust) == ("10101199012345", Trust.SURE)

    other = (CARD[0].replace("10101199012345", "2O1O11990I2345"), *CARD[1:])
    assert fused(other, other).trust is not Trust.SURE


def test_no_check_digit_proves_the_rest_of_a_visa():
    second = changed(VISA, 1, "OB7", "0B7")

    found = fused(VISA, second)

    assert found.trust is Trust.COMPARE
    assert "optional1" in found.repaired


def test_a_number_that_could_be_another_is_compared():
    lines = write(
        Document(
            format=Format.TD3,
            document_code="P",
            issuer="NLD",
            document_number="OO1794048",
            birth_date="900101",
            sex="F",
            expiry_date="310101",
            nationality="NLD",
            surname="KIM",
        )
    )

    assert fused(lines, lines).trust is Trust.COMPARE


@pytest.mark.parametrize(
    ("form", "row", "line", "meant"),
    [
        (Format.TD1, 2, CARD[2], CARD[2]),
        (Format.TD1, 2, CARD[2] + "<", CARD[2]),
        (Format.TD1, 2, CARD[2][:-2], CARD[2]),
        (Format.TD1, 1, CARD[1].replace("<<<", "<<", 1), CARD[1]),
        (Format.TD1, 1, CARD[1].replace("<<<", "<<<<", 1), CARD[1]),
        (Format.MRVA, 1, VISA[1] + "<", VISA[1]),
    ],
)
def test_a_miscounted_run_of_fillers_is_counted_again(form, row, line, meant):
    assert next(spans.fitted(LAYOUTS[form], row, line)) == meant


def test_what_is_far_too_short_or_long_is_no_line():
    layout = LAYOUTS[Format.TD1]

    assert not list(spans.fitted(layout, 2, "ASANOVA<<OLGA"))
    assert not list(spans.fitted(layout, 2, CARD[2] + "EEEEE"))
