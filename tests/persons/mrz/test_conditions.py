"""What is wrong with a document on a day."""

from datetime import date

import pytest

from darbaza.persons import mrz
from darbaza.persons.mrz.types import Document, Format
from tests.persons.mrz.test_parsing import KYRGYZ, TD3

LAST = date(2031, 5, 20)


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2026, 11, 22), []),
        (date(2031, 4, 19), []),
        (date(2031, 4, 20), [("expires_soon", 30)]),
        (date(2031, 5, 19), [("expires_soon", 1)]),
        (LAST, [("expires_soon", 0)]),
        (date(2031, 5, 21), [("expired", 1)]),
        (date(2032, 5, 20), [("expired", 366)]),
        (date(1980, 1, 1), [("not_yet_valid", 2264)]),
    ],
)
def test_the_period_of_a_passport(on, found):
    document = mrz.parse("\r".join(KYRGYZ), on=date(2026, 11, 22))

    assert list(mrz.condition(document, on)) == found


def test_a_document_that_begins_later_is_not_yet_valid():
    document = mrz.parse("\r".join(KYRGYZ))
    on = date(2026, 11, 22)

    assert mrz.condition(document, on, valid_from=on) == ()
    assert mrz.condition(document, on, valid_from=date(2026, 12, 1)) == (
        ("not_yet_valid", 9),
    )


def test_a_repaired_or_unreadable_document_is_damaged():
    repaired = mrz.parse("\r".join([TD3[0], TD3[1].replace("7408122", "74O8122")]))
    broken = mrz.parse("\r".join([TD3[0], TD3[1].replace("7408122", "7908122")]))
    on = date(2012, 1, 1)

    assert [f.code for f in mrz.condition(repaired, on)] == ["damaged"]
    assert [f.code for f in mrz.condition(broken, on)] == ["damaged"]
    assert [f.code for f in mrz.condition(Document(), on)] == ["damaged"]


def test_an_unknown_issuer_and_a_differing_personal_number_are_said():
    made = Document(
        format=Format.TD3,
        document_code="P",
        issuer="WWW",
        document_number="X1",
        birth_date="860314",
        sex="F",
        expiry_date="310520",
        nationality="KGZ",
        surname="ASANOVA",
    )
    other = mrz.parse("\r".join(mrz.write(made)))

    found = mrz.condition(other, date(2026, 11, 22))

    assert [finding.code for finding in found] == ["unknown_issuer"]
