"""Contacts, restrictions, keeping apart, permits; the search in memory."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from darbaza.audit.models import Event
from darbaza.custody import index, selectors, services
from darbaza.custody.models import Contact, KeepApart, Permit, Restriction
from darbaza.custody.types import PermitDraft, RestrictionDraft
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.persons import services as persons
from darbaza.persons.types import PersonDraft
from tests import cast
from tests.custody.files import TODAY, admit, order
from tests.persons.people import register

pytestmark = pytest.mark.usefixtures("colony", "other_colony")
WHO = {"by": cast.REGISTRAR, "at": cast.NINE}
THEM = {"by": cast.OUTSIDER, "at": cast.NINE}
GUARD = {"by": cast.GATE_OFFICER, "at": cast.NINE}


def events(prefix: str) -> list[str]:
    rows = Event.objects.filter(type__startswith=prefix).order_by("seq")
    return list(rows.values_list("type", flat=True))


@pytest.fixture
def prisoner():
    return admit()


@pytest.fixture
def visitor():
    return register("Осмонова", "Айгүл", sex="F")


def propose(prisoner, visitor, kinship="spouse", **who):
    who = who or GUARD
    return services.propose_contact(prisoner.pk, visitor.pk, kinship, **who)


def test_a_contact_proposed_twice_is_one_row(prisoner, visitor):
    first = propose(prisoner, visitor)
    again = propose(prisoner, visitor, "friend")

    assert first == again
    assert (again.kinship, again.status) == ("spouse", "pending")
    assert events("contact") == ["contact.proposed"]


def test_a_contact_is_approved_once_and_by_those_who_may(prisoner, visitor):
    contact = propose(prisoner, visitor)

    with pytest.raises(Forbidden):
        services.approve_contact(contact.pk, **GUARD)
    with pytest.raises(NotFound):
        services.approve_contact(contact.pk, **THEM)
    services.approve_contact(contact.pk, **WHO)
    services.approve_contact(contact.pk, **WHO)

    contact.refresh_from_db()
    assert (contact.status, contact.decided_at) == ("approved", cast.NINE)
    assert events("contact") == ["contact.proposed", "contact.approved"]


def test_a_refused_contact_has_a_reason_and_may_be_proposed_anew(prisoner, visitor):
    contact = propose(prisoner, visitor)
    with pytest.raises(Invalid, match="say_why"):
        services.refuse_contact(contact.pk, " ", **WHO)

    services.refuse_contact(contact.pk, "no proof of kinship", **WHO)
    again = propose(prisoner, visitor, "sibling")

    assert again.pk == contact.pk
    assert (again.status, again.kinship, again.decided_at) == (
        "pending",
        "sibling",
        None,
    )


def test_an_ended_contact_is_neither_approved_nor_ended_twice(prisoner, visitor):
    contact = propose(prisoner, visitor)
    services.end_contact(contact.pk, "divorced", **WHO)
    services.end_contact(contact.pk, "divorced", **WHO)

    with pytest.raises(Conflict, match="contact_ended"):
        services.approve_contact(contact.pk, **WHO)
    assert events("contact").count("contact.ended") == 1


def test_a_contact_that_cannot_be_is_refused(prisoner, visitor):
    with pytest.raises(Invalid, match="contact_with_self"):
        propose(prisoner, prisoner.person)
    with pytest.raises(Invalid, match="kinship_unknown"):
        propose(prisoner, visitor, "pen_pal")
    with pytest.raises(NotFound):
        propose(prisoner, visitor, **THEM)
    services.release(prisoner.pk, order(), **WHO)
    with pytest.raises(NotFound):
        propose(prisoner, visitor)


def ban(**changes) -> RestrictionDraft:
    facts = {
        "kind": "banned",
        "ground": "court",
        "starts_on": TODAY,
        "reason": "protection of the visitor",
        "authority": "Bishkek court",
        "order_number": "77",
        "request_id": uuid4(),
    }
    return RestrictionDraft(**(facts | changes))


@pytest.mark.parametrize("level", ["person", "pair", "prisoner"])
def test_a_restriction_at_each_level_sent_twice_is_one_row(prisoner, visitor, level):
    whom = {"person_id": visitor.pk, "prisoner_id": prisoner.pk}
    if level != "pair":
        whom = {f"{level}_id": whom[f"{level}_id"]}
    draft = ban(**whom)

    first = services.restrict(draft, **WHO)
    again = services.restrict(draft, **WHO)

    assert first == again
    assert Event.objects.get(type="restriction.entered").facts["level"] == level


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ground": "discipline"}, "ground_not_allowed"),
        ({"ground": "punishment"}, "ground_not_allowed"),
        ({"reason": " "}, "say_why"),
        ({"authority": ""}, "authority_missing"),
        ({"order_number": ""}, "order_missing"),
        ({"kind": "no_letters"}, "kind_unknown"),
        ({"ends_on": TODAY}, "ends_before_start"),
        ({"person_id": None}, "restriction_on_nobody"),
    ],
)
def test_a_ban_as_a_punishment_or_without_its_paper_cannot_be_entered(
    visitor, changes, code
):
    with pytest.raises(Invalid, match=code):
        services.restrict(ban(**({"person_id": visitor.pk} | changes)), **WHO)
    assert not Restriction.objects.exists()


def test_the_database_itself_knows_no_ban_for_discipline(visitor):
    row = services.restrict(ban(person_id=visitor.pk), **WHO)

    with pytest.raises(IntegrityError), transaction.atomic():
        Restriction.objects.filter(pk=row.pk).update(ground="discipline")


def test_restrictions_are_entered_and_lifted_here_only(prisoner, visitor):
    with pytest.raises(Forbidden):
        services.restrict(ban(person_id=visitor.pk), **GUARD)
    with pytest.raises(NotFound):
        services.restrict(ban(prisoner_id=prisoner.pk), **THEM)
    row = services.restrict(ban(person_id=visitor.pk), **WHO)
    with pytest.raises(NotFound):
        services.lift_restriction(row.pk, "why", **THEM)
    with pytest.raises(Invalid, match="say_why"):
        services.lift_restriction(row.pk, "", **WHO)

    services.lift_restriction(row.pk, "the court lifted it", **WHO)
    services.lift_restriction(row.pk, "again", **WHO)

    row.refresh_from_db()
    assert row.lift_reason == "the court lifted it"
    assert not row.holds_on(TODAY)


def test_a_restriction_on_a_person_is_seen_everywhere_one_on_a_pair_is_not(
    prisoner, visitor
):
    everywhere = services.restrict(ban(person_id=visitor.pk), **WHO)
    services.restrict(ban(person_id=visitor.pk, prisoner_id=prisoner.pk), **WHO)

    seen = selectors.restrictions(by=cast.OUTSIDER, person_id=visitor.pk)

    assert list(seen) == [everywhere]
    assert selectors.restrictions(by=cast.REGISTRAR).count() == 2


def test_the_preview_names_whom_a_restriction_hits(prisoner, visitor):
    propose(prisoner, visitor)
    by = {"by": cast.REGISTRAR}

    person = selectors.reach(visitor.pk, None, **by)
    pair = selectors.reach(visitor.pk, prisoner.pk, **by)
    everybody = selectors.reach(None, prisoner.pk, **by)

    assert (person.elsewhere, [n for n, _ in person.prisoners]) == (
        True,
        [str(prisoner)],
    )
    assert pair.level == "pair"
    assert everybody.visitors == (("Осмонова Айгүл", "spouse"),)
    assert selectors.reach(visitor.pk, None, by=cast.OUTSIDER).prisoners == ()


@pytest.mark.parametrize(
    ("day", "holds"),
    [(-1, False), (0, True), (9, True), (10, False)],
)
def test_a_restriction_holds_from_its_first_to_its_last_day(visitor, day, holds):
    ends_on = TODAY + timedelta(days=10)
    row = services.restrict(ban(person_id=visitor.pk, ends_on=ends_on), **WHO)
    on = TODAY + timedelta(days=day)

    assert row.holds_on(on) is holds
    found = selectors.restrictions_in_force(on, by=cast.REGISTRAR)
    assert found.exists() is holds


def test_a_pair_is_kept_apart_once_whoever_is_named_first(prisoner):
    other = admit(register("Үсөнов", "Азамат"))

    first = services.keep_apart(other.pk, prisoner.pk, "day", "enemies", **WHO)
    again = services.keep_apart(prisoner.pk, other.pk, "session", "enemies", **WHO)

    assert first == again
    assert (again.first_id, again.second_id) == tuple(sorted((prisoner.pk, other.pk)))
    assert again.level == "session"
    services.end_keep_apart(again.pk, **WHO)
    services.end_keep_apart(again.pk, **WHO)
    services.keep_apart(prisoner.pk, other.pk, "day", "enemies again", **WHO)
    assert KeepApart.objects.count() == 2


def test_keeping_apart_is_refused_where_it_cannot_be(prisoner):
    stranger = admit(register("Башка", "Киши"), by=cast.OUTSIDER)

    with pytest.raises(Invalid, match="keep_apart_from_self"):
        services.keep_apart(prisoner.pk, prisoner.pk, "day", "why", **WHO)
    with pytest.raises(Invalid, match="say_why"):
        services.keep_apart(prisoner.pk, stranger.pk, "day", "", **WHO)
    with pytest.raises(NotFound):
        services.keep_apart(prisoner.pk, stranger.pk, "day", "why", **WHO)
    with pytest.raises(NotFound):
        services.end_keep_apart(uuid4(), **WHO)


def leave(prisoner, visitor, **changes) -> PermitDraft:
    facts = {
        "prisoner_id": prisoner.pk,
        "person_id": visitor.pk,
        "authority": "investigator",
        "number": "3",
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=7),
    }
    return PermitDraft(**(facts | changes))


def test_a_permit_entered_twice_is_one_row_and_revoked_once(prisoner, visitor):
    first = services.permit(leave(prisoner, visitor), **WHO)
    again = services.permit(leave(prisoner, visitor), **WHO)
    with pytest.raises(NotFound):
        services.revoke_permit(first.pk, "why", **THEM)
    with pytest.raises(Invalid, match="say_why"):
        services.revoke_permit(first.pk, "", **WHO)
    services.revoke_permit(first.pk, "withdrawn", **WHO)
    services.revoke_permit(first.pk, "withdrawn", **WHO)

    assert first == again == Permit.objects.get()
    assert events("permit") == ["permit.entered", "permit.revoked"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"authority": ""}, "authority_missing"),
        ({"number": " "}, "order_missing"),
        ({"ends_on": TODAY}, "ends_before_start"),
        ({"visits": 0}, "permit_for_no_visit"),
    ],
)
def test_a_permit_that_cannot_be_is_refused(prisoner, visitor, changes, code):
    with pytest.raises(Invalid, match=code):
        services.permit(leave(prisoner, visitor, **changes), **WHO)


def found(text: str, by=cast.GATE_OFFICER) -> list[str]:
    return [hit.number for hit in selectors.search(text, by=by)]


@pytest.mark.parametrize(
    "typed", ["Осмонов", "osmonov n", "Нурлан Осмонов", "осм нур", "ОСМОНОВ"]
)
def test_a_prisoner_is_found_as_one_types_in_any_script(prisoner, typed):
    assert found(typed) == [prisoner.number]
    assert found(typed, by=cast.OUTSIDER) == []


def test_a_prisoner_is_found_by_number_the_exact_one_first():
    whole = admit(number="77")
    part = admit(register("Үсөнов", "Азамат"), number="901-77")

    assert found("77") == [whole.number, part.number]
    assert selectors.search("77", by=cast.GATE_OFFICER)[0].reasons == ("number",)


def test_the_search_in_memory_follows_every_change(prisoner):
    assert found("Осмонов")
    draft = PersonDraft("Токтогулов", "Нурлан", sex="M")
    persons.correct(prisoner.person_id, draft, reason="misread", **WHO)
    assert (found("Осмонов"), found("Токтогулов")) == ([], [prisoner.number])

    services.transfer(prisoner.pk, cast.OTHER_COLONY, order(), **WHO)
    assert found("Токтогулов") == []
    assert found("Токтогулов", by=cast.OUTSIDER) == [prisoner.number]

    services.release(prisoner.pk, order(), **THEM)
    assert found("Токтогулов", by=cast.OUTSIDER) == []


def test_one_goes_as_another_comes_and_the_search_still_notices(prisoner):
    assert found("Осмонов")
    services.transfer(prisoner.pk, cast.OTHER_COLONY, order(), **WHO)
    newcomer = admit(register("Үсөнов", "Азамат"))

    assert found("Осмонов") == []
    assert found("Үсөнов") == [newcomer.number]


def test_another_process_with_an_empty_index_finds_the_same(prisoner):
    assert found("Осмонов") == [prisoner.number]

    index.forget()

    assert found("Осмонов") == [prisoner.number]
    assert Contact.objects.count() == 0
