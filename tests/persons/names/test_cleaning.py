"""What is stored of a typed name, how it reads in Latin, how it sorts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darbaza.persons import names


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Асанов \t Бакыт\n", "Асанов Бакыт"),
        ("Аса\u200bнов\u200f \u202eБакыт\u202c", "Асанов Бакыт"),
        ("Семе\u0308нов", "Семёнов"),
        ("Bakyt\x00\x1b[31m", "Bakyt[31m"),
        ("O‘tkir Yo‘ldosh", "O‘tkir Yo‘ldosh"),
        ("А" + "\u0301" * 50 + "сан", "А\u0301\u0301сан"),
        ("\ud800Асан", "Асан"),
        ("", ""),
    ],
)
def test_a_typed_name_is_cleaned_and_never_rewritten(typed, stored):
    assert names.clean(typed) == stored


@given(st.text())
def test_a_clean_name_is_normal_short_and_stays_as_it_is(text):
    cleaned = names.clean(text)

    assert names.clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert len(cleaned) <= 120
    assert not any(unicodedata.category(char)[0] == "C" for char in cleaned)


def test_ten_megabytes_are_cut():
    assert len(names.clean("Ж" * 10_000_000)) == 120


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Жээнбеков Сооронбай", "Zheenbekov Sooronbai"),
        ("Щербакова Юлия", "Shcherbakova Iuliia"),
        ("ӨСКӨНОВ Чыңгыз", "OSKONOV Chyngyz"),
        ("Хайдаров Пётр", "Khaidarov Petr"),
        ("Smith-Иванов", "Smith-Ivanov"),
    ],
)
def test_latin_follows_the_passport_table(cyrillic, latin):
    assert names.latin(cyrillic) == latin


def test_kyrgyz_letters_sort_in_their_places():
    wanted = ["Нурлан", "Ңара", "Омор", "Өмүр", "Павел", "Улан", "Үмүт", "Фатима"]

    assert sorted(wanted, key=names.cyrillic_sort_key) == wanted


def test_yo_sorts_after_ye_and_capitals_do_not_matter():
    names_in_order = ["Егор", "елена", "Ёлкин", "жанна"]

    assert sorted(names_in_order, key=names.cyrillic_sort_key) == names_in_order
