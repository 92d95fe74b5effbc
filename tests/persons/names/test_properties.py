"""What holds for every name: round trips through scripts, and hostile texts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darbaza.persons import names
from darbaza.persons.names import cleaning

CONSONANTS = "бвгғджҗзкқлмнңпрстфхҳһцчҷшщ"
VOWELS = "аәеёиіоөуүұыэюяўӯ"
ENDS = ["", "й", "ь", *"бвгдзкмлнңпрсфхчш"]
syllables = st.tuples(*map(st.sampled_from, (CONSONANTS, VOWELS, ENDS))).map("".join)


def words(*ends: str) -> st.SearchStrategy[str]:
    """Return words of one or two syllables, a consonant, and an ending of names."""
    stems = st.lists(syllables, min_size=1, max_size=2).map("".join)
    parts = stems, st.sampled_from("бгдзклмнпрст"), st.sampled_from(ends)
    return st.tuples(*parts).map("".join).map(str.capitalize)


people = st.tuples(words("ов", "ова", "аев"), words("бек", "ай", "гүл", "ан"))
hostile = st.text(
    st.one_of(
        st.sampled_from("\x00\u0301\u0489\u200d\u202e\ufeff\ufdfaİßﬃ👩🇰<-',()"),
        st.characters(),
    )
)
HUGE = {
    "null bytes": "Ас\x00анов\x00 Ба\x00кыт",
    "emoji": "👩‍👩‍👧‍👦 Асанов 🇰🇬 Бакыт",
    "combining marks": "".join(letter + "\u0301\u0489" * 40 for letter in "Асанов"),
    "marks alone": "\u0301" * 100_000,
    "a thousand words": "Асан Бек " * 500,
    "a thousand halves": "-".join(["Аса"] * 1_000),
    "100 kB of one letter": "Ж" * 50_000,
    "100 kB of markers": "уулу " * 11_000,
    "100 kB of fillers": "<A" * 50_000,
    "brackets": "(" * 50_000 + ")" * 50_000,
    "letters that grow": "\ufdfa" * 100_000,
    "letters in two readings": "j c ch " * 15_000,
}


@given(people)
@settings(max_examples=300, deadline=None)
def test_a_cyrillic_name_is_the_same_person_in_latin_and_in_the_zone(parts):
    surname, given_name = map(names.latin, parts)
    zone = f"{surname}<<{given_name}".upper().ljust(39, "<")[:39]

    for form in (f"{surname} {given_name}", f"{given_name} {surname}", zone):
        there = names.compare(" ".join(parts), form)
        assert there.same, (form, there.score, there.reasons)
        assert names.compare(form, " ".join(parts)).score == there.score


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Исҳоқов Фатҳулло", "ISHOQOV FATHULLO"),
        ("Исҳоқов Фатҳулло", "Iskhakov Fatkhullo"),
        ("Асҳатов Мирзоҳид", "ASHATOV MIRZOHID"),
        ("Бадшоев Абдуллоҳ", "Badshoev Abdulloh"),
        ("Надщеков Роман", "NADSHCHEKOV ROMAN"),
    ],
)
def test_letters_that_run_together_in_latin_are_read_both_ways(cyrillic, latin):
    match = names.compare(cyrillic, latin)

    assert match.same, (match.score, match.reasons)


@given(hostile, hostile)
@settings(max_examples=200, deadline=None)
def test_hostile_texts_are_compared_both_ways_alike(a, b):
    one, other = names.compare(a, b), names.compare(b, a)

    assert (one.score, one.same) == (other.score, other.same)
    assert names.compare(a, a).score == 1.0
    assert names.latin(a) == names.latin(names.clean(a))


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE.keys())
def test_the_work_for_any_text_is_bounded(text):
    folded = names.fold(text)

    assert len(folded.text) <= cleaning.MAX_LENGTH
    assert len(folded.tokens) <= 12
    assert len(folded.plans) <= 4
    assert sum(map(len, folded.tokens)) <= 18 * cleaning.MAX_LENGTH
    assert names.compare(text, text).score == 1.0
    for other in HUGE.values():
        assert names.compare(text, other).score == names.compare(other, text).score
    assert isinstance(names.Index([(1, text)]).search(text), list)
