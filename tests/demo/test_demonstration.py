"""The demonstration: built through the services, whole, and never in a real one."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from darbaza.accounts.models import User
from darbaza.accounts.permissions import DEVICES_ONLY, Role
from darbaza.accounts.services import create_user
from darbaza.accounts.types import UserDraft, system
from darbaza.audit import selectors as audit
from darbaza.custody.models import Contact, Prisoner, Restriction, Separation
from darbaza.demo import story, users
from darbaza.gate.models import Pass
from darbaza.kernel import ids
from darbaza.kernel.errors import Conflict
from darbaza.persons.models import Document, Person
from darbaza.sites import services as sites
from darbaza.sites.models import Institution
from darbaza.visits import services as visits
from darbaza.visits.models import Override, Session, Visit, Visitor
from darbaza.visits.types import Party, Registration
from darbaza.watchlists.models import Judgement, Likeness
from tests import cast

SIGN_IN = "/account/login/"


@pytest.fixture(scope="module")
def country(django_db_setup, django_db_blocker):
    """The small demonstration, built once for this module and taken back after it."""
    with django_db_blocker.unblock():
        atomic = _Rolled()
        with atomic:
            call_command("demo", small=True, verbosity=0)
            yield Institution.objects.in_bulk(field_name="code")


class _Rolled:
    """A transaction around several tests that is rolled back at their end."""

    def __enter__(self):
        from django.db import transaction  # noqa: PLC0415

        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.transaction = transaction

    def __exit__(self, *_error):
        self.transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)


@pytest.fixture
def inside(country, django_db_blocker):
    """Let a test use the built country, and take back what the test itself writes."""
    with django_db_blocker.unblock(), _Rolled():
        yield country


pytestmark = pytest.mark.slow


def test_one_visitor_is_like_an_entry_and_one_was_told_apart(inside):
    pairs = Likeness.objects.filter(watchlist__kind="un")
    told = {(one.person.surname, one.status) for one in pairs}
    assert {("Сыдыков", "open"), ("Мамытова", "another")} <= told
    assert Judgement.objects.get().institution == inside["27"]


def test_all_prisons_and_headquarters_stand(inside):
    assert set(inside) == {"HQ", "27", "16", "3", "2", "47", "1"}
    held = Counter(Prisoner.objects.values_list("institution__code", flat=True))
    assert held["27"] > 24
    assert min(held.values()) == 4
    assert Prisoner.objects.filter(legal_status="life").count() == 1
    assert set(
        Prisoner.objects.filter(institution__code="1").values_list("regime", flat=True)
    ) == {"sizo"}


def test_every_state_of_a_visit_and_of_a_contact_can_be_seen(inside):
    assert {"ended", "booked", "refused"} <= set(
        Visit.objects.values_list("status", flat=True)
    )
    assert set(Contact.objects.values_list("status", flat=True)) == {
        "approved",
        "pending",
        "refused",
    }
    assert set(Separation.objects.values_list("kind", flat=True)) == {
        "isolation",
        "quarantine",
        "hospital",
    }
    levels = {
        (row.person_id is not None, row.prisoner_id is not None)
        for row in Restriction.objects.all()
    }
    assert (True, True) in levels
    assert (True, False) in levels


def test_today_is_a_day_in_its_middle(inside):
    today = Visit.objects.filter(
        starts_at__date=timezone.localdate(), institution__code="27"
    )

    assert today.count() > 4
    assert not Visitor.objects.filter(came_in_at__gt=timezone.now()).exists()
    left = Visitor.objects.filter(status="left")
    assert left.exists()
    assert not Pass.objects.filter(visitor__in=left, status="valid").exists()


def test_nothing_happens_after_now_and_the_record_is_whole(inside):
    assert list(audit.breaches()) == []
    events = audit.events(institutions=audit.chains())
    assert events.count() > 1_000
    assert not events.filter(at__gt=timezone.now()).exists()
    assert not Override.objects.filter(reason="").exists()


def test_no_document_and_no_number_can_exist(inside):
    numbers = Document.objects.values_list("number", flat=True)
    assert all(number.startswith("ZZ") for number in numbers)
    personal = Person.objects.exclude(personal_number=None)
    assert personal.count() > 100
    for number in personal.values_list("personal_number", flat=True):
        assert re.fullmatch(r"[12]\d{8}00\d{3}", number)


def test_building_again_says_that_it_is_there(inside, capsys):
    before = Visit.objects.count()

    call_command("demo", small=True)

    assert "already there" in capsys.readouterr().out
    assert Visit.objects.count() == before


@pytest.mark.parametrize("role", [r for r in Role if r not in DEVICES_ONLY])
def test_one_button_signs_in_as_each_role(inside, role):
    user = next(u for u in users.offered() if u.role is role)
    browser = Client()

    answer = browser.post("/try-it/sign-in/", {"username": user.username})

    assert answer.status_code == 302
    assert browser.get("/").context["user_name"] == user.full_name


def test_the_published_password_opens_the_door_too(inside):
    browser = Client()

    answer = browser.post(SIGN_IN, {"login": "gate-27", "password": users.PASSWORD})

    assert answer.status_code == 302
    assert browser.get("/").status_code == 200


def test_the_page_shows_every_document_and_says_that_nobody_is_real(inside):
    answer = Client().get("/try-it/", headers={"accept-language": "en"})

    page = answer.content.decode()
    assert "Demonstration: invented people." in page
    assert page.count("data-copies") == len(story.STORIES)
    for told in story.STORIES:
        picture = Client().get(f"/try-it/specimens/{told.specimen}.jpg")
        assert picture["Content-Type"] == "image/jpeg"
        assert picture.getvalue()[:3] == b"\xff\xd8\xff"


def test_nobody_signs_in_by_button_as_somebody_unpublished(inside):
    User.objects.filter(username="gate-27").update(demonstration=False)

    for name in ("gate-27", "somebody", ""):
        assert Client().post("/try-it/sign-in/", {"username": name}).status_code == 404


def _decided(told):
    """What the desk says at prison 27 now, where one decides on this visitor alone."""
    house = Institution.objects.get(code="27")
    by = replace(system("a test"), institution_id=house.pk, sees=frozenset({house.pk}))
    number = story.specimen_of(told).document.document_number
    paper = Document.objects.filter(number=number).first()
    if paper is None:
        return None
    now = timezone.now()
    session = Session.objects.filter(
        institution=house, room__kind="open", starts_at__lte=now, ends_at__gt=now
    ).first()
    registration = Registration(
        request_id=ids.new_id(),
        prisoner_id=Prisoner.objects.get(number=told.number).pk,
        kind=told.kind,
        parties=(Party(paper.person_id, document_id=paper.pk),),
        session_id=session.pk if session else None,
    )
    return visits.decide(registration, by=by, at=now)


@pytest.mark.parametrize("told", story.STORIES, ids=lambda told: told.specimen)
def test_the_desk_says_what_the_page_promises(inside, told):
    verdict = _decided(told)
    if not told.state:
        assert verdict is None
        return
    worst = max(ground.effect for ground in verdict.grounds)
    colour = {"allow": "green", "warn": "amber", "block": "red"}[worst.name.lower()]
    assert colour == told.effect, [g.code for g in verdict.grounds]


# In a real database -------------------------------------------------------------------


@pytest.fixture
def real(db, colony):
    """A founded, real installation."""
    Institution.objects.all().delete()
    sites.found_installation(demonstration=False, at=cast.NINE)


@pytest.mark.parametrize(
    "address", ["/try-it/", "/try-it/specimens/novak-visa.jpg", "/try-it/sign-in/"]
)
def test_a_real_database_has_no_page_to_try(real, address):
    browser = Client()

    assert browser.get(address).status_code == 404
    assert browser.post(address, {"username": "gate-27"}).status_code == 404


def test_a_real_database_takes_no_demonstration(real):
    with pytest.raises(CommandError, match="real database"):
        call_command("demo", small=True)

    assert Institution.objects.count() == 0


def test_a_real_database_takes_no_user_of_the_demonstration(real):
    draft = UserDraft(
        ids.new_id(),
        "gate-27",
        "Nobody",
        frozenset({Role.GATE_OFFICER}),
        demonstration=True,
    )
    with pytest.raises(Conflict, match="installation_is_real"):
        create_user(draft, password=users.PASSWORD, by=cast.ADMINISTRATOR, at=cast.NINE)


def test_a_demonstration_user_in_a_real_database_cannot_enter(real, sign_in):
    browser = Client()
    user = User(
        username="gate-27", full_name="X", demonstration=True, created_at=cast.NINE
    )
    user.set_password(users.PASSWORD)
    user.save()

    browser.post(SIGN_IN, {"login": "gate-27", "password": users.PASSWORD})

    assert "_auth_user_id" not in browser.session


def test_half_a_demonstration_is_refused(db):
    sites.found_installation(demonstration=True, at=cast.NINE)

    with pytest.raises(CommandError, match="broke off"):
        call_command("demo", small=True)
