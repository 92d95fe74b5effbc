"""``darbaza parse-mrz`` and ``darbaza read-document``: the words others rely on."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from darbaza.demo.specimens import SPECIMENS
from darbaza.persons.mrz import command
from tests.persons.mrz.test_parsing import TD1, TD3

FIELDS = {
    *("file", "mrz", "format", "document_code", "issuer", "document_number"),
    *("birth_date", "birth_on", "sex", "expiry_date", "expires_on", "nationality"),
    *("surname", "given_names", "optional1", "optional2", "personal_number"),
    *("trust", "repaired", "seconds"),
}


class _Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def parsed(monkeypatch, data: bytes, *options: str) -> list[str]:
    monkeypatch.setattr("sys.stdin", _Stdin(data))
    out = io.StringIO()
    try:
        call_command("parse_mrz", *options, stdout=out)
    finally:
        lines = out.getvalue().splitlines()
    return lines


def test_parse_mrz_prints_one_object_a_document(monkeypatch):
    text = "\r\n".join(TD3) + "\r\n\r\n" + "\r\n".join(TD1)

    told = [json.loads(x) for x in parsed(monkeypatch, text.encode(), "--json")]

    assert [one["mrz"] for one in told] == [list(TD3), list(TD1)]
    assert set(told[0]) >= FIELDS
    assert told[0]["document_number"] == "L898902C3"
    assert told[0]["birth_on"] == "1974-08-12"
    assert told[0]["trust"] == "sure"
    assert "error" not in told[0]


def test_parse_mrz_without_json_is_a_line_for_people(monkeypatch):
    (line,) = parsed(monkeypatch, "\n".join(TD3).encode())

    assert line == "sure | TD3 | UTO | L898902C3 | ERIKSSON ANNA MARIA | 1974-08-12"


@pytest.mark.parametrize("encode", ["utf-8", "utf-8-sig", "utf-16", "cp1251"], ids=str)
def test_any_encoding_of_a_cyrillic_layout_is_read(encode):
    typed = "\n".join(TD3).translate(
        str.maketrans("QWERTYUIOPASDFGHJKLZXCVBNM<", "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬБ")
    )

    told = list(command.parsed(command.decoded(typed.encode(encode))))

    assert told[0]["mrz"] == list(TD3)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no text on standard input"),
        (b"\n \n", "no text on standard input"),
        (b"hello", "document 1: no_zone"),
        (b"A" * 5_000, "document 1: too_long"),
        (b"A" * (command.MOST_INPUT_BYTES + 1), "more than"),
    ],
)
def test_parse_mrz_refuses_what_is_none_in_one_line(monkeypatch, data, message):
    with pytest.raises(CommandError, match=message):
        parsed(monkeypatch, data, "--json")


@pytest.mark.slow
def test_read_document_prints_one_object_an_image():
    out = io.StringIO()

    call_command("read_document", str(SPECIMENS[2].path), "--json", stdout=out)

    told = json.loads(out.getvalue())
    assert set(told) >= FIELDS
    assert told["file"] == str(SPECIMENS[2].path)
    assert told["mrz"] == list(SPECIMENS[2].lines)
    assert told["seconds"] > 0


@pytest.mark.slow
def test_read_document_goes_on_after_a_missing_file(tmp_path):
    out = io.StringIO()
    missing = str(tmp_path / "none.jpg")

    with pytest.raises(CommandError, match=r"none\.jpg: no_file"):
        call_command("read_document", missing, str(SPECIMENS[0].path), stdout=out)

    lines = out.getvalue().splitlines()
    assert lines[0].endswith("none | no_file")
    assert "ASANOVA" in lines[1]
