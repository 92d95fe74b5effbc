"""The pages of the register through HTTP."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from darbaza.audit.models import Event
from darbaza.custody import services
from darbaza.custody.models import Contact, KeepApart, Permit, Prisoner, Restriction
from darbaza.custody.types import RestrictionDraft
from darbaza.persons.types import DocumentDraft
from tests import cast
from tests.custody.files import LONG_BEFORE, TODAY, admit, cell, order
from tests.persons.people import register

pytestmark = pytest.mark.usefixtures("colony", "other_colony", "clock")
WHO = {"by": cast.REGISTRAR, "at": cast.NINE}


@pytest.fixture
def registrar(sign_in):
    return sign_in(cast.REGISTRAR)


def page(client, name, *args, **params):
    response = client.get(reverse(f"custody:{name}", args=args), params)
    assert response.status_code == 200
    return response.content.decode()


def send(client, name, *args, to="", **data):
    return client.post(reverse(f"custody:{name}", args=args) + to, data)


def test_the_list_shows_who_is_held_here(registrar):
    held = admit()
    gone = admit(register("Үсөнов", "Азамат"))
    services.release(gone.pk, order(), **WHO)
    admit(register("Башка", "Киши"), by=cast.OUTSIDER)

    text = page(registrar, "register")

    assert held.number in text
    assert gone.number not in text
    assert "Башка" not in text
    assert gone.number in page(registrar, "register", status="released")


@pytest.mark.parametrize(
    ("params", "seen"),
    [
        ({"q": "osmonov"}, True),
        ({"q": "Садыков"}, False),
        ({"regime": "colony_strict"}, False),
        ({"regime": "colony_general", "conditions": "ordinary"}, True),
        ({"legal_status": "remand"}, False),
        ({"status": ""}, True),
        ({"status": "nonsense", "sort": "x", "page": "99"}, True),
    ],
)
def test_the_list_is_narrowed_by_its_filters(registrar, params, seen):
    prisoner = admit()

    assert (prisoner.number in page(registrar, "register", **params)) is seen


def test_the_list_is_exported_as_csv_and_xlsx_with_the_same_rows(registrar):
    admit()
    admit(register("=cmd()", "Азамат"))
    address = reverse("custody:export")

    answer = registrar.get(address, {"format": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    book = registrar.get(address, {"format": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(book.streaming_content))).active

    assert len(lines) == 3
    assert sheet.max_row == 3
    assert {line[0] for line in lines} == {cells[0].value for cells in sheet.rows}


def test_typed_letters_find_prisoners_of_this_institution_only(registrar, sign_in):
    prisoner = admit()

    fragment = page(registrar, "find", q="нур осм")
    stranger = page(sign_in(cast.OUTSIDER), "find", q="нур осм")
    found = registrar.get(
        reverse("custody:find"),
        {"q": "OSMONOV"},
        headers={"accept": "application/json"},
    ).json()["found"]

    assert str(prisoner.pk) in fragment
    assert str(prisoner.pk) not in stranger
    assert [hit["number"] for hit in found] == [prisoner.number]


def test_birth_date_sex_and_document_stand_beside_everybody_found(registrar):
    told = {"document": DocumentDraft("passport", "ZZ0000077"), "sex": "M"}
    prisoner = admit(register("Осмонов", "Нурлан", **told))
    shown = (prisoner.person.birth_on.strftime("%d.%m.%Y"), "male", "ZZ0000077")

    typed = page(registrar, "find", q="осмонов")
    people = page(registrar, "propose_contact", prisoner.pk, q="осмонов")
    prisoners = page(registrar, "keep_apart", prisoner.pk, q="осмонов")

    for found in (typed, people, prisoners):
        assert all(word in found for word in shown)


def test_the_page_of_a_prisoner_shows_everything_and_is_a_logged_read(registrar):
    prisoner = admit()
    visitor = register("Осмонова", "Айгүл", sex="F")
    services.propose_contact(prisoner.pk, visitor.pk, "spouse", **WHO)
    services.separate(prisoner.pk, "quarantine", None, order(), **WHO)

    text = page(registrar, "prisoner", prisoner.pk)

    for wanted in (prisoner.number, "Осмонова Айгүл", "person-strip", "12-к"):
        assert wanted in text
    read = Event.objects.get(type="prisoner.read")
    assert read.target_id == str(prisoner.pk)
    assert read.actor_id == cast.REGISTRAR.id


@pytest.mark.parametrize("name", ["transfer", "place", "correct"])
def test_a_stranger_finds_no_file_and_an_inspector_takes_no_step(sign_in, name):
    prisoner = admit()

    stranger = sign_in(cast.OUTSIDER)
    reader = sign_in(cast.INSPECTOR)
    address = reverse("custody:step", args=[prisoner.pk, name])

    assert (
        stranger.get(reverse("custody:prisoner", args=[prisoner.pk])).status_code == 404
    )
    assert stranger.get(address).status_code == 404
    assert (
        reader.get(reverse("custody:prisoner", args=[prisoner.pk])).status_code == 200
    )
    assert reader.get(address).status_code == 403


def test_a_prisoner_is_admitted_from_the_choice_of_the_person_to_the_file(registrar):
    person = register("Осмонов", "Нурлан")
    found = page(registrar, "admit", q="Osmonov")
    assert f"person={person.pk}" in found
    data = {
        "request_id": uuid4(),
        "number": "901 77",
        "order_number": "5",
        "in_force_on": "23.11.2026",
        "legal_status": "sentenced",
        "regime": "colony_strict",
        "conditions": "ordinary",
        "cell": str(cell().pk),
    }
    to = f"?person={person.pk}"

    wrong = send(registrar, "admit", to=to, **(data | {"in_force_on": "24.11.2026"}))
    right = send(registrar, "admit", to=to, **data)
    again = send(registrar, "admit", to=to, **data)

    assert wrong.status_code == 422
    assert right.status_code == again.status_code == 302
    assert Prisoner.objects.get().number == "90177"


STEPS = {
    "regime": {"regime": "colony_strict"},
    "conditions": {"conditions": "eased"},
    "legal-status": {"legal_status": "life"},
    "separate": {"kind": "isolation", "last_on": "07.12.2026"},
    "release": {},
}


@pytest.mark.parametrize("name", STEPS)
def test_each_step_has_its_form_and_is_taken_once(registrar, name):
    prisoner = admit()
    page(registrar, "step", prisoner.pk, name)
    data = {
        "request_id": uuid4(),
        "order_number": "8",
        "in_force_on": "23.11.2026",
        **STEPS[name],
    }

    missing = send(registrar, "step", prisoner.pk, name, request_id=uuid4())
    first = send(registrar, "step", prisoner.pk, name, **data)
    again = send(registrar, "step", prisoner.pk, name, **data)

    assert missing.status_code == 422
    assert first.status_code == again.status_code == 302
    assert prisoner.changes.count() == 2


def test_a_sixteenth_day_of_isolation_is_refused_in_words(registrar):
    prisoner = admit()
    data = {
        "request_id": uuid4(),
        "order_number": "8",
        "in_force_on": "23.11.2026",
        "kind": "isolation",
        "last_on": "08.12.2026",
    }

    answer = send(registrar, "step", prisoner.pk, "separate", **data)

    assert answer.status_code == 422
    assert "16" in answer.content.decode()
    assert not prisoner.separations.exists()


def test_warnings_about_a_cell_are_shown_before_anybody_is_placed(registrar):
    full = cell(places=1)
    other = admit(register("Үсөнов", "Азамат", sex="M"))
    services.place(other.pk, full.pk, order(), **WHO)
    prisoner = admit(legal_status="remand")
    data = {"request_id": uuid4(), "in_force_on": "23.11.2026", "cell": str(full.pk)}

    warned = send(registrar, "step", prisoner.pk, "place", **data)
    prisoner.refresh_from_db()
    assert warned.status_code == 422
    assert 'data-code="cell_full"' in warned.content.decode()
    assert prisoner.cell is None
    done = send(registrar, "step", prisoner.pk, "place", seen="on", **data)

    prisoner.refresh_from_db()
    assert done.status_code == 302
    assert prisoner.cell == full


def test_a_transfer_leads_back_to_the_list_and_a_separation_is_ended(registrar):
    prisoner = admit()
    row = services.separate(prisoner.pk, "hospital", None, order(), **WHO)
    data = {"request_id": uuid4(), "in_force_on": "23.11.2026"}

    ended = send(registrar, "end_separation", prisoner.pk, row.pk, **data)
    there = {"institution": str(cast.OTHER_COLONY), "order_number": "9"}
    data["request_id"] = uuid4()
    moved = send(registrar, "step", prisoner.pk, "transfer", **data, **there)

    row.refresh_from_db()
    assert ended.status_code == 302
    assert row.ended_at is not None
    assert moved.url == reverse("custody:register")


def test_a_correction_starts_from_what_stands_and_needs_a_reason(registrar):
    prisoner = admit()
    text = page(registrar, "step", prisoner.pk, "correct")
    assert f'value="{prisoner.number}"' in text
    data = {
        "request_id": uuid4(),
        "number": prisoner.number,
        "legal_status": "sentenced",
        "regime": "colony_general",
        "conditions": "ordinary",
        "admitted_on": LONG_BEFORE.strftime("%d.%m.%Y"),
        "identity_confirmed": "on",
    }

    wrong = send(registrar, "step", prisoner.pk, "correct", **data)
    right = send(
        registrar, "step", prisoner.pk, "correct", **data, reason="seen in the passport"
    )

    prisoner.refresh_from_db()
    assert (wrong.status_code, right.status_code) == (422, 302)
    assert prisoner.identity_confirmed


def test_a_contact_goes_from_proposal_over_the_waiting_list_to_its_end(registrar):
    prisoner, visitor = admit(), register("Осмонова", "Айгүл")
    assert str(visitor.pk) in page(registrar, "propose_contact", prisoner.pk, q="Айгул")

    send(
        registrar,
        "propose_contact",
        prisoner.pk,
        to=f"?person={visitor.pk}",
        kinship="spouse",
        proof="marriage certificate",
    )
    contact = Contact.objects.get()
    assert "Осмонова" in page(registrar, "waiting")
    approved = send(registrar, "approve_contact", contact.pk, back="waiting")
    assert "Осмонова" not in page(registrar, "waiting")
    page(registrar, "end_contact", contact.pk, "refuse")
    unsaid = send(registrar, "end_contact", contact.pk, "end", reason="")
    send(registrar, "end_contact", contact.pk, "end", reason="divorced last year")

    contact.refresh_from_db()
    assert approved.url == reverse("custody:waiting")
    assert unsaid.status_code == 422
    assert contact.status == Contact.Status.ENDED
    nonsense = reverse("custody:end_contact", args=[contact.pk, "nonsense"])
    assert registrar.get(nonsense).status_code == 404


def test_a_restriction_shows_whom_it_hits_is_entered_and_lifted(registrar):
    prisoner, visitor = admit(), register("Осмонова", "Айгүл")
    services.propose_contact(prisoner.pk, visitor.pk, "spouse", **WHO)
    page(registrar, "restrict", q="Осмонов")
    all_visitors = page(registrar, "restrict", prisoner=prisoner.pk)
    assert "Осмонова Айгүл" in all_visitors
    assert prisoner.number in page(registrar, "restrict", person=visitor.pk)
    pair = f"?person={visitor.pk}&prisoner={prisoner.pk}"
    data = {
        "request_id": uuid4(),
        "kind": "banned",
        "ground": "court",
        "authority": "Bishkek court",
        "order_number": "77",
        "starts_on": "23.11.2026",
        "last_on": "31.12.2026",
        "reason": "protection of the visitor",
    }

    punishment = data | {"ground": "discipline"}
    assert send(registrar, "restrict", to=pair, **punishment).status_code == 422
    assert send(registrar, "restrict", to=pair, **data).status_code == 302

    row = Restriction.objects.get()
    assert row.last_on == (TODAY.replace(month=12, day=31))
    assert "Bishkek court" in page(registrar, "restrictions")
    page(registrar, "lift", row.pk)
    send(registrar, "lift", row.pk, reason="the court lifted it")
    assert "Bishkek court" not in page(registrar, "restrictions")
    assert "Bishkek court" in page(registrar, "restrictions", all="1")


def test_discipline_is_not_offered_as_a_ground(registrar):
    prisoner = admit()

    text = page(registrar, "restrict", prisoner=prisoner.pk)

    assert 'value="court"' in text
    assert "disciplin" not in text.casefold()


def test_a_pair_is_kept_apart_and_a_permit_entered_and_revoked(registrar):
    prisoner, other = admit(), admit(register("Үсөнов", "Азамат"))
    visitor = register("Осмонова", "Айгүл")
    assert other.number in page(registrar, "keep_apart", prisoner.pk, q="Усонов")

    to = f"?prisoner={other.pk}"
    send(registrar, "keep_apart", prisoner.pk, to=to, level="day", reason="old enemies")
    permit = {
        "authority": "investigator",
        "number": "3",
        "starts_on": "23.11.2026",
        "last_on": "30.11.2026",
        "visits": "2",
    }
    send(registrar, "permit", prisoner.pk, to=f"?person={visitor.pk}", **permit)
    row = Permit.objects.get()
    assert row.ends_on == TODAY + timedelta(days=8)
    assert "old enemies" in page(registrar, "prisoner", prisoner.pk)
    send(registrar, "revoke_permit", prisoner.pk, row.pk, reason="withdrawn by court")
    pair = KeepApart.objects.get()
    send(registrar, "end_keep_apart", prisoner.pk, pair.pk)

    row.refresh_from_db()
    pair.refresh_from_db()
    assert row.revoked_at is not None
    assert pair.ended_at is not None


def test_a_persons_page_never_tells_what_another_prison_knows(registrar):
    visitor = register("Осмонова", "Айгүл")
    there = admit(register("Башка", "Киши"), by=cast.OUTSIDER, number="902-1")
    services.propose_contact(
        there.pk, visitor.pk, "friend", by=cast.OUTSIDER, at=cast.NINE
    )
    draft = RestrictionDraft(
        "banned",
        "safety",
        TODAY,
        "secret reason",
        "prosecutor",
        "5",
        person_id=visitor.pk,
        prisoner_id=there.pk,
    )
    services.restrict(draft, by=cast.OUTSIDER, at=cast.NINE)

    answer = registrar.get(reverse("persons:person", args=[visitor.pk]))
    inmate = registrar.get(reverse("persons:person", args=[there.person_id]))

    for text in (answer.content.decode(), inmate.content.decode()):
        assert "902-1" not in text
        assert "secret reason" not in text
