"""Two prisons with one row of every kind, and the values for every address."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.urls.resolvers import URLPattern

from darbaza.accounts.models import DeviceToken
from darbaza.accounts.permissions import Role
from darbaza.custody.models import Contact, KeepApart, Permit, Restriction, Separation
from darbaza.entitlements.models import Rule
from darbaza.gate.models import (
    Badge,
    Deposit,
    Draft,
    Locker,
    Passage,
    Shift,
    Vehicle,
)
from darbaza.kernel import ids
from darbaza.kernel.decisions import block
from darbaza.parcels.models import (
    Bag,
    Finding,
    Picture,
    Search,
    Sending,
    Step,
    Suspension,
)
from darbaza.persons.models import Person
from darbaza.sites.models import Block, Institution, Post, Printer, PrintJob
from darbaza.visits.models import Closure, Refusal
from darbaza.watchlists.models import (
    Entry,
    Likeness,
    Screening,
    Sighting,
    Version,
    WatchList,
)
from tests import cast
from tests.conftest import user_of
from tests.visits import builders

SECRET = "Купуяев"
"""The surname of everybody in the other prison: it may be on no page here."""
NOW = cast.NINE
PLAIN: dict[str, Any] = {
    "name": "call", "kind": "blocks", "how": "end", "code": "visits.quota.short",
    "language": "ky", "year": 2026, "month": 11, "on": date(2026, 11, 23),
    "session_id": 1, "number": "ABCD2345", "key": "passport",
}  # fmt: skip


@dataclass
class World:
    """The rows of one prison by the names that addresses give them."""

    institution: Institution
    values: dict[str, Any] = field(default_factory=dict)

    def address(self, name: str, pattern: URLPattern) -> str:
        """Return the path of a named address with this world's rows."""
        given = {}
        for argument, converter in pattern.pattern.converters.items():
            if type(converter).__name__ == "UUIDConverter":
                given[argument] = self.values.get(argument) or uuid4()
            else:
                given[argument] = (
                    PLAIN.get(argument) or self.values.get(argument) or uuid4()
                )
        return reverse(name.split(" ", maxsplit=1)[0], kwargs=given)


def world(institution: Institution, surname: str, *, director: Any) -> World:
    """Make one row of every kind in an institution."""
    block = Block.objects.create(institution=institution, code="1")
    home = builders.House(institution, block, builders.room(institution))
    visitor = builders.person(home, surname)
    inmate = builders.prisoner(
        home, f"{institution.code}-0001", person=builders.person(home, surname)
    )
    visit = builders.visit(home, visitor=visitor, prisoner=inmate)
    made = World(institution)
    made.values = {
        "institution_id": institution.pk,
        "person_id": visitor.pk,
        "other_id": inmate.person_id,
        "prisoner_id": inmate.pk,
        "visit_id": visit.pk,
        "visitor_id": visit.visitors.get().pk,
        "session_id": visit.session_id,
        "template_id": builders.template(home).pk,
        "place_id": block.pk,
        "within": block.pk,
        "user_id": user_of(director).pk,
        "rule_id": rule(institution).pk,
        "draft_id": draft(institution, director).pk,
        **papers(home, inmate, visitor, visit),
        **printing(institution, surname),
        **listening(institution, surname),
        **entrance(institution, surname),
        **sent(institution, inmate, visitor),
        **watched(institution, visitor),
    }
    return made


def printing(institution: Institution, title: str) -> dict[str, Any]:
    """A printer that nobody answers at, and a paper that waits for it."""
    names = {f"name_{code}": title for code in ("ky", "ru", "en")}
    printer = Printer.objects.create(
        institution=institution, kind="escpos", connection="network",
        address="127.0.0.1", port=9, **names,
    )  # fmt: skip
    job = PrintJob.objects.create(
        institution=institution, printer=printer, paper="pass", title=title,
        pdf=b"%PDF", request_id=uuid4(), made_at=NOW, made_by="x",
    )  # fmt: skip
    return {"printer_id": printer.pk, "job_id": job.pk}


def listening(institution: Institution, name: str) -> dict[str, Any]:
    """A post with a local agent."""
    names = {f"name_{code}": name for code in ("ky", "ru", "en")}
    post = Post.objects.create(institution=institution, kind="window", **names)
    token = DeviceToken.objects.create(
        institution_id=institution.pk, post_id=post.pk, name=name, role="agent",
        token_hash=uuid4().hex, created_at=NOW, created_by="x", expires_at=NOW,
    )  # fmt: skip
    return {"post_id": post.pk, "token_id": token.pk}


def rule(institution: Institution) -> Rule:
    """A rule of the country: the same for everybody."""
    names = {f"name_{code}": "q" for code in ("ky", "ru", "en")}
    day = date(2020, 1, 1) + timedelta(days=int(institution.code))
    return Rule.objects.create(
        code="visits.quota.short", legal_basis="test", valid_from=day, added_at=NOW,
        added_by="x", **names,
    )  # fmt: skip


def draft(institution: Institution, owner: Any) -> Draft:
    """A draft on a desk."""
    return Draft.objects.create(
        institution=institution, user_id=owner.id, request_id=ids.new_id(),
        opened_at=NOW, changed_at=NOW,
    )  # fmt: skip


def entrance(institution: Institution, surname: str) -> dict[str, Any]:
    """Locker, deposit, badge, passage, vehicle, shift: all of one surname."""
    place = {"institution": institution}
    inside = {"came_in_at": NOW, "came_in_by": surname, "request_id": uuid4()}
    locker = Locker.objects.create(**place, label="1")
    deposit = Deposit.objects.create(
        **place, name=surname, locker=locker, tag="123456", taken_at=NOW,
        taken_by=surname, request_id=uuid4(),
    )  # fmt: skip
    badge = Badge.objects.create(
        **place, number=f"S{institution.code}", name=surname, category="staff"
    )
    passage = Passage.objects.create(
        **place, **inside, name=surname, category="staff", key=surname
    )
    vehicle = Vehicle.objects.create(**place, **inside, plate=surname, kind="car")
    shift = Shift.objects.create(
        **place, opened_at=NOW, officer_id=uuid4(), officer=surname, request_id=uuid4()
    )
    return {
        "locker_id": locker.pk, "deposit_id": deposit.pk, "badge_id": badge.pk,
        "passage_id": passage.pk, "vehicle_id": vehicle.pk, "shift_id": shift.pk,
    }  # fmt: skip


def papers(home: builders.House, inmate: Any, who: Person, visit: Any) -> dict:
    """Restriction, contact, pair, permit, separation, closure, refusal."""
    place = {"institution": home.institution}
    noted = {"recorded_at": NOW, "recorded_by": "x", "reason": "r"}
    day = builders.MONDAY
    ban = Restriction.objects.create(
        **place, **noted, person=who, kind="banned", starts_on=day, ground="court",
        authority="director", order_number="1",
    )  # fmt: skip
    contact = Contact.objects.create(
        **place, prisoner=inmate, person=who, kinship="sibling", status="approved",
        proposed_at=NOW, decided_at=NOW, decided_by="x",
    )  # fmt: skip
    other = builders.prisoner(home, f"{home.institution.code}-0002")
    first, second = sorted((inmate, other), key=lambda row: row.pk)
    pair = KeepApart.objects.create(
        **place, **noted, first=first, second=second, level="day"
    )
    permit = Permit.objects.create(
        **place, prisoner=inmate, person=who, authority="court", number="1", visits=1,
        starts_on=day, ends_on=day + timedelta(days=9), recorded_at=NOW,
        recorded_by="x",
    )  # fmt: skip
    apart = Separation.objects.create(
        **place, prisoner=inmate, kind="isolation", starts_on=day,
        ends_on=day + timedelta(days=3), order_number="1",
    )  # fmt: skip
    closure = Closure.objects.create(
        **place, starts_on=day, ends_on=day + timedelta(days=1), reason="r",
        closed_by="x", closed_at=NOW,
    )  # fmt: skip
    refusal = Refusal.objects.create(
        **place, number=uuid4().hex[:8].upper(), visit=visit, person=who,
        prisoner=inmate, grounds=[block("banned_pair", order="1").as_facts()],
        language="ru", at=NOW, by_name="x", request_id=uuid4(),
    )  # fmt: skip
    return {
        "restriction_id": ban.pk, "contact_id": contact.pk, "pair_id": pair.pk,
        "permit_id": permit.pk, "separation_id": apart.pk, "closure_id": closure.pk,
        "refusal_id": refusal.pk,
    }  # fmt: skip


def sent(institution: Institution, inmate: Any, who: Person) -> dict[str, Any]:
    """A sending with its bag, a signature, an order; goods are the whole country's."""
    place = {"institution": institution}
    sending = Sending.objects.create(
        **place, prisoner=inmate, sender=who, channel="package", status="accepted",
        reference=ids.reference(), secret="SECRETS2", grams=100, effect="allow",
        language="ky", handed_in_at=NOW, registered_by="x", request_id=uuid4(),
    )  # fmt: skip
    bag = Bag.objects.create(
        **place, sending=sending, part="goods", label=ids.random_code(10),
        where="round", holder="x", since=NOW,
    )  # fmt: skip
    Step.objects.create(
        **place, bag=bag, number=0, to="counter", at=NOW, giver="y", taker="x",
        by_name="x", request_id=uuid4(),
    )  # fmt: skip
    picture = Picture.objects.create(
        **place, bag=bag, kind="signature", image=b"PNG", digest="0" * 64,
        taken_at=NOW, taken_by="x",
    )  # fmt: skip
    order = Suspension.objects.create(
        **place, order_number="1", reason="r", starts_on=NOW.date(),
        ends_on=NOW.date() + timedelta(days=1), recorded_at=NOW, recorded_by="x",
        request_id=uuid4(),
    )  # fmt: skip
    return {
        "sending_id": sending.pk, "bag_id": bag.pk, "picture_id": picture.pk,
        "suspension_id": order.pk, **evidence(sending, who),
    }  # fmt: skip


def watched(institution: Institution, who: Person) -> dict[str, Any]:
    """A list that this prison made, a file that waits, and one likeness with it."""
    place = {"institution": institution}
    row = WatchList.objects.create(
        **place, name=f"List {institution.code}", kind="un", source="s", owner="o",
        purpose="p", kept_until=date(2030, 1, 1), made_at=NOW, made_by="x",
    )  # fmt: skip
    file = {**place, "watchlist": row, "file_name": "x", "loaded_at": NOW}
    version = Version.objects.create(**file, number=1, status="loaded", loaded_by="x")
    waiting = Version.objects.create(**file, number=2, data=b"<", loaded_by="x")
    entry = Entry.objects.create(
        **place, watchlist=row, reference="1", names=[who.name], opened_by=version,
        opened_at=NOW,
    )  # fmt: skip
    pair = Likeness.objects.create(
        **place, watchlist=row, reference="1", entry=entry, person=who, score=1,
        name_score=1, reasons=["name_same"], name=who.name, pair="x", raised_at=NOW,
    )  # fmt: skip
    Sighting.objects.create(
        **place, likeness=pair, occasion="desk", seen_at=NOW, seen_by="x"
    )
    walk = Screening.objects.create(
        **place, total=1, started_at=NOW, started_by="x", stepped_at=NOW
    )
    return {
        "list_id": row.pk, "version_id": waiting.pk, "likeness_id": pair.pk,
        "screening_id": walk.pk,
    }  # fmt: skip


def evidence(sending: Sending, who: Person) -> dict[str, Any]:
    """A search, and a finding with its sealed bag, of the sender of a sending."""
    place = {"institution": sending.institution}
    searched = Search.objects.create(
        **place, person=who, person_sex="F", officer_sex="F", kind="belongings",
        reason="everybody today", result="found", at=NOW, by_name="x",
        request_id=uuid4(),
    )  # fmt: skip
    kept = Bag.objects.create(
        **place, sending=sending, part="kept", label=ids.random_code(10),
        where="seized", holder="x", seal="1", place="safe", since=NOW,
    )  # fmt: skip
    found = Finding.objects.create(
        **place, bag=kept, sending=sending, person=who, person_name=who.surname,
        category="phones", offence="phone", description="a telephone", protocol="1",
        at=NOW, by_name="x", second_name="y", request_id=uuid4(),
    )  # fmt: skip
    return {"search_id": searched.pk, "finding_id": found.pk}


HERE = tuple(a for a in cast.EVERYBODY if Role.HEADQUARTERS not in a.roles)[:-1]
"""The cast that sees this prison alone."""
