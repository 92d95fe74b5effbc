"""One person or two: pairs, parts, reasons, and what holds for every name."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darbaza.persons import names
from tests.persons.names import pairs

FIRST = ["Бакыт", "Айнура", "Жеңишбек", "Шухрат", "Ғайрат", "Фёдор", "Юлия", "Үмүт"]
LAST = ["Асанов", "Жумагулов", "Өскөнов", "Щербаков", "Қодиров", "Хамидов", "Чоңов"]
FATHER = ["", "Эркинович", "Төрөкулович", "Шарипович"]
invented = st.builds(
    lambda *parts: " ".join(filter(None, parts)),
    st.sampled_from(LAST),
    st.sampled_from(FIRST),
    st.sampled_from(FATHER),
)
letters = st.characters(categories=["L", "M", "N", "P", "Z", "C"])
anything = st.one_of(
    st.text(max_size=60),
    st.text(
        st.one_of(st.sampled_from("АБЖҢӨҮЧ' <-,." + string.ascii_letters), letters)
    ),
    invented,
)


@pytest.mark.parametrize(("a", "b"), pairs.parsed(pairs.SAME))
def test_spellings_of_one_name_are_one(a, b):
    match = names.compare(a, b)

    assert match.same, (match.score, match.reasons)


@pytest.mark.parametrize(("a", "b"), pairs.parsed(pairs.OTHER))
def test_names_of_two_people_are_two(a, b):
    match = names.compare(a, b)

    assert not match.same, (match.score, match.reasons)


@given(anything, anything)
@settings(max_examples=150, deadline=None)
def test_comparison_is_symmetric_bounded_and_never_raises(a, b):
    one, other = names.compare(a, b), names.compare(b, a)

    assert one.score == other.score
    assert one.same == other.same
    assert 0.0 <= one.score <= 1.0
    assert {reason.code for reason in one.reasons} <= names.CODES


@given(anything)
@settings(max_examples=150, deadline=None)
def test_every_name_is_wholly_like_itself(text):
    match = names.compare(text, text)

    assert match.score == 1.0
    assert match.same


@given(invented)
def test_a_name_is_the_same_after_a_round_trip_through_latin_and_the_zone(text):
    latin = names.latin(text)
    surname, *rest = latin.upper().split()
    zone = f"{surname}<<{'<'.join(rest)}".ljust(39, "<")[:39]

    for form in (latin, latin.upper(), latin.lower(), zone):
        match = names.compare(text, form)
        assert match.same, (form, match.score, match.reasons)


@given(invented)
def test_turned_order_and_left_out_patronymic_change_nothing(text):
    words = text.split()

    assert names.compare(text, " ".join([*words[1:], words[0]])).score == 1.0
    assert names.compare(text, " ".join(words[:2])).score == 1.0


@given(invented, st.sampled_from(["\u200b", "\u202e", "\ufeff", "\u0301", "\x00"]))
def test_invisible_characters_and_stress_marks_change_nothing(text, mark):
    dirty = mark.join(text)

    assert names.compare(text, dirty).score == 1.0


@pytest.mark.parametrize(
    ("a", "b", "code"),
    [
        ("Асанов Бакыт", "Асанов Бакыт", "surname_same"),
        ("Асанов Бакыт", "ASANOV BAKYT", "surname_same_sound"),
        ("Қодиров Ғайрат", "Kadyrov Gayrat", "surname_same_sound"),
        ("Асанов Кубанычбек", "ASANOV KUBANYHCBEK", "given_typo"),
        ("Асанов Бакыт", "Асанов Эркин", "given_different"),
        ("Асанов Бакыт Эркинович", "Асанов Бакыт", "patronymic_left_out"),
        ("Асанов Бакыт Эркинович", "Асанов Бакыт Асанович", "patronymic_different"),
        ("Асанов Бакыт Эркинович", "Асанов Бакыт Эркин уулу", "patronymic_same_sound"),
        ("Асанов Бакыт", "Бакыт Асанов", "order_turned"),
        ("Асанов Бакыт", "АсановБакыт", "spaces_differ"),
        ("Асанов Бакыт", "Асанова Бакыт", "sex_differs"),
        ("Асанов Бакыт", "Асан уулу Бакыт", "surname_for_patronymic"),
        ("Асанов Бакыт", "Асанов Б.", "given_initial"),
        ("Асанов Бакыт", "Асанов", "given_left_out"),
        ("Асанов Бакыт", "Бакыт", "surname_left_out"),
        ("Иванова-Краснова Лидия", "Иванова Лидия", "surname_half"),
        (
            "Абдыкадырова Жаркынай Кубанычбековна",
            "ABDYKADYROVA<<ZHARKYNAI<KUBANY",
            "patronymic_cut_off",
        ),
    ],
)
def test_each_finding_has_its_code(a, b, code):
    codes = [reason.code for reason in names.compare(a, b).reasons]

    assert code in codes


def test_a_reason_names_both_parts_in_the_order_asked():
    forward = names.compare("Асан уулу Бакыт", "Асанов Бакыт").reasons[0]
    backward = names.compare("Асанов Бакыт", "Асан уулу Бакыт").reasons[0]

    assert (forward.a, forward.b) == ("Асан", "Асанов")
    assert (backward.a, backward.b) == ("Асанов", "Асан")


def test_father_and_son_are_two_people():
    assert not names.compare("Асан уулу Бакыт", "BAKYT UULU ASAN").same
    assert not names.compare("Пак Роман Юрьевич", "Пак Юрий Романович").same


@pytest.mark.parametrize(
    "text",
    ["", " ", "\u200b", "12345", "<<<<", "-", "'", ",", "()", "ь", "уулу", "< <"],
)
def test_a_text_without_a_name_is_like_nothing_but_itself(text):
    assert names.compare(text, text).score == 1.0
    assert not names.compare(text, "Асанов Бакыт").same


def test_names_in_scripts_without_our_sounds_are_compared_by_their_letters():
    assert names.compare("محمد علی", "محمد علی").same
    assert not names.compare("محمد علی", "حسن علی").same


def test_ten_megabytes_of_name_cost_no_more_than_a_line():
    huge = "Асанов Бакыт " * 800_000

    match = names.compare(huge, huge[::-1])

    assert 0.0 <= match.score <= 1.0
    assert len(names.fold(huge).text) <= 120
