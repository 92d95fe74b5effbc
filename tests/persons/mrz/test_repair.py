"""Misread characters: one reading possible and marked, or refused."""

import pytest

from darbaza.persons import mrz
from darbaza.persons.mrz.types import Error, State, Trust
from tests.persons.mrz.test_parsing import KYRGYZ, MRVA, TD1, TD2, TD3


def damaged(lines, row, place, char):
    changed = list(lines)
    changed[row] = changed[row][:place] + char + changed[row][place + 1 :]
    return mrz.parse("\r".join(changed))


@pytest.mark.parametrize(
    ("lines", "row", "place", "char", "field"),
    [
        (TD3, 1, 15, "O", "birth_date"),  # a letter where only a digit can be
        (TD3, 1, 19, "Z", "birth_date"),  # in a check digit
        (TD3, 1, 21, "I", "expiry_date"),
        (TD3, 1, 43, "O", "zone"),
        (TD1, 1, 4, "l", "birth_date"),
        (TD2, 1, 15, "Q", "birth_date"),
        (KYRGYZ, 1, 5, "O", "document_number"),
        (KYRGYZ, 1, 0, "2", "document_number"),
        (KYRGYZ, 0, 4, "2", "issuer"),
        (KYRGYZ, 1, 12, "2", "nationality"),
        (KYRGYZ, 0, 7, "4", "surname"),
        (MRVA, 1, 13, "A", "birth_date"),
    ],
)
def test_one_look_alike_is_put_right_and_marked(lines, row, place, char, field):
    document = damaged(lines, row, place, char)

    assert document.lines == lines
    assert document.as_read != lines
    assert document.trust is Trust.COMPARE
    assert field in document.repaired
    assert document.states[field] is State.REPAIRED


def test_a_character_that_the_reader_could_not_read_is_found_where_it_can_only_be_one():
    document = damaged(TD3, 1, 16, "?")

    assert (document.lines, document.trust) == (TD3, Trust.COMPARE)
    assert document.repaired == ("birth_date",)


def test_a_character_that_could_be_several_is_not_guessed():
    document = damaged(MRVA, 1, 2, "?")

    assert (document.trust, document.error) == (Trust.NONE, Error.AMBIGUOUS)


@pytest.mark.parametrize("place", [5, 9, 43])
def test_a_letter_of_a_name_that_was_not_read_is_never_left_out(place):
    document = damaged(TD3, 0, place, "?")

    assert (document.trust, document.error) == (Trust.NONE, Error.AMBIGUOUS)


def test_a_wrong_digit_that_looks_like_no_other_is_refused_and_shown():
    document = damaged(TD3, 1, 14, "9")

    assert (document.trust, document.error) == (Trust.NONE, Error.CHECK_FAILED)
    assert document.states["birth_date"] is State.FAILED
    assert document.birth_date == "790812"
    assert document.repaired == ()


def test_three_misread_characters_are_too_many():
    lines = list(TD3)
    lines[1] = lines[1].replace("7408122", "74O8I2Z")

    assert mrz.parse("\r".join(lines)).trust is Trust.NONE


def test_two_misread_characters_in_two_fields_are_put_right():
    lines = list(TD3)
    lines[1] = lines[1].replace("7408122", "74O8122").replace("1204159", "I204159")

    document = mrz.parse("\r".join(lines))

    assert document.lines == TD3
    assert document.repaired == ("birth_date", "expiry_date")


def test_letters_in_a_name_that_are_digits_are_never_accepted_unmarked():
    document = damaged(TD3, 0, 5, "3")

    assert document.trust is Trust.NONE
    assert damaged(TD3, 0, 10, "0").trust is Trust.COMPARE
