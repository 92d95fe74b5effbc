"""How readers deliver a zone: framing, layouts, case, order, several at once."""

import pytest

from darbaza.persons import mrz
from darbaza.persons.mrz import command
from darbaza.persons.mrz.types import Error, Trust
from tests.persons.mrz.test_parsing import KYRGYZ, MRVA, MRVB, TD1, TD2, TD3

US = "QWERTYUIOPASDFGHJKLZXCVBNM<"
FRENCH = str.maketrans("AQZWM<0123456789", "QAWZ?.à&é\"'(-è_ç")
RUSSIAN = str.maketrans(US, "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬБ")
GERMAN = str.maketrans("YZ<", "ZY;")
PLAIN_VISA = (MRVA[0], MRVA[1].replace("ZE184226B", "CE184226B"))  # Y and Z see below
ALL = [TD1, TD2, TD3, PLAIN_VISA, KYRGYZ]
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
    "Turkish layout": lambda lines: "\r".join(lines).replace("<", "Ö"),
    "Turkish layout, lower": lambda lines: (
        "\r".join(lines).lower().replace("<", "ö").replace("i", "ı")
    ),
    "French layout": lambda lines: "\r".join(lines).translate(FRENCH),
    "French layout, lower": lambda lines: "\r".join(lines).translate(FRENCH).lower(),
    "Italian layout": lambda lines: "\r".join(lines).replace("<", ";"),
    "shift lost": lambda lines: "\r".join(lines).lower().replace("<", ","),
    "Cyrillic look-alikes": lambda lines: "\r".join(lines).replace("A", "А"),
    "a label before": lambda lines: "MRZ:\r" + "\r".join(lines),
    "typed twice": lambda lines: "\r".join([*lines, *lines]),
    "reversed": lambda lines: "\r".join(reversed(lines)),
    "reader identifier": lambda lines: "]L0" + "\r".join(lines),
    "identifier, no line ends": lambda lines: "]L0" + "".join(lines),
    "signs round every line": lambda lines: "\r".join(f"]o1{line}#" for line in lines),
    "numbered lines": lambda ls: "\n".join(f"{n}: {one}" for n, one in enumerate(ls)),
    "quoted": lambda lines: ",".join(f'"{line}"' for line in lines),
    "separated": ";".join,
    "blanks for fillers": lambda lines: "\n".join(lines).replace("<", " "),
    "hard blanks for fillers": lambda ls: "\n".join(ls).replace("<", "\xa0"),
    "numbers for signs": lambda lines: "\n".join(lines).replace("<", "&#60;"),
    "two bytes a character": lambda lines: "\x00".join("\n".join(lines)),
    "broken off at first": lambda lines: "\r".join(lines)[:40] + "\r".join(lines),
    "each line twice": lambda lines: "\r".join(one for one in lines for _ in "12"),
    "twice, no line ends": lambda lines: "".join([*lines, *lines]),
    "a filler too many": lambda lines: "\r".join(lines) + "<",
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


def test_a_line_that_lost_a_character_is_refused():
    assert mrz.parse("\r".join([TD3[0], TD3[1][1:]])).trust is Trust.NONE


def test_two_documents_are_two_and_never_mixed():
    text = "\r".join([*TD3, *TD1])

    assert mrz.parse(text).error is Error.SEVERAL
    assert [d.lines for d in mrz.parse_all(text)] == [TD3, TD1]


def test_two_documents_interleaved_are_refused():
    text = "\r".join([TD3[0], KYRGYZ[0], TD3[1], KYRGYZ[1]])

    assert [d.error for d in mrz.parse_all(text)] == [Error.SEVERAL]


def test_a_line_too_many_may_be_somebody_elses():
    """No check digit tells whose name stands above a number."""
    assert mrz.parse("\r".join([KYRGYZ[0], *TD3])).error is Error.SEVERAL
    assert mrz.parse("\r".join([*TD3, TD3[0]])).trust is Trust.SURE


@pytest.mark.parametrize("filler", [";", ","])
def test_y_and_z_that_no_check_digit_covers_are_to_be_compared(filler):
    """A semicolon is a German filler and an Italian one; only one of them swaps."""
    document = mrz.parse("\r".join(MRVA).translate(str.maketrans("<", filler)))

    assert document.trust is Trust.COMPARE
    assert document.remarks == ("several_readings",)


def test_a_line_of_another_length_needs_the_structure_of_its_format():
    """A passport whose line lost a filler is no identity card with a cut line."""
    for lines in (TD1, TD2, TD3, MRVA, MRVB, KYRGYZ):
        short = mrz.parse("\r".join([lines[0][:-1], *lines[1:]]))
        long = mrz.parse("\r".join([lines[0] + "<", *lines[1:]]))
        assert short.lines == long.lines == lines
        assert short.remarks == long.remarks == ("mended_length",)


@pytest.mark.parametrize("lines", [TD1, TD2, TD3, MRVA, MRVB, KYRGYZ])
def test_a_reader_may_drop_the_fillers_at_the_end_of_every_line(lines):
    document = mrz.parse("\r".join(line.rstrip("<") for line in lines))

    assert document.lines == lines
    assert document.trust is (Trust.SURE if lines[0][-1] != "<" else Trust.COMPARE)


def test_blank_lines_part_documents_and_may_stand_within_one():
    text = "\n\n".join(["\n".join(TD3), TD1[0], TD1[1], TD1[2], "\r\n".join(TD2)])

    told = list(command.parsed(text))

    assert [one["mrz"] for one in told] == [list(TD3), list(TD1), list(TD2)]


def test_a_damaged_document_does_not_swallow_the_next():
    told = list(command.parsed("rubbish\n\n" + "\n".join(TD3)))

    assert [one["trust"] for one in told] == ["none", "sure"]
    assert told[0]["error"] == "no_zone"
