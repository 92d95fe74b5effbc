"""People's pages through HTTP."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from darbaza.audit.models import Event
from darbaza.persons import services
from darbaza.persons.models import Merge, Person
from darbaza.persons.types import DocumentDraft
from tests import cast
from tests.persons.people import PASSPORT, register
from tests.persons.pictures import picture

pytestmark = pytest.mark.usefixtures("colony", "other_colony", "clock")
WHO = {"by": cast.GATE_OFFICER, "at": cast.NINE}


@pytest.fixture
def officer(sign_in):
    return sign_in(cast.GATE_OFFICER)


@pytest.fixture
def supervisor(sign_in):
    return sign_in(cast.SHIFT_SUPERVISOR)


def page(client, name, *args, **params):
    response = client.get(reverse(f"persons:{name}", args=args), params)
    assert response.status_code == 200
    return response.content.decode()


def send(client, name, *args, **data):
    return client.post(reverse(f"persons:{name}", args=args), data)


def typed(**changes):
    data = {"request_id": uuid4(), "sex": "M", "language": "ky"}
    data |= {"document-kind": "passport", "surname": "Асанов", "given_names": "Бакыт"}
    return data | changes


def test_the_search_finds_with_reasons_and_offers_to_register(officer):
    register(document=PASSPORT)

    assert "Асанов Бакыт" in page(officer, "search", q="ASANOV", birth_on="12.03.1985")
    assert "Асанов Бакыт" in page(officer, "search", q="ac1234567")
    assert reverse("persons:new") in page(officer, "search", q="Nobody Here")
    assert page(officer, "search")


def test_birth_date_sex_and_document_stand_beside_every_hit(officer):
    register(document=PASSPORT, sex="M")
    register("Асанов", "Баатыр", sex="X", document=DocumentDraft("other", "<b>7"))

    found = page(officer, "search", q="Асанов")

    for told in ("12.03.1985", "male", "AC1234567", "&lt;B&gt;7"):
        assert told in found
    assert "not stated" not in found
    assert "AC1234567" in page(officer, "search", q="ac 1234567")


def test_the_newest_document_stands_beside_a_name_and_the_asked_one_beside_itself(
    officer,
):
    person = register(document=PASSPORT)
    later = {"by": cast.GATE_OFFICER, "at": cast.NINE + timedelta(days=1)}
    services.add_document(person.pk, DocumentDraft("id_card", "ID0000012"), **later)

    by_name = page(officer, "search", q="Асанов")
    by_number = page(officer, "search", q="AC1234567")

    assert "ID0000012" in by_name
    assert "AC1234567" not in by_name
    assert "ID0000012" not in by_number


def test_only_the_hits_are_sent_to_htmx(officer):
    register()

    answer = officer.get(
        reverse("persons:search"), {"q": "Асанов"}, headers={"HX-Request": "true"}
    )

    assert "Асанов Бакыт" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_what_was_searched_for_stands_in_the_form_of_a_new_person(officer):
    assert 'value="Асанов"' in page(officer, "new", q="Асанов Бакыт")
    latin = page(officer, "new", q="Smith Anna")
    assert 'name="surname_latin" value="Smith"' in latin


def test_a_new_person_is_registered_once_with_the_document(officer):
    number = {"document-number": "ас 1234567", "document-issuer": "kgz"}
    data = typed(birth_on="12.03.1985", **number)

    first = send(officer, "new", **data)
    person = Person.objects.get()
    again = send(officer, "new", sure="1", **data)

    assert first.url == again.url == reverse("persons:person", args=[person.pk])
    assert person.documents.get().number == "AC1234567"


def test_somebody_known_is_shown_before_anybody_is_registered_twice(officer):
    known = register()

    warned = send(officer, "new", **typed(birth_on="12.03.1985"))
    assert reverse("persons:person", args=[known.pk]) in warned.content.decode()
    assert Person.objects.count() == 1
    send(officer, "new", sure="1", **typed(birth_on="12.03.1985"))

    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"surname": "", "given_names": ""},
        {"birth_on": "31.02.1985"},
        {"personal_number": "12"},
    ],
)
def test_what_cannot_be_is_refused_with_the_form(officer, changes):
    answer = send(officer, "new", **typed(**changes))

    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.content.decode()
    assert not Person.objects.exists()


def test_the_page_is_a_logged_read_and_leads_on_from_a_merged_record(supervisor):
    kept, gone = register(document=PASSPORT), register("ASANOV", "BAKYT")
    services.merge(
        kept.pk, gone.pk, reason="same", by=cast.SHIFT_SUPERVISOR, at=cast.NINE
    )

    moved = supervisor.get(reverse("persons:person", args=[gone.pk]))
    text = page(supervisor, "person", kept.pk)

    assert moved.url == reverse("persons:person", args=[kept.pk])
    assert "AC1234567" in text
    read = Event.objects.get(type="person.read")
    assert read.target_id == str(kept.pk)


def test_a_correction_and_a_document_are_added_from_their_forms(officer):
    person = register()
    assert 'value="Асанов"' in page(officer, "edit", person.pk)
    data = typed(given_names="Баатыр", birth_on="12.03.1985")

    wrong = send(officer, "edit", person.pk, **data)
    right = send(officer, "edit", person.pk, reason="misread before", **data)
    paper = {"kind": "id_card", "number": "ID 1"}
    page(officer, "document", person.pk)
    added = send(officer, "document", person.pk, **paper)
    reversed_days = {"issued_on": "01.01.2020", "expires_on": "01.01.2019"}
    refused = send(officer, "document", person.pk, **paper, **reversed_days)

    person.refresh_from_db()
    assert (wrong.status_code, right.status_code) == (422, 302)
    assert person.given_names == "Баатыр"
    assert (added.status_code, refused.status_code) == (302, 422)


def test_a_photograph_is_taken_served_and_never_kept_by_the_browser(officer):
    person = register()
    page(officer, "photograph", person.pk)
    good = SimpleUploadedFile("face.png", picture(), "image/png")
    bad = SimpleUploadedFile("face.png", b"no picture", "image/png")

    refused = send(officer, "photograph", person.pk, photo=bad)
    taken = send(officer, "photograph", person.pk, photo=good)
    person.refresh_from_db()
    answer = officer.get(reverse("persons:photo", args=[person.photo_id]))

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.content.startswith(b"\xff\xd8")


def test_a_photograph_needs_the_right_to_see_people(sign_in):
    photo = services.store_photo(register().pk, picture(), **WHO)
    address = reverse("persons:photo", args=[photo.pk])

    assert sign_in(cast.ADMINISTRATOR).get(address).status_code == 403
    nobody = reverse("persons:photo", args=[uuid4()])
    assert sign_in(cast.GATE_OFFICER).get(nobody).status_code == 404


@pytest.mark.parametrize(
    ("language", "words"),
    [("ky", "маалымат"), ("ru", "данные"), ("en", "Your data")],
)
def test_the_notice_speaks_the_visitors_language_and_is_stamped(
    officer, language, words
):
    person = register(language=language)

    assert words in page(officer, "notice", person.pk)
    send(officer, "notice", person.pk)

    person.refresh_from_db()
    assert person.notice_given_at is not None


def test_a_supervisor_compares_merges_and_undoes(supervisor):
    kept = register(document=PASSPORT)
    other = register("ASANOV", "BAKYT", document=DocumentDraft("id_card", "ID1"))
    offered = reverse("persons:merge", args=[kept.pk, other.pk])
    assert offered in page(supervisor, "person", kept.pk)
    assert "ID1" in page(supervisor, "merge", kept.pk, other.pk)

    unsaid = send(supervisor, "merge", kept.pk, other.pk, reason="")
    merged = send(supervisor, "merge", kept.pk, other.pk, reason="the same face")
    row = Merge.objects.get()
    undo = reverse("persons:undo_merge", args=[row.pk])
    assert undo in page(supervisor, "person", kept.pk)
    send(supervisor, "undo_merge", row.pk)

    row.refresh_from_db()
    assert (unsaid.status_code, merged.status_code) == (422, 302)
    assert row.undone_at is not None
    assert page(supervisor, "person", other.pk)


def test_an_officer_merges_nobody(officer):
    one, two = register(), register("ASANOV", "BAKYT")
    address = reverse("persons:merge", args=[one.pk, two.pk])

    assert officer.get(address).status_code == 403
    assert address not in page(officer, "person", one.pk)
