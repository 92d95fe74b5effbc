"""The command ``darbaza match-names``: JSON lines in, JSON lines out."""

import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command


def run(monkeypatch, lines: bytes, *arguments: str) -> list[dict[str, object]]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    out = io.StringIO()
    call_command("match_names", *arguments, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def line(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def test_each_pair_gets_its_score_and_verdict(monkeypatch):
    lines = line(id="1", a="Асанов Бакыт", b="ASANOV<<BAKYT<<<<") + b"\n"
    lines += line(id=2, a="Асан уулу Бакыт", b="BAKYT UULU ASAN")

    same, other = run(monkeypatch, lines, "--json")

    assert same == {"id": "1", "score": 1.0, "match": True}
    assert (other["id"], other["match"]) == (2, False)
    assert 0.0 <= other["score"] < 0.5


def test_reasons_are_given_when_asked(monkeypatch):
    (found,) = run(
        monkeypatch, line(id=1, a="Ким Пётр", b="KIM PETR"), "--json", "--reasons"
    )

    assert found["reasons"] == [
        ["surname_same_sound", "Ким", "Kim"],
        ["given_same_sound", "Пётр", "Petr"],
    ]


def test_a_byte_order_mark_and_no_lines_are_fine(monkeypatch):
    assert run(monkeypatch, b"") == []
    assert run(monkeypatch, b"\xef\xbb\xbf" + line(id=1, a="A", b="B"))[0]["id"] == 1


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (b"nonsense\n", "line 1: not JSON"),
        (b"\n[1, 2]\n", 'line 2: an object with "id", "a" and "b" is wanted'),
        (line(id=1, a="Асанов"), 'line 1: "a" and "b" must be texts'),
        (line(id=1, a=3, b="x"), 'line 1: "a" and "b" must be texts'),
        (line(a="x", b="y"), 'line 1: an object with "id", "a" and "b" is wanted'),
        (b"\xff\xfe\n", "line 1: not UTF-8"),
        (b"x" * 200_000, "line 1: longer than 100000 bytes"),
        (b"[" * 90_000 + b"\n", "line 1: not JSON"),
    ],
)
def test_bad_input_stops_with_one_clear_line(monkeypatch, lines, message):
    with pytest.raises(CommandError) as error:
        run(monkeypatch, lines)

    assert str(error.value) == message
