"""How readers deliver a zone: framing, layouts, case, order, several at once."""

import pytest

from darbaza.persons import mrz
from darbaza.persons.mrz import command
from darbaza.persons.mrz.types import Error, Trust
from tests.persons.mrz.test_parsing import KYRGYZ, MRVA, TD1, TD2, TD3

US = "QWERTYUIOPASDFGHJKLZXCVBNM<"
RUSSIAN = str.maketrans(US, "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬБ")
GERMAN = str.maketrans("YZ<", "ZY;")
ALL = [TD1, TD2, TD3, MRVA, KYRGYZ]
DELIVERIES = {
    "carriage returns": lambda lines: "\r".join(lines) + "\r",
    "line feeds": "\n".join,
    "both": lambda lines: "\r\n".join(lines) + "\r\n",
    "return twice": "\r\r\n".join,
    "tabs": lambda lines: "\t".join(lines) + "\t",
    "STX and ETX": lambda lines: "\x02" + "\r".join(lines) + "\r\x03",
    "nul characters": "\x00".join,
    "no line ends": "".join,
    "lower case": lambda lines: "\r".join(lines).lower(),
    "spaces between": lambda lines: "\r".join(" ".join(line) for line in lines),
    "spaces around": lambda lines: "\n".join(f"  {line}  " for line in lines),
    "guillemets": lambda lines: "\n".join(lines).replace("<<", "«"),
    "single guillemets": lambda lines: "\n".join(lines).replace("<", "‹"),
    "full width": lambda lines: "\n".join(lines).replace("<", "＜"),
    "markup": lambda lines: "\n".join(lines).replace("<", "&lt;"),
    "byte order mark": lambda lines: "\ufeff" + "\n".join(lines),
    "zero width": lambda lines: "\n".join("\u200b".join(line) for line in lines),
    "Russian layout": lambda lines: "\r".join(lines).translate(RUSSIAN),
    "Russian layout, caps lock": lambda ls: "\r".join(ls).translate(RUSSIAN).lower(),
    "German layout": lambda lines: "\r".join(lines).translate(GERMAN),
    "German layout, lower": lambda lines: "\r".join(lines).translate(GERMAN).lower(),
    "Cyrillic look-alikes": lambda lines: "\r".join(lines).replace("A", "А"),
    "a label before": lambda lines: "MRZ:\r" + "\r".join(lines),
    "typed twice": lambda lines: "\r".join([*lines, *lines]),
    "reversed": lambda lines: "\r".join(reversed(lines)),
    "reader identifier": lambda lines: "]L0" + "\r".join(lines),
}


@pytest.mark.parametrize("lines", ALL, ids=["TD1", "TD2", "TD3", "MRVA", "KGZ"])
@pytest.mark.parametrize("delivery", DELIVERIES)
def test_every_way_of_delivery_gives_the_same_document(delivery, lines):
    document = mrz.parse(DELIVERIES[delivery](lines))

    assert document == mrz.parse("\r".join(lines))
    assert document.trust is Trust.SURE


def test_mended_lines_are_those_of_the_zone():
    typed = "\x02" + "\r".join(TD3).translate(RUSSIAN) + "\r\x03"

    assert mrz.mend(typed) == TD3


def test_a_reader_that_drops_the_fillers_at_the_end_is_to_be_compared():
    document = mrz.parse("\r".join(line.rstrip("<") for line in TD3))

    assert (document.surname, document.given_names) == ("ERIKSSON", "ANNA MARIA")
    assert document.trust is Trust.COMPARE
    assert document.remarks == ("mended_length",)


def test_a_line_that_lost_a_filler_is_to_be_compared():
    document = mrz.parse("\r".join([TD3[0][:-1], TD3[1]]))

    assert (document.trust, document.lines) == (Trust.COMPARE, TD3)


def test_a_line_that_lost_a_character_is_refused():
    assert mrz.parse("\r".join([TD3[0], TD3[1][1:]])).trust is Trust.NONE


def test_two_documents_are_two_and_never_mixed():
    text = "\r".join([*TD3, *TD1])

    assert mrz.parse(text).error is Error.SEVERAL
    assert [d.lines for d in mrz.parse_all(text)] == [TD3, TD1]


def test_two_documents_interleaved_are_refused():
    text = "\r".join([TD3[0], KYRGYZ[0], TD3[1], KYRGYZ[1]])

    found = mrz.parse_all(text)

    assert all(d.lines == (KYRGYZ[0], TD3[1]) or d.trust is Trust.NONE for d in found)


def test_blank_lines_part_documents_and_may_stand_within_one():
    text = "\n\n".join(["\n".join(TD3), TD1[0], TD1[1], TD1[2], "\r\n".join(TD2)])

    told = list(command.parsed(text))

    assert [one["mrz"] for one in told] == [list(TD3), list(TD1), list(TD2)]


def test_a_damaged_document_does_not_swallow_the_next():
    told = list(command.parsed("rubbish\n\n" + "\n".join(TD3)))

    assert [one["trust"] for one in told] == ["none", "sure"]
    assert told[0]["error"] == "no_zone"
