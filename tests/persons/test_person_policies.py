"""Rules about people, as tables."""

from datetime import date

import pytest

from darbaza.persons import policies
from darbaza.persons.types import Likeness

BORN = date(1985, 3, 12)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("AC 1234567", "AC1234567"),
        ("ас1234567", "AC1234567"),  # Cyrillic letters that look Latin
        (" id-12 34.567 ", "ID1234567"),
        ("№ 12/5", "125"),
        ("ЖЭ 12", "ЖЭ12"),  # no Latin letter looks like these
        ("", ""),
        (" - ", ""),
    ],
)
def test_a_document_number_is_compared_as_documents_print_it(typed, stored):
    assert policies.document_number(typed) == stored


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("", True),
        ("21203198500015", True),
        ("2120319850001", False),
        ("212031985000155", False),
        ("2120319850001A", False),
    ],
)
def test_a_personal_number_has_fourteen_digits(number, valid):
    assert policies.personal_number_valid(number) is valid


@pytest.mark.parametrize(
    ("likeness", "probable"),
    [
        (Likeness(1.0, birth_on=(BORN, BORN)), True),
        (Likeness(1.0, birth_on=(BORN, date(1985, 12, 3))), True),  # turned round
        (Likeness(0.72, birth_on=(BORN, BORN)), True),
        (Likeness(0.71, birth_on=(BORN, BORN)), False),
        (Likeness(1.0, birth_on=(BORN, date(1985, 3, 13))), False),
        (Likeness(1.0), False),  # never on a name alone
        (Likeness(1.0, birth_on=(BORN, None)), False),
        (Likeness(0.3, same_document=True), True),
        (Likeness(0.29, same_document=True), False),
        (Likeness(0.3, personal_number=("1", "1")), True),
        (
            Likeness(1.0, birth_on=(BORN, BORN), personal_number=("1", "2")),
            False,  # another number speaks against whatever else agrees
        ),
        (
            Likeness(1.0, same_document=True, personal_number=("1", "2")),
            False,
        ),
    ],
)
def test_a_duplicate_is_probable_with_more_than_a_name(likeness, probable):
    assert policies.probable_duplicate(likeness) is probable


@pytest.mark.parametrize(
    ("likeness", "reasons"),
    [
        (Likeness(1.0, birth_on=(BORN, BORN)), ("name_same", "birth_date_same")),
        (Likeness(0.8), ("name_alike",)),
        (Likeness(0.5, ("given_typo",)), ("name_differs", "given_typo")),
        (
            Likeness(1.0, birth_on=(BORN, date(1985, 12, 3))),
            ("name_same", "birth_date_turned"),
        ),
        (Likeness(1.0, sex=("F", "M")), ("name_same", "sex_differs")),
        (Likeness(1.0, sex=("F", "X")), ("name_same",)),
        (
            Likeness(1.0, same_document=True, personal_number=("1", "2")),
            ("same_document", "personal_number_differs", "name_same"),
        ),
    ],
)
def test_every_reason_has_its_code_the_weightiest_first(likeness, reasons):
    assert policies.same_person_reasons(likeness) == reasons


@pytest.mark.parametrize(
    ("likeness", "held_twice", "codes", "allowed"),
    [
        (Likeness(1.0), False, [], True),
        (Likeness(0.5), False, ["merge_names_differ"], True),
        (
            Likeness(1.0, birth_on=(BORN, date(1990, 1, 1))),
            False,
            ["merge_birth_dates_differ"],
            True,
        ),
        (Likeness(1.0, sex=("F", "M")), False, ["merge_sex_differs"], True),
        (
            Likeness(1.0, personal_number=("1", "2")),
            False,
            ["merge_personal_numbers_differ"],
            False,
        ),
        (Likeness(1.0), True, ["merge_two_open_files"], False),
    ],
)
def test_a_merge_is_warned_of_or_refused_by_its_grounds(
    likeness, held_twice, codes, allowed
):
    decision = policies.may_merge(likeness, held_twice=held_twice)

    assert decision.codes == codes
    assert bool(decision) is allowed
