"""The code on a pass: read back in every way people type it, refused when forged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darbaza.gate import codes


def test_a_printed_code_gives_its_number_back():
    number = codes.new_number()
    assert codes.number_of(codes.printed(number)) == number


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        lambda text: text.removeprefix("DZ1:"),
        " ".join,
        lambda text: text.replace("0", "O").replace("1", "L", 9),
        lambda text: f"\x02{text}\r\n",
    ],
    ids=["lower case", "without prefix", "with spaces", "look-alikes", "framed"],
)
def test_a_code_is_read_however_it_arrives(change):
    number = codes.new_number()
    assert codes.number_of(change(codes.printed(number))) == number


@given(st.text(max_size=120))
def test_no_text_is_read_as_a_code_by_chance_nor_breaks_the_reader(text):
    assert codes.number_of(text) is None


@given(st.integers(min_value=4, max_value=27), st.sampled_from("0123456789ABCDEF"))
def test_a_code_with_one_character_changed_is_refused(place, character):
    code = codes.printed("7KQ3F9X2M4N8P6RS")
    changed = code[:place] + character + code[place + 1 :]
    assert changed == code or codes.number_of(changed) is None
