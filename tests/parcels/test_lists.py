"""A family's list survives the way through a QR code, and damage never passes."""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from darbaza.kernel.errors import Invalid
from darbaza.kernel.ids import ALPHABET
from darbaza.parcels import lists
from darbaza.parcels.lists import Listed

TEA = [Listed("tea", 2, 200), Listed("canned_meat", 4, 2000), Listed("a4.x-9", 1)]
LINES = st.builds(
    Listed,
    st.from_regex(lists.CODE, fullmatch=True),
    st.integers(1, lists.MOST_PIECES),
    st.integers(0, lists.MOST_GRAMS),
)


def test_the_text_is_what_the_first_version_said():
    """Lists printed at home last year are still read."""
    assert lists.encode(TEA) == ["PL1:K40Z2RC20DD43TC40KZ4GX70X4WQVX9Z10ADQ"]


@given(st.lists(LINES, min_size=1, max_size=lists.MOST))
def test_every_list_comes_back_as_it_was_written(lines):
    texts = lists.encode(lines)

    assert [one for text in texts for one in lists.decode(text)] == lines
    for text in texts:
        assert set(text) <= {*ALPHABET, *lists.PREFIX}
        assert len(text) <= lists.ROOM + len(lists.PREFIX) + 3


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda text: text.lower(),
        lambda text: f"  {text}\r\n",
        lambda text: text.replace(":", "Ж"),
        lambda text: text.replace(":", ""),
        lambda text: text.replace("1", "I").replace("0", "o"),
        "-".join,
    ],
)
def test_what_readers_and_people_do_to_a_code_is_forgiven(spoilt):
    (text,) = lists.encode(TEA)

    assert lists.is_list(spoilt(text))
    assert lists.decode(spoilt(text)) == TEA


@given(st.text() | st.text(alphabet=ALPHABET + "PL1: ", max_size=600))
@example("")
@example("PL1:")
@example("PL1:" + "Z" * 5_000)
@example("😀" * 5_000)
def test_any_text_is_a_list_or_a_typed_refusal(text):
    for asked in (text, f"PL1:{text}"):
        with suppress(Invalid):
            assert 0 < len(lists.decode(asked)) <= lists.MOST


@given(st.text(alphabet=ALPHABET, min_size=1, max_size=200))
def test_a_forged_check_sum_opens_nothing_but_a_list(body):
    text = f"PL1:{body}{lists._check(body)}"
    try:
        found = lists.decode(text)
    except Invalid:
        return
    assert [one for code in lists.encode(found) for one in lists.decode(code)] == found


def test_one_wrong_sign_is_noticed():
    (text,) = lists.encode(TEA)
    for place in range(len(lists.PREFIX), len(text)):
        other = ALPHABET[(ALPHABET.index(text[place]) + 1) % 32]
        with pytest.raises(Invalid, match="list_unreadable"):
            lists.decode(text[:place] + other + text[place + 1 :])


def test_more_than_a_list_may_hold_is_told_as_such():
    body = "".join(lists._body(Listed("tea", 1)) for _ in range(lists.MOST + 1))
    with pytest.raises(Invalid, match="list_too_long"):
        lists.decode(f"PL1:{body}{lists._check(body)}")


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "list_empty"),
        ([Listed("tea", 1)] * 41, "list_too_long"),
        ([Listed("", 1)], "list_goods_unknown"),
        ([Listed("Tea", 1)], "list_goods_unknown"),
        ([Listed("чай", 1)], "list_goods_unknown"),
        ([Listed("tea", 0)], "list_goods_unknown"),
        ([Listed("tea", 10_000)], "list_goods_unknown"),
        ([Listed("tea", 1, -1)], "list_goods_unknown"),
        ([Listed("tea", 1, 1_000_001)], "list_goods_unknown"),
    ],
)
def test_what_no_list_can_hold_is_refused(lines, code):
    with pytest.raises(Invalid, match=code):
        lists.encode(lines)


def test_a_list_of_an_ordinary_package_is_one_scan():
    package = [Listed("canned_meat", 10, 5000)] * 15
    assert len(lists.encode(package)) == 1
