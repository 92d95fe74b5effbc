"""What the officer's desk shows: one draft with everything that follows from it."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor, anyone_seeing
from darbaza.custody import selectors as custody
from darbaza.gate import asking, states
from darbaza.gate.models import Draft
from darbaza.gate.selectors.parcel import ParcelDesk, parcel
from darbaza.gate.states import Comer, Lift, State
from darbaza.kernel.db import Prepared, PreparedObjects
from darbaza.kernel.decisions import Decision, Ground, warn
from darbaza.kernel.errors import DarbazaError, NotFound
from darbaza.parcels import selectors as parcels
from darbaza.visits import selectors as visits
from darbaza.visits import services as visiting
from darbaza.visits.types import Verdict
from darbaza.watchlists import selectors as watchlists

OFFERED_AT_MOST = 9
EXPECTED_AT_MOST, RECENT_AT_MOST, PARKED_AT_MOST = 12, 6, 8
OPTIONS_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Guest:
    """One person of the party, as the desk shows them."""

    comer: Comer
    person: Any
    document: Any = None
    decision: Decision | None = None
    visits: int = 0
    """Earlier visits, where a decision counted them."""
    alert: str = ""
    """Likeness with a watch-list: "open", "same", or nothing."""

    @property
    def contact_step(self) -> str:
        """What the contact needs: propose, approve, or nothing."""
        codes = set(self.decision.codes) if self.decision is not None else set()
        if "contact_pending" in codes:
            return "approve"
        return "propose" if codes & {"contact_missing", "contact_refused"} else ""


@dataclass(frozen=True, slots=True)
class Liftable:
    """A ground that rank may set aside, or has."""

    ground: Ground
    person: str
    name: str
    own_rank: bool
    lift: Lift | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the screen for one draft."""

    draft: Draft
    state: State
    guests: list[Guest]
    prisoner: Any = None
    offered: list[Any] = field(default_factory=list)
    """Contacts of the lead visitor, with their prisoners, likeliest first."""
    booked: list[Any] = field(default_factory=list)
    slots: list[Any] = field(default_factory=list)
    slot: Any = None
    seats: list[Any] = field(default_factory=list)
    verdict: Verdict | None = None
    liftables: list[Liftable] = field(default_factory=list)
    rank: Actor | None = None
    trouble: DarbazaError | None = None
    parcel: ParcelDesk | None = None
    """What they bring, while that is the errand."""

    @property
    def step(self) -> str:
        """Where the hand is: ask, compare, who, whom, decide or parcel."""
        if self.state.question:
            return "compare" if self.state.question.confirm else "ask"
        if not self.asks_whom:
            return "who"
        if self.parcel is not None:
            return "parcel" if self.prisoner else "whom"
        return "whom" if self.verdict is None else "decide"

    @property
    def asks_whom(self) -> bool:
        """Whether the prisoner is asked for: somebody is here, or it came by post."""
        return bool(self.guests) or (
            self.parcel is not None and self.state.parcel.posted
        )


@dataclass(frozen=True, slots=True)
class Beside:
    """The left column: who is expected, what is put aside, what was done."""

    expected: list[Any]
    parked: list[tuple[Draft, str, int]]
    recent: list[Any]


_draft = PreparedObjects(
    lambda key, user_id, here: Draft.objects.filter(
        pk=key, user_id=user_id, institution_id=here
    )
)


@requires(Permission.GATE_DESK)
def draft(draft_id: UUID, *, by: Actor) -> Draft:
    """Return a draft of the officer.

    Raises:
        NotFound: Of somebody else, or of another institution.
    """
    found = _draft.one(key=draft_id, user_id=by.id, here=by.institution_id)
    if found is None:
        raise NotFound("draft")
    return found


@requires(Permission.GATE_DESK)
def desk(row: Draft, *, by: Actor, at: datetime) -> Desk:
    """Return the screen of a draft, its decision worked out anew."""
    state = states.load(row.state)
    guests = _guests(state, by)
    if state.errand == "parcel":
        return _bringing(row, state, guests, by, at)
    if not state.prisoner:
        offered = _offered(state, by) if guests else []
        return Desk(row, state, guests, offered=offered, booked=_booked(state, by, at))
    verdict, plain, rank, trouble = _decided(state, row, by, at)
    prisoner = custody.prisoner(UUID(state.prisoner), by=by)
    slots, slot = _slots(state, by, at)
    return Desk(
        row,
        state,
        _with_decisions(guests, verdict, by, at),
        prisoner=prisoner,
        booked=[] if state.booked else _booked(state, by, at),
        slots=slots,
        slot=slot,
        seats=_seats(slot, by),
        verdict=verdict,
        liftables=_liftables(state, plain, guests, by),
        rank=rank,
        trouble=trouble,
    )


def _bringing(
    row: Draft, state: State, guests: list[Guest], by: Actor, at: datetime
) -> Desk:
    """Return the screen of somebody who brings something."""
    shown = parcel(row, state, by=by, at=at)
    if not state.prisoner:
        offered = _offered(state, by) if guests else []
        return Desk(row, state, guests, offered=offered, parcel=shown)
    prisoner = custody.prisoner(UUID(state.prisoner), by=by)
    return Desk(
        row, state, guests, prisoner=prisoner, parcel=shown, trouble=shown.trouble
    )


@requires(Permission.GATE_DESK)
def options(text: str, *, by: Actor) -> list[Any]:
    """Return the prisoners held here that a name or number may mean."""
    if not text.strip():
        return []
    found = custody.search(text[:120], by=by, limit=OPTIONS_AT_MOST * 2)
    here = [hit for hit in found if hit.institution_id == by.institution_id]
    return here[:OPTIONS_AT_MOST]


@requires(Permission.GATE_DESK)
def beside(current: Draft, *, by: Actor, at: datetime) -> Beside:
    """Return the left column."""
    booked = visits.visits(_today(at, status="booked"), by=by)
    booked = booked.filter(institution_id=by.institution_id, ends_at__gt=at)
    done = visits.visits(_today(at), by=by)
    done = done.filter(institution_id=by.institution_id, registered_by=by.name)
    done = done.exclude(status="booked")
    return Beside(
        expected=list(booked.order_by("starts_at", "id")[:EXPECTED_AT_MOST]),
        parked=_parked(current, by),
        recent=list(done.order_by("-registered_at", "-id")[:RECENT_AT_MOST]),
    )


@requires(Permission.GATE_DESK)
def ended(visit_id: UUID, *, by: Actor) -> Any:
    """Return a visit just registered or refused, with visitors, passes, refusals.

    Raises:
        NotFound: Not of this institution.
    """
    row = visits.visit(visit_id, by=by)
    if row.institution_id != by.institution_id:
        raise NotFound
    return row


@requires(Permission.GATE_DESK)
def inbox_count(draft_id: UUID, *, by: Actor) -> int:
    """Return how many pictures wait in a draft's inbox."""
    return len(draft(draft_id, by=by).state.get("inbox", ()))


@requires(Permission.GATE_DESK)
def draft_of_post(post_code: str, *, by: Actor, since: datetime) -> Draft | None:
    """Return the draft in hand at a post, by any of its names; None if nobody works."""
    rows = Draft.objects.filter(
        institution_id=by.institution_id, done_at=None, changed_at__gt=since
    ).select_related("post")
    if post_code:
        rows = rows.filter(post__name_ky=post_code)
    return rows.order_by("-changed_at").first()


def _guests(state: State, by: Actor) -> list[Guest]:
    came = [UUID(c.person) for c in state.people]
    shown = [UUID(c.document) for c in state.people if c.document]
    rows = {str(r.pk): r for r in _people.all(keys=came)}
    documents = {str(d.pk): d for d in _papers.all(keys=shown)}
    alerts = watchlists.alerts(came, by=by)
    return [
        Guest(
            c,
            rows[c.person],
            documents.get(c.document),
            alert=alerts.get(rows[c.person].pk, ""),
        )
        for c in state.people
        if c.person in rows
    ]


def _with_decisions(
    guests: list[Guest], verdict: Verdict | None, by: Actor, at: datetime
) -> list[Guest]:
    if verdict is None:
        return guests
    people = [guest.person.pk for guest in guests]
    unwilling = parcels.without_consent(people, by=by, at=at)
    found = []
    for guest in guests:
        decision = verdict.visitors.get(guest.person.pk, Decision())
        known = [g for g in decision.grounds if g.code == "known_visitor"]
        count = int(known[0].figures["visits"]) if known else 0
        if guest.person.pk in unwilling:
            # The inner gate will stop them: better said before they walk there.
            decision += Decision((warn("search_not_consented"),))
        found.append(replace(guest, decision=decision, visits=count))
    return found


def _offered(state: State, by: Actor) -> list[Any]:
    lead = state.lead or state.people[0]
    asked = {"person": UUID(lead.person), "here": by.institution_id}
    return _offers.all(**asked, sees=by.sees)


def _contacts(person: UUID, here: UUID, sees: frozenset[UUID]) -> QuerySet[Any]:
    rows = custody.contacts(by=anyone_seeing(sees), person_id=person).filter(
        prisoner__status="held",
        prisoner__institution_id=here,
        status__in=["approved", "pending"],
    )
    return rows.order_by("status", "-decided_at")[:OFFERED_AT_MOST]


def _rows(model: str) -> PreparedObjects[Any]:
    """Prepare reading rows of a model of the room of persons by their keys."""
    return PreparedObjects(
        lambda keys: apps.get_model("persons", model)._default_manager.filter(
            pk__in=keys
        )
    )


_people, _papers = _rows("Person"), _rows("Document")
_offers = PreparedObjects(_contacts)
_any_booking = Prepared(
    lambda people, here: (
        apps.get_model("visits", "Visitor")
        ._default_manager.filter(
            person_id__in=people, institution_id=here, visit__status="booked"
        )
        .values_list("pk")[:1]
    )
)


def _booked(state: State, by: Actor, at: datetime) -> list[Any]:
    people = [UUID(c.person) for c in state.people]
    if not _any_booking(people=people, here=by.institution_id):
        return []  # as nearly always: spares the wide question
    rows = visits.visits(_today(at, status="booked"), by=by).filter(
        institution_id=by.institution_id, visitors__person_id__in=people
    )
    return list(rows.distinct().order_by("starts_at"))


def _today(at: datetime, status: str = "") -> visits.Filters:
    today = timezone.localdate(at)
    return visits.Filters(today, today + timedelta(days=1), status=status)


def _decided(
    state: State, row: Draft, by: Actor, at: datetime
) -> tuple[Verdict | None, Verdict | None, Actor | None, DarbazaError | None]:
    """Decide as the draft stands; where the rank fell away, as it would without."""
    wanted = asking.registration(state, row.request_id, at=at)
    if wanted is None:
        return None, None, None, None
    bare = asking.registration(state, row.request_id, at=at, plain=True)
    if bare is None:
        return None, None, None, None
    plain = visiting.decide(bare, by=by, at=at)
    if not state.lifts:
        return plain, plain, None, None
    try:
        rank = asking.answering(state, by=by, at=at)
        return visiting.decide(wanted, by=by, at=at, rank=rank), plain, rank, None
    except DarbazaError as error:
        return plain, plain, None, error


def _slots(state: State, by: Actor, at: datetime) -> tuple[list[Any], Any]:
    slots = visits.sessions_on(
        timezone.localdate(at),
        kind=state.kind,
        prisoner_id=UUID(state.prisoner),
        by=by,
    )
    chosen = next((s for s in slots if str(s.session_id) == state.session), None)
    usable = [s for s in slots if s is chosen or (s.usable and s.ends_at > at)]
    return usable, chosen


def _seats(slot: Any, by: Actor) -> list[Any]:
    if slot is None or slot.seats_free is None:
        return []
    times = {"starts_at": slot.starts_at, "ends_at": slot.ends_at}
    return visits.free_seats(slot.room.pk, by=by, **times)


def _liftables(
    state: State, plain: Verdict | None, guests: list[Guest], by: Actor
) -> list[Liftable]:
    if plain is None:
        return []
    names = {guest.person.pk: guest.person.name for guest in guests}
    lifted = {(x.code, x.person): x for x in state.lifts}
    pairs = [(g, "", "") for g in plain.visit.blocking]
    for person, decision in plain.visitors.items():
        pairs += [(g, str(person), names.get(person, "")) for g in decision.blocking]
    return [
        Liftable(g, who, name, by.may(Permission(g.lift)), lifted.get((g.code, who)))
        for g, who, name in pairs
        if g.lift
    ]


def _parked(current: Draft, by: Actor) -> list[tuple[Draft, str, int]]:
    rows = Draft.objects.filter(
        user_id=by.id, institution_id=by.institution_id, done_at=None
    ).exclude(pk=current.pk)
    found = []
    for row in rows.order_by("-changed_at")[: PARKED_AT_MOST * 2]:
        state = states.load(row.state)
        if not state.empty:
            found.append((row, state))
    ids = {s.lead.person for _r, s in found if s.lead}
    people = apps.get_model("persons", "Person")._default_manager.in_bulk(ids)
    names = {str(key): person.name for key, person in people.items()}
    return [
        (r, names.get(s.lead.person, "") if s.lead else "", len(s.people))
        for r, s in found[:PARKED_AT_MOST]
    ]
