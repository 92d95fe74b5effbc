"""Register, correct, documents, photographs, the privacy notice."""

import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from PIL import Image

from darbaza.audit.models import Event
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.persons import services, sieve
from darbaza.persons.models import Document, Person, Photo
from darbaza.persons.types import DocumentDraft, PersonDraft
from tests import cast
from tests.persons.people import PASSPORT, register
from tests.persons.pictures import picture

pytestmark = pytest.mark.usefixtures("colony")
BY = {"by": cast.GATE_OFFICER, "at": cast.NINE}


def events() -> list[str]:
    return list(Event.objects.order_by("seq").values_list("type", flat=True))


def test_register_keeps_the_name_as_printed_and_the_sound_beside_it():
    person = register("  Өмүрбекова ", "Айгүл", patronymic="Асановна")

    assert person.name == "Өмүрбекова Айгүл Асановна"
    assert person.surname_key
    assert person.given_key
    assert events() == ["person.registered"]


def test_register_with_a_document_records_both():
    person = register(document=PASSPORT)

    assert person.documents.get().number == "AC1234567"
    assert events() == ["person.registered", "person.document_added"]


def test_register_the_same_request_twice_makes_one_person():
    request_id = uuid4()
    draft = PersonDraft("Асанов", "Бакыт")

    first = services.register(draft, PASSPORT, request_id=request_id, **BY)
    again = services.register(draft, PASSPORT, request_id=request_id, **BY)

    assert first == again
    assert Person.objects.count() == 1
    assert len(events()) == 2


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (PersonDraft(), "person_without_name"),
        (PersonDraft(" \u200b ", "\t"), "person_without_name"),
        (PersonDraft("Асанов", personal_number="123"), "personal_number_shape"),
    ],
)
def test_register_refuses_what_can_never_be_right(draft, code):
    with pytest.raises(Invalid) as refused:
        services.register(draft, **BY)

    assert refused.value.code == code
    assert events() == []


def test_one_name_is_enough_and_latin_alone_too():
    assert register("", "Айпери").name == "Айпери"
    latin = PersonDraft(surname_latin="SMITH", given_names_latin="ANNA")
    assert services.register(latin, **BY).name == "SMITH ANNA"


def test_a_personal_number_belongs_to_one_person():
    first = register(personal_number="21203198500015")

    with pytest.raises(Conflict) as refused:
        register("Садыков", "Эркин", personal_number="2120 3198 5000 15")

    assert refused.value.code == "personal_number_taken"
    assert refused.value.figures["person_id"] == first.pk


def test_an_inspector_registers_nobody():
    with pytest.raises(Forbidden):
        register(by=cast.INSPECTOR)


def test_the_same_document_again_is_the_same_row():
    person = register(document=PASSPORT)
    typed = DocumentDraft("passport", "ас1234567", issuer="kgz")

    again = services.add_document(person.pk, typed, **BY)

    assert Document.objects.get() == again
    assert len(events()) == 2


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (DocumentDraft("passport", " - "), "document_number_missing"),
        (DocumentDraft("passport", "1" * 41), "document_number_missing"),
        (
            DocumentDraft(
                "passport",
                "A1",
                issued_on=date(2020, 1, 2),
                expires_on=date(2020, 1, 1),
            ),
            "document_dates_reversed",
        ),
    ],
)
def test_a_document_that_cannot_be_is_refused(draft, code):
    with pytest.raises(Invalid) as refused:
        services.add_document(register().pk, draft, **BY)
    assert refused.value.code == code


def test_a_document_of_nobody_is_refused():
    with pytest.raises(NotFound):
        services.add_document(uuid4(), PASSPORT, **BY)


def test_correct_changes_name_and_sound_and_says_why():
    person = register("Асанов", "Бакыт")
    draft = PersonDraft("Токтогулов", "Бакыт", birth_on=person.birth_on)

    services.correct(person.pk, draft, reason="misread", **BY)

    person.refresh_from_db()
    assert person.surname == "Токтогулов"
    assert person.surname_key == sieve.keys("Токтогулов", "")[1]
    assert Event.objects.get(type="person.corrected").facts == {
        "fields": ["surname"],
        "reason": "misread",
    }


def test_correct_without_a_change_records_nothing_and_without_a_reason_is_refused():
    person = register()
    same = PersonDraft("Асанов", "Бакыт", birth_on=person.birth_on)

    services.correct(person.pk, same, reason="", **BY)
    with pytest.raises(Invalid) as refused:
        services.correct(person.pk, PersonDraft("Усенов"), reason=" ", **BY)

    assert refused.value.code == "say_why"
    assert events() == ["person.registered"]


def test_correct_to_the_number_of_somebody_else_is_refused():
    register(personal_number="21203198500015")
    person = register("Садыков", "Эркин")
    draft = PersonDraft("Садыков", "Эркин", personal_number="21203198500015")

    with pytest.raises(Conflict):
        services.correct(person.pk, draft, reason="seen in the passport", **BY)


def test_the_notice_is_given_once():
    person = register()

    services.give_notice(person.pk, **BY)
    services.give_notice(person.pk, by=cast.GATE_OFFICER, at=cast.NINE + timedelta(1))

    person.refresh_from_db()
    assert person.notice_given_at == cast.NINE
    assert events() == ["person.registered", "person.notice_given"]


def test_a_photograph_is_made_small_and_carries_nothing_but_its_pixels():
    exif = Image.Exif()
    exif[0x010E] = "home address"
    person = register()
    data = picture(kind="JPEG", exif=exif, comment=b"secret")

    photo = services.store_photo(person.pk, data, **BY)

    kept = Image.open(io.BytesIO(bytes(photo.image)))
    assert kept.format == "JPEG"
    assert max(kept.size) == 640
    assert not kept.getexif()
    assert b"secret" not in bytes(photo.image)
    person.refresh_from_db()
    assert person.photo == photo


def test_a_photograph_lying_on_its_side_is_set_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = services.store_photo(
        register().pk, picture((200, 100), "JPEG", exif=exif), **BY
    )

    assert Image.open(io.BytesIO(bytes(photo.image))).size == (100, 200)


def test_the_same_photograph_twice_is_one_row():
    person = register()

    services.store_photo(person.pk, picture(), **BY)
    services.store_photo(person.pk, picture(), **BY)

    assert Photo.objects.count() == 1
    assert events() == ["person.registered", "person.photo_stored"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "photo_unreadable"),
        (b"%PDF-1.7 no picture", "photo_unreadable"),
        (picture()[:200], "photo_unreadable"),
        (picture(kind="GIF"), "photo_unreadable"),
        (picture((40, 400)), "photo_too_small"),
        (b"\xff\xd8" + b"0" * (12 * 1024 * 1024), "photo_too_large"),
    ],
    ids=["nothing", "other kind", "cut", "gif", "tiny", "huge"],
)
def test_what_is_no_photograph_is_refused(data, code):
    with pytest.raises(Invalid) as refused:
        services.store_photo(register().pk, data, **BY)
    assert refused.value.code == code


def test_a_bomb_is_refused_before_a_pixel_is_decoded():
    bomb = io.BytesIO()
    Image.new("1", (9000, 9000)).save(bomb, "PNG", optimize=True)
    assert len(bomb.getvalue()) < 100_000

    with pytest.raises(Invalid) as refused:
        services.store_photo(register().pk, bomb.getvalue(), **BY)

    assert refused.value.code == "photo_too_large"


def test_reading_a_page_is_recorded_once_in_a_quarter_of_an_hour():
    person = register()

    for minutes in (0, 14, 16):
        at = cast.NINE + timedelta(minutes=minutes)
        services.note_reading(person.pk, by=cast.INSPECTOR, at=at)

    assert events().count("person.read") == 2
