"""Zones made from fields."""

from dataclasses import replace

import pytest

from darbaza.persons import mrz
from darbaza.persons.mrz.types import Document, Format
from tests.persons.mrz.test_parsing import KYRGYZ, TD1, TD2, TD3

LONG = (
    "I<UTOD23145890<7349<<<<<<<<<<<",
    "3407127M9507122UTO<<<<<<<<<<<2",
    "STEVENSON<<PETER<JOHN<<<<<<<<<",
)


@pytest.mark.parametrize("lines", [TD1, TD2, TD3, KYRGYZ, LONG])
def test_what_was_read_is_written_as_it_was(lines):
    assert mrz.write(mrz.parse("\n".join(lines))) == lines


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"format": None}, "needs a format"),
        ({"document_number": "L898902C34"}, "document_number is too long"),
        ({"surname": "ERİKSSON"}, "names holds a character"),
        ({"birth_date": "74O812"}, "birth_date holds a character"),
        ({"optional1": "A" * 15}, "optional1 is too long"),
        ({"issuer": "UTOP"}, "issuer is too long"),
    ],
)
def test_what_no_zone_can_say_is_refused(changes, message):
    document: Document = mrz.parse("\n".join(TD3))

    with pytest.raises(ValueError, match=message):
        mrz.write(replace(document, **changes))


def test_every_format_can_be_written():
    document = replace(mrz.parse("\n".join(TD3)), optional1="")
    written = {form: mrz.write(replace(document, format=form)) for form in Format}
    shapes = {form: [len(line) for line in lines] for form, lines in written.items()}

    assert shapes == {
        "TD1": [30] * 3,
        "TD2": [36] * 2,
        "TD3": [44] * 2,
        "MRVA": [44] * 2,
        "MRVB": [36] * 2,
    }


@pytest.mark.parametrize(
    ("surname", "given", "printed"),
    [
        ("ABCDEFGH IJKLMNOPQRSTUVWXYZ", "ANNA", "ABCDEFGH<IJKLMNOPQRSTUVWXYZ<<A"),
        # A cut between two words would look like a whole name.
        ("A BB CCCCCCC DDDDDDD EEEEEEEE F", "", "A<BB<CCCCCCC<DDDDDDD<EEEEEEE<F"),
        ("STEVENSON", "PETER JOHN ALEXANDE RR", "STEVENSON<<PETER<JOHN<ALEXANDE"),
    ],
)
def test_a_name_that_is_cut_ends_with_a_letter(surname, given, printed):
    card = replace(mrz.parse("\n".join(TD1)), surname=surname, given_names=given)
    assert mrz.write(card)[2] == printed
    assert mrz.parse("\n".join(mrz.write(card))).name_truncated
