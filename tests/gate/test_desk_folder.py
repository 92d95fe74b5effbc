"""Pictures from a document scanner's folder come to the desk that is in use."""

import os
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command

from darbaza.accounts.permissions import Role
from darbaza.demo import specimens
from darbaza.gate.management.commands import watch_folder
from darbaza.persons import mrz
from darbaza.persons.models import Person
from darbaza.persons.mrz import reading
from darbaza.persons.mrz.reading import Reading
from darbaza.persons.mrz.types import Document, Trust
from tests.gate.deskwork import NEW, Desk, DeskScene
from tests.visits.test_registration import NOW

pytestmark = pytest.mark.django_db
CROP = b"\x89PNG crop"


@pytest.fixture
def scene(db):
    with time_machine.travel(NOW, tick=False):
        yield DeskScene()


@pytest.fixture
def desk(scene) -> Desk:
    found = Desk(scene.staff("officer", Role.GATE_OFFICER))
    found.open()
    return found


@pytest.fixture
def reads(monkeypatch):
    """Let the reader say what a test wants; return where to say it."""
    said = {"reading": Reading(mrz.parse(NEW), CROP)}
    monkeypatch.setattr(watch_folder.pictures, "read", lambda _data: said["reading"])
    monkeypatch.setattr(watch_folder.pictures, "warm", str)
    return said


def watch(folder) -> None:
    call_command("watch_folder", folder, once=True, every=0.0)


def names(folder) -> set[str]:
    return {p.name for p in folder.iterdir()}


def test_a_picture_comes_to_the_desk_and_is_moved(desk, reads, tmp_path):
    (tmp_path / "scan.jpg").write_bytes(b"picture")
    watch(tmp_path)
    assert names(tmp_path / "read") == {"scan.jpg"}
    assert len(desk.state["inbox"]) == 1
    draft = desk.draft.pk
    assert desk.client.get(f"/gate/desk/{draft}/inbox/").status_code == 200
    desk.do("inbox")
    assert desk.state["inbox"] == []
    assert Person.objects.filter(surname_latin="TOKTOMAMATOV").count() == 1
    assert desk.client.get(f"/gate/desk/{draft}/inbox/").status_code == 204


def test_without_a_desk_in_use_the_picture_waits(scene, reads, tmp_path):
    (tmp_path / "scan.jpg").write_bytes(b"picture")
    watch(tmp_path)
    assert names(tmp_path) == {"scan.jpg"}


def test_a_picture_comes_to_whoever_opened_the_desk_last(scene, desk, reads, tmp_path):
    (tmp_path / "scan.jpg").write_bytes(b"picture")
    with time_machine.travel(NOW + timedelta(minutes=1)):
        left = Desk(scene.staff("second", Role.GATE_OFFICER))
        left.open()
    with time_machine.travel(NOW + timedelta(minutes=2)):
        desk.open()
        watch(tmp_path)
    assert len(desk.state["inbox"]) == 1
    assert left.state.get("inbox", []) == []


def test_a_computer_too_busy_to_read_looks_again_but_not_for_ever(
    desk, reads, tmp_path, monkeypatch
):
    (tmp_path / "scan.jpg").write_bytes(b"picture")
    answers = [Reading(error="timeout"), reads["reading"]]
    monkeypatch.setattr(watch_folder.pictures, "read", lambda _data: answers.pop(0))
    watch(tmp_path)
    assert names(tmp_path) == {"read"}
    (tmp_path / "scan.jpg").write_bytes(b"picture")
    monkeypatch.setattr(
        watch_folder.pictures, "read", lambda _data: Reading(error="timeout")
    )
    watch(tmp_path)
    assert names(tmp_path / "unread") == {"scan.jpg"}


def test_links_other_files_and_empty_ones_are_left_alone(desk, reads, tmp_path):
    secret = tmp_path.parent / "secret.jpg"
    secret.write_bytes(b"not for the desk")
    (tmp_path / "link.jpg").symlink_to(secret)
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "growing.jpg").touch()
    os.mkfifo(tmp_path / "pipe.jpg")
    watch(tmp_path)
    assert names(tmp_path) == {"link.jpg", "notes.txt", "growing.jpg", "pipe.jpg"}
    assert desk.state.get("inbox", []) == []


def test_what_cannot_be_read_is_put_apart(desk, reads, tmp_path):
    reads["reading"] = Reading(error="not_an_image")
    (tmp_path / "scan.jpg").write_bytes(b"nothing")
    watch(tmp_path)
    (tmp_path / "scan.jpg").write_bytes(b"nothing again")
    watch(tmp_path)
    assert names(tmp_path / "unread") == {"scan.jpg", "scan-2.jpg"}


def test_a_folder_that_is_none_is_refused(tmp_path):
    with pytest.raises(CommandError):
        call_command("watch_folder", tmp_path / "nowhere", once=True)


def test_a_doubtful_picture_must_be_compared_and_shows_what_was_repaired(
    desk, reads, tmp_path
):
    right = mrz.parse(NEW)
    read = tuple(line.replace("ZZ", "2Z") for line in right.lines)
    doubtful: Document = replace(
        right, trust=Trust.COMPARE, repaired=("document_number",), as_read=read
    )
    reads["reading"] = Reading(doubtful, CROP)
    (tmp_path / "scan.jpg").write_bytes(b"picture")
    watch(tmp_path)
    page = desk.do("inbox").content.decode()
    assert '<mark class="dk-mark--r">Z</mark>' in page
    assert "document number" in page
    assert Person.objects.filter(surname_latin="TOKTOMAMATOV").count() == 0
    crop = desk.client.get(f"/gate/desk/{desk.draft.pk}/crop.png")
    assert crop.content == CROP
    assert "no-store" in crop.headers["Cache-Control"]
    asked = desk.state["question"]
    desk.do(
        "type", surname_latin=asked["person"]["surname_latin"],
        given_names_latin="BEKTUR", birth_on="02.11.1979", sex="M", language="ky",
        doc_kind="passport", doc_number="ZZ0000025", doc_issuer="KGZ",
    )  # fmt: skip
    person = Person.objects.get(surname_latin="TOKTOMAMATOV")
    assert person.documents.get().source == "image"


@pytest.mark.slow
def test_a_specimen_picture_is_read_by_the_real_reader(desk, monkeypatch):
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    patient = reading.Reader(limit_seconds=60)  # the tests share the processor
    monkeypatch.setattr(reading, "_READER", patient)
    one = next(s for s in specimens.SPECIMENS if s.key == "toktomamatov-passport")
    picture = SimpleUploadedFile(one.file, one.path.read_bytes())
    assert desk.do("picture", image=picture).status_code == 200
    patient.close()
    assert desk.state["people"] or desk.state["question"]
