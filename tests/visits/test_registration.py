"""Register a party: good path, refusals, overrides, repeats, other institutions."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from darbaza.accounts.permissions import Role
from darbaza.audit import selectors as audit
from darbaza.audit.models import Event
from darbaza.custody.models import Contact, KeepApart, Permit, Restriction, Separation
from darbaza.entitlements.models import Entry, Quota
from darbaza.kernel.errors import Forbidden, Invalid, NotFound
from darbaza.persons.models import Document
from darbaza.sites.models import Block
from darbaza.visits import services
from darbaza.visits.models import Closure, Override, Refusal, Visit, Visitor
from darbaza.visits.types import OverrideRequest, Party, Registration
from tests.visits import builders

pytestmark = pytest.mark.django_db
NOW = builders.at(10)


class Scene:
    """One prison, one prisoner, one approved visitor with a valid document."""

    def __init__(self) -> None:
        self.house = builders.house(seats=3)
        self.officer = self.house.actor(Role.GATE_OFFICER)
        self.supervisor = self.house.actor(Role.SHIFT_SUPERVISOR, "С. Исаева")
        self.prisoner = builders.prisoner(self.house)
        self.session = builders.session(self.house)
        self.person = self.visitor()
        self.contact_rule = builders.rule("visits.contact_approval")

    def visitor(self, surname: str = "Асанов", *, approved: bool = True, **changes):
        who = builders.person(self.house, surname, **changes)
        self.document = Document.objects.create(
            institution=self.house.institution, person=who, kind="id_card",
            number=f"ZZ{uuid4().hex[:7]}", expires_on=date(2030, 1, 1),
            source="reader", seen_at=NOW,
        )  # fmt: skip
        if approved:
            Contact.objects.create(
                institution=self.house.institution, prisoner=self.prisoner, person=who,
                kinship="sibling", status="approved", proposed_at=NOW,
                decided_at=NOW, decided_by="С. Исаева",
            )  # fmt: skip
        return who

    def quota(self, amount: int | None = 6, *, verified: bool = True, **changes):
        rule = builders.rule("visits.quota.short", verified=verified)
        row = {"kind": "short", "regime": "colony_general", "conditions": "ordinary",
               "period": "year", "minutes": 240}  # fmt: skip
        return Quota.objects.create(rule=rule, amount=amount, **row | changes)

    def restriction(self, **changes) -> Restriction:
        row = {"kind": "banned", "starts_on": date(2026, 1, 1), "reason": "r",
               "authority": "director", "order_number": "12", "recorded_at": NOW,
               "recorded_by": "x", "ground": "court"}  # fmt: skip
        row["institution"] = self.house.institution
        return Restriction.objects.create(**row | changes)

    def party(self, *people, **changes) -> Registration:
        people = people or (self.person,)
        parties = tuple(
            Party(p.pk, "lead" if n == 0 else "adult", self._document(p))
            for n, p in enumerate(people)
        )
        values = {"session_id": self.session.pk} | changes
        return Registration(uuid4(), self.prisoner.pk, "short", parties, **values)

    def _document(self, person) -> UUID | None:
        found = Document.objects.filter(person=person).first()
        return found.pk if found else None

    def register(self, registration: Registration, **changes):
        values = {"by": self.officer, "at": NOW} | changes
        return services.register(registration, **values)


@pytest.fixture
def scene(db) -> Scene:
    return Scene()


def blocking(done) -> set[str]:
    return {g.code for g in done.verdict.grounds if g.effect.name == "BLOCK"}


def test_a_known_visitor_is_registered_with_seat_ledger_and_record(scene):
    scene.quota()

    done = scene.register(scene.party())

    visit = Visit.objects.get(pk=done.visit_id)
    assert (visit.status, visit.seat.label, visit.source) == (
        "registered", "1", "walk_in",
    )  # fmt: skip
    assert (visit.starts_at, visit.ends_at) == (builders.at(9), builders.at(13))
    assert Visitor.objects.get().status == "allowed"
    assert sorted(Entry.objects.values_list("reason", "amount")) == [
        ("grant", 6), ("use", -1),
    ]  # fmt: skip
    event = Event.objects.get(type="visit.registered")
    assert event.facts["codes"] == ["quota_left", "new_visitor", "contact_approved"]
    assert list(audit.breaches()) == []


def test_the_same_request_twice_is_one_visit(scene):
    scene.quota()
    party = scene.party()

    first, second = scene.register(party), scene.register(party)

    assert (second.visit_id, second.again) == (first.visit_id, True)
    assert Visit.objects.count() == 1
    assert Entry.objects.filter(reason="use").count() == 1
    assert Event.objects.count() == 1


def test_a_used_allowance_of_a_verified_rule_refuses_and_says_when_next(scene):
    scene.quota(1)
    scene.register(scene.party())
    other = scene.visitor("Мамытов")

    done = scene.register(scene.party(other))

    assert done.status == "refused"
    ground = next(g for g in done.verdict.visit.grounds if g.code == "quota_used")
    assert ground.figures["next_on"] == date(2027, 1, 1)
    refusal = Refusal.objects.get(number=done.refusal_number)
    assert [g["code"] for g in refusal.grounds] == ["quota_used"]
    assert Event.objects.filter(type="visit.refused").count() == 1


def test_a_used_allowance_of_an_unverified_rule_goes_below_nothing(scene):
    scene.quota(0, verified=False)
    assert scene.register(scene.party()).status == "registered"


def test_a_stranger_is_only_warned_of_while_nobody_has_verified_the_rule(scene):
    stranger = scene.visitor("Ким", approved=False)
    refused = scene.register(scene.party(stranger))
    assert blocking(refused) == {"contact_missing"}

    scene.contact_rule.delete()
    builders.rule("visits.contact_approval", verified=False)

    done = scene.register(scene.party(stranger))
    assert done.status == "registered"
    assert "contact_missing" in {g.code for g in done.verdict.grounds}


def test_the_last_seat_is_given_once(scene):
    for n in range(3):
        assert scene.register(scene.party(scene.visitor(f"Нурбеков{n}"))).seat_label
    done = scene.register(scene.party(scene.visitor("Токтосунов")))
    assert blocking(done) == {"session_full"}


def test_a_seat_chosen_by_the_officer_is_given_or_refused(scene):
    third = scene.house.hall.seats.get(label="3")
    first = scene.register(scene.party(seat_id=third.pk))
    again = scene.register(scene.party(scene.visitor("Саматов"), seat_id=third.pk))
    assert first.seat_label == "3"
    assert blocking(again) == {"seat_taken"}


@pytest.mark.parametrize(
    ("level", "code"),
    [("person", "banned_everywhere"), ("pair", "banned_pair"),
     ("prisoner", "prisoner_no_visits")],
)  # fmt: skip
def test_a_ban_at_each_level_refuses(scene, level, code):
    pair = {"person": scene.person, "prisoner": scene.prisoner}
    keys = pair if level == "pair" else {level: pair[level]}
    scene.restriction(**keys)

    assert blocking(scene.register(scene.party())) == {code}


def test_a_ban_of_another_prison_counts_here(scene):
    elsewhere = builders.house("16")
    scene.restriction(person=scene.person, institution=elsewhere.institution)

    assert blocking(scene.register(scene.party())) == {"banned_everywhere"}


@pytest.mark.parametrize(
    "changes",
    [{"ends_on": builders.MONDAY}, {"starts_on": builders.MONDAY + timedelta(days=1)},
     {"lifted_at": NOW, "lifted_by": "d", "lift_reason": "appeal"}],
    ids=["ended today", "starts tomorrow", "lifted"],
)  # fmt: skip
def test_a_ban_that_is_not_in_force_does_not_refuse(scene, changes):
    scene.restriction(person=scene.person, **changes)
    assert scene.register(scene.party()).status == "registered"


def test_one_visitor_may_be_refused_while_the_visit_takes_place(scene):
    banned = scene.visitor("Жапаров")
    scene.restriction(person=banned)

    done = scene.register(scene.party(scene.person, banned))

    assert done.status == "registered"
    statuses = dict(Visitor.objects.values_list("person_id", "status"))
    assert statuses == {scene.person.pk: "allowed", banned.pk: "refused"}
    assert Refusal.objects.get().person_id == banned.pk


def test_refusing_the_lead_visitor_refuses_the_visit(scene):
    scene.restriction(person=scene.person)
    done = scene.register(scene.party(scene.person, scene.visitor("Орозов")))
    assert done.status == "refused"
    assert set(Visitor.objects.values_list("status", flat=True)) == {"refused"}
    assert Entry.objects.count() == 0


def test_a_supervisor_may_set_a_full_hall_aside_and_it_is_listed(scene):
    scene.session.open_places = 0
    scene.session.save()
    wish = (OverrideRequest("session_full", "mother from far away"),)

    with pytest.raises(Forbidden), transaction.atomic():
        scene.register(scene.party(overrides=wish))
    done = scene.register(scene.party(overrides=wish), rank=scene.supervisor)

    assert done.status == "registered"
    override = Override.objects.get()
    assert (override.code, override.by_name) == ("session_full", "С. Исаева")
    assert Event.objects.get().facts["overrides"] == ["session_full"]


def test_an_override_without_a_reason_is_not_taken(scene):
    scene.session.open_places = 0
    scene.session.save()
    wish = (OverrideRequest("session_full", "  "),)
    with pytest.raises(Invalid):
        scene.register(scene.party(overrides=wish), rank=scene.supervisor)


def test_an_override_of_one_visitor_does_not_lift_the_others_ground(scene):
    first = scene.visitor("Эркинов", approved=False)
    second = scene.visitor("Жумаев", approved=False)
    wish = (OverrideRequest("contact_missing", "seen the papers", first.pk),)

    done = scene.register(scene.party(first, second, overrides=wish),
                          rank=scene.supervisor)  # fmt: skip

    assert done.verdict.visitors[first.pk]
    assert not done.verdict.visitors[second.pk]


@pytest.mark.parametrize(
    ("level", "code"), [("session", "keep_apart_session"), ("day", "keep_apart_day")]
)
def test_prisoners_kept_apart_do_not_meet(scene, level, code):
    other = builders.prisoner(scene.house, "27-0002")
    first, second = sorted((scene.prisoner, other), key=lambda p: p.pk)
    KeepApart.objects.create(
        institution=scene.house.institution, first=first, second=second, level=level,
        reason="r", recorded_at=NOW, recorded_by="x",
    )  # fmt: skip
    where = scene.session if level == "session" else builders.session(
        scene.house, starts_at=builders.at(14), ends_at=builders.at(18)
    )  # fmt: skip
    builders.visit(scene.house, prisoner=other, session=where)

    assert blocking(scene.register(scene.party())) == {code}


def test_a_separated_prisoner_is_shown_with_the_day_it_ends(scene):
    until = builders.MONDAY + timedelta(days=3)
    Separation.objects.create(
        institution=scene.house.institution, prisoner=scene.prisoner,
        kind="isolation", starts_on=builders.MONDAY, ends_on=until, order_number="1",
    )  # fmt: skip
    done = scene.register(scene.party())
    ground = next(g for g in done.verdict.visit.grounds if g.code == "isolation")
    assert (ground.effect.name, ground.figures["until"]) == ("WARN", until)


def test_a_permit_counts_the_visits_made_with_it(scene):
    scene.prisoner.legal_status = "remand"
    scene.prisoner.save()
    Permit.objects.create(
        institution=scene.house.institution, prisoner=scene.prisoner,
        person=scene.person, authority="court", number="7", visits=1,
        starts_on=builders.MONDAY, ends_on=builders.MONDAY + timedelta(days=30),
        recorded_at=NOW, recorded_by="x",
    )  # fmt: skip
    assert "remand_permit_ok" in scene.register(scene.party()).facts["codes"]
    later = services.decide(scene.party(), by=scene.officer, at=NOW)
    assert "remand_permit_used" in [g.code for g in later.grounds]


def test_family_rooms_by_night_are_not_given_twice(scene):
    family = builders.room(
        scene.house.institution, "family", seats=1, name_ky="Үй-бүлө"
    )
    three_days = {"kind": "long", "room": family, "open_places": 1}
    first = builders.session(scene.house, **three_days,
                             ends_at=builders.at(9) + timedelta(days=3))  # fmt: skip
    next_day = builders.at(9) + timedelta(days=1)
    second = builders.session(scene.house, **three_days, starts_at=next_day,
                              ends_at=next_day + timedelta(days=3))  # fmt: skip
    party = replace(scene.party(session_id=first.pk), kind="long")
    assert scene.register(party).seat_label == "1"

    other = replace(scene.party(scene.visitor("Сатаров"), session_id=second.pk),
                    kind="long", starts_at=next_day)  # fmt: skip
    assert blocking(scene.register(other)) == {"seat_taken"}


def test_a_session_or_prisoner_of_another_institution_does_not_exist(scene):
    elsewhere = builders.house("16")
    stranger = elsewhere.actor(Role.DIRECTOR)
    theirs = builders.session(elsewhere)

    with pytest.raises(Forbidden), transaction.atomic():
        scene.register(scene.party(), by=scene.house.actor(Role.INSPECTOR))
    done = scene.register(scene.party(session_id=theirs.pk))
    assert blocking(done) == {"no_session"}
    with pytest.raises(NotFound):
        scene.register(scene.party(), by=stranger)


@pytest.mark.parametrize(
    ("where", "code"),
    [({}, {"session_closed"}), ({"room": True}, {"session_closed"}),
     ({"ends_on": builders.MONDAY}, set()), ({"reopened_at": NOW}, set())],
    ids=["institution", "room", "over since yesterday", "reopened"],
)  # fmt: skip
def test_a_closed_day_refuses_even_a_session_that_was_made(scene, where, code):
    row = {"starts_on": date(2026, 11, 1), "ends_on": date(2026, 12, 1)} | where
    if "room" in row:
        row["room"] = scene.house.hall
    Closure.objects.create(
        institution=scene.house.institution, reason="repairs", closed_by="x",
        closed_at=NOW, **row,
    )  # fmt: skip
    assert blocking(scene.register(scene.party())) == code


@pytest.mark.parametrize(("included", "named", "fits"), [
    (True, True, True), (True, False, False), (False, True, False),
    (False, False, True),
])  # fmt: skip
def test_a_session_may_be_held_for_some_blocks_only(scene, included, named, fits):
    other = Block.objects.create(institution=scene.house.institution, code="2")
    template = builders.template(scene.house, blocks_included=included)
    template.blocks.set([scene.house.block if named else other])
    scene.session.template = template
    scene.session.save()
    expected = set() if fits else {"session_of_other_block"}
    assert blocking(scene.register(scene.party())) == expected


@pytest.mark.parametrize("parts", [("adult",), ("lead", "lead")])
def test_a_party_has_exactly_one_lead(scene, parts):
    other = scene.visitor("Бекназаров")
    people = [scene.person, other][: len(parts)]
    parties = tuple(Party(p.pk, part) for p, part in zip(people, parts, strict=True))
    with pytest.raises(Invalid):
        scene.register(replace(scene.party(), parties=parties))


def test_a_booked_visit_arrives_with_whoever_really_came(scene):
    scene.quota()
    mother, brother = scene.person, scene.visitor("Келдибеков")
    booked = scene.register(replace(scene.party(mother, brother), status="booked"))
    cousin = scene.visitor("Турдуев")

    done = services.arrive(
        booked.visit_id, scene.party(mother, cousin), by=scene.officer, at=NOW
    )
    again = services.arrive(
        booked.visit_id, scene.party(mother, cousin), by=scene.officer, at=NOW
    )

    assert (done.status, again.again) == ("registered", True)
    statuses = dict(Visitor.objects.values_list("person_id", "status"))
    assert statuses == {
        mother.pk: "allowed", brother.pk: "absent", cousin.pk: "allowed",
    }  # fmt: skip
    assert Entry.objects.filter(reason="use").count() == 1
