"""Lists of prisoners, contacts, bans and users: good, wrong, twice, undone, hostile."""

import io
import zipfile
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from openpyxl import load_workbook

from darbaza.accounts.models import User
from darbaza.audit.models import Event
from darbaza.custody.imports import reading, services, texts
from darbaza.custody.imports.types import Upload
from darbaza.custody.models import (
    Contact,
    ImportBatch,
    ImportRow,
    Prisoner,
    Restriction,
)
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.persons.models import Person
from tests import cast

HEAD = "Номер дела;Фамилия;Имя;Пол;Дата рождения;Статус;Режим;Приказ;Дата прибытия"
GOOD = "901-1;Осмонов;Нурлан;м;12.03.1985;осужден;строгий;12-к;22.11.2024"
OTHER = "901-2;Асанова;Айгүл;ж;1990-05-01;осужден;общий;13-к;2024-11-22"
CONTACTS = (
    "Номер осужденного;Фамилия;Имя;Дата рождения;Родство;Одобрен\n"
    "901-1;Осмонова;Жылдыз;01.02.1987;жена;да"
)
BANS = (
    "Номер осужденного;Фамилия;Имя;Дата рождения;Вид;Основание;С;Причина;Орган;Приказ\n"
    "901-1;Бакиров;Талант;03.04.1980;запрет;суд;22.11.2026;решение;суд;45"
)
USERS = "Логин;ФИО;Роль\na.osmonov;Осмонов Азамат;инспектор"


def run(kind, text, by=cast.REGISTRAR, *, until="done"):
    """Return a batch after its walks; text becomes UTF-8."""
    data = text if isinstance(text, bytes) else text.encode()
    file = Upload("list.csv", data)
    batch = services.upload(kind, file, request_id=uuid4(), by=by, at=cast.NINE)
    services.match(batch.pk, batch.columns, by=by, at=cast.NINE)
    walk(batch, by)
    if until == "done":
        services.begin(batch.pk, by=by, at=cast.NINE)
        walk(batch, by)
    batch.refresh_from_db()
    return batch


def walk(batch, by=cast.REGISTRAR):
    while services.walk(batch.pk, by=by, at=cast.NINE):
        pass


def states(batch):
    return list(batch.rows.order_by("line").values_list("status", flat=True))


def codes(batch):
    rows = batch.rows.order_by("line")
    return [[p["code"] for p in row.problems] for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_prisoners_are_admitted_with_their_events(colony, clock, encoding):
    text = f"{HEAD}\n{GOOD}".replace("ү", "у")

    batch = run("prisoners", text.encode(encoding))

    file = Prisoner.objects.select_related("person").get()
    assert (file.number, file.regime, file.person.sex) == (
        "901-1",
        "colony_strict",
        "M",
    )
    assert states(batch) == ["made"]
    assert Event.objects.filter(type="prisoner.admitted").count() == 1
    assert batch.rows.get().cells == []


def test_the_same_file_again_changes_nothing(colony, clock):
    run("prisoners", f"{HEAD}\n{GOOD}\n{OTHER}")

    again = run("prisoners", f"{HEAD}\n{GOOD}\n{OTHER}")

    assert states(again) == ["present", "present"]
    assert Person.objects.count() == Prisoner.objects.count() == 2


def test_a_wrong_row_says_in_words_what_and_where(colony, clock):
    bad = "901-3;Иванов;;м;31.02.1985;осужден;какой-то;;22.11.2024"

    batch = run("prisoners", f"{HEAD}\n{bad}\n{GOOD}")

    assert states(batch) == ["wrong", "made"]
    row = batch.rows.get(status="wrong")
    assert codes(batch)[0] == ["cell_no_date", "cell_unknown_word", "cell_missing"]
    assert "31.02.1985" in texts.problems(row.problems)


def test_two_rows_of_one_number_are_told(colony, clock):
    batch = run("prisoners", f"{HEAD}\n{GOOD}\n{GOOD}")

    assert states(batch) == ["made", "wrong"]
    assert codes(batch)[1] == ["twice_in_file"]


def test_a_walk_cut_off_goes_on_where_it_stopped(colony, clock, monkeypatch):
    monkeypatch.setattr("darbaza.custody.imports.walking.CHUNK", 1)
    batch = run("prisoners", f"{HEAD}\n{GOOD}\n{OTHER}", until="checked")
    services.begin(batch.pk, by=cast.REGISTRAR, at=cast.NINE)
    services.walk(batch.pk, by=cast.REGISTRAR, at=cast.NINE)
    assert states(batch) == ["made", "new"]

    walk(batch)

    assert states(batch) == ["made", "made"]
    assert Prisoner.objects.count() == 2


def test_undoing_withdraws_files_and_frees_their_numbers(colony, clock):
    batch = run("prisoners", f"{HEAD}\n{GOOD}")

    undo(batch)

    assert Prisoner.objects.get().status == "withdrawn"
    assert states(batch) == ["withdrawn"]
    assert states(run("prisoners", f"{HEAD}\n{GOOD}")) == ["made"]


def undo(batch, by=cast.REGISTRAR, *, keep=False):
    services.undo(batch.pk, "wrong file", keep_worked=keep, by=by, at=cast.NINE)
    walk(batch, by)


def test_undoing_is_refused_where_later_work_stands(colony, clock):
    batch = run("prisoners", f"{HEAD}\n{GOOD}\n{OTHER}")
    run("contacts", CONTACTS)

    with pytest.raises(Conflict) as refused:
        undo(batch)
    undo(batch, keep=True)

    assert refused.value.figures["lines"] == [2]
    assert states(batch) == ["kept", "withdrawn"]


def test_contacts_are_approved_repeated_and_ended(colony, clock):
    run("prisoners", f"{HEAD}\n{GOOD}")

    batch = run("contacts", CONTACTS)

    assert Contact.objects.get().status == "approved"
    assert states(run("contacts", CONTACTS)) == ["present"]
    undo(batch)
    assert Contact.objects.get().status == "ended"


def test_bans_are_entered_repeated_and_lifted(colony, clock):
    run("prisoners", f"{HEAD}\n{GOOD}")

    batch = run("bans", BANS)

    assert Restriction.objects.get().kind == "banned"
    assert states(run("bans", BANS)) == ["present"]
    undo(batch)
    assert Restriction.objects.get().lifted_at


def test_users_get_passwords_that_are_shown_once(colony, clock):
    batch = run("users", USERS, cast.ADMINISTRATOR)
    handed = services.hand_passwords(batch.pk, by=cast.ADMINISTRATOR, at=cast.NINE)
    again = services.hand_passwords(batch.pk, by=cast.ADMINISTRATOR, at=cast.NINE)

    user = User.objects.get(username="a.osmonov")
    assert user.check_password(handed[0][1])
    assert again == []
    undo(batch, cast.ADMINISTRATOR)
    user.refresh_from_db()
    assert user.ended_at


def test_a_batch_does_not_exist_for_another_institution(colony, other_colony, clock):
    batch = run("prisoners", f"{HEAD}\n{GOOD}", until="checked")

    with pytest.raises(NotFound):
        services.begin(batch.pk, by=cast.OUTSIDER, at=cast.NINE)
    assert not Prisoner.objects.exists()


@pytest.mark.parametrize(
    ("kind", "actor"),
    [
        ("prisoners", cast.GATE_OFFICER),
        ("prisoners", cast.ADMINISTRATOR),
        ("users", cast.REGISTRAR),
    ],
)
def test_who_may_not_write_it_may_not_take_it_over(colony, clock, kind, actor):
    with pytest.raises(Forbidden):
        run(kind, f"{HEAD}\n{GOOD}", actor)
    assert not ImportRow.objects.exists()


def bomb(name="xl/workbook.xml", content=b"0" * 30_000_000):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbb">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (bytes(range(256)) * 40, "file_unreadable"),
        (b"PK\x03\x04 no archive", "file_unreadable"),
        (bomb(), "file_is_a_bomb"),
        (bomb(content=ENTITIES), "file_is_a_bomb"),
        (b"a;b\n", "file_without_lines"),
        (b"a;b\n" + b'"' + b"x" * 1_000_000, "line_unreadable"),
        (b";".join([b"a"] * 99) + b"\n1", "too_many_columns"),
    ],
)
def test_a_hostile_file_is_refused_in_words(data, code):
    with pytest.raises(Invalid) as refused:
        reading.sheet(Upload("x.xlsx", data))
    assert refused.value.code == code


def test_hostile_cells_become_plain_text():
    text = "a;b\n'=1+1;x\u202ey\u200bz\x07"
    sheet = reading.sheet(Upload("x.csv", text.encode()))
    assert sheet.lines[0][1] == ("=1+1", "xyz")


def test_the_pages_lead_from_file_to_result_and_errors(colony, sign_in):
    client = sign_in(cast.REGISTRAR)
    file = io.BytesIO(f"{HEAD}\n{GOOD}\n901-9;;;;;;;;".encode())
    file.name = "list.csv"
    form = {"kind": "prisoners", "file": file, "request_id": uuid4()}
    assert client.post("/prisoners/import/", form).status_code == 302
    batch = ImportBatch.objects.get()
    home = f"/prisoners/import/{batch.pk}/"
    assert client.get(f"{home}columns/").status_code == 200
    chosen = {name: str(index) for name, index in batch.columns.items()}
    assert client.post(f"{home}columns/", chosen).status_code == 302
    assert client.get(home).status_code == 200
    client.post(f"{home}begin/")
    assert client.get(home).status_code == 200
    assert Prisoner.objects.get().number == "901-1"
    answer = client.get(f"{home}errors/")
    book = load_workbook(io.BytesIO(b"".join(answer)))
    assert book.active.max_row == 2
    empty = client.get("/prisoners/import/empty/prisoners/ru/")
    assert load_workbook(io.BytesIO(b"".join(empty))).active["A1"].value
    client.post(f"{home}undo/", {"reason": "wrong file"})
    assert Prisoner.objects.get().status == "withdrawn"


def test_the_command_takes_a_list_over(colony, clock, tmp_path, capsys):
    path = tmp_path / "list.csv"
    path.write_text(f"{HEAD}\n{GOOD}\n901-9;;;;;;;;")

    call_command("import", "prisoners", str(path), institution=colony.code)

    said = capsys.readouterr()
    assert said.out == "wrong 1, made 1\n"
    assert said.err.startswith("3: ")
    assert Prisoner.objects.get().number == "901-1"


@pytest.mark.parametrize(
    ("text", "words"),
    [(None, "No such file"), ("", "empty"), ("a;b\n1;2", "Prisoner's number: ")],
)
def test_the_command_says_why_a_file_cannot_be_taken(colony, tmp_path, text, words):
    path = tmp_path / "list.csv"
    if text is not None:
        path.write_text(text)

    with translation.override("en"), pytest.raises(CommandError, match=words):
        call_command("import", "prisoners", str(path), institution=colony.code)
    assert not Prisoner.objects.exists()
