"""Vehicles: searched and let in with their people, searched and let out again."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.gate import events, policies
from darbaza.gate.models import Passage, Search, Vehicle
from darbaza.gate.services import passages
from darbaza.gate.types import Departure, SearchDraft, Stay, VehicleDraft
from darbaza.kernel.decisions import Decision, block
from darbaza.kernel.errors import Conflict, Invalid, NotFound


@requires(Permission.GATE_PASSAGE)
@transaction.atomic
def drive_in(
    draft: VehicleDraft,
    search: SearchDraft,
    *,
    request_id: UUID,
    by: Actor,
    at: datetime,
) -> tuple[Vehicle, Decision]:
    """Let a searched vehicle in with its people, or turn it away and keep why.

    The same request again is one vehicle.

    Raises:
        Invalid: No plate, no driver, or searched by no means.
        Conflict: It is inside already, or one of its people is.
    """
    audit.lock(by.institution_id)
    known = Vehicle.objects.filter(request_id=request_id).first()
    if known is not None:
        if known.institution_id != by.institution_id:
            raise NotFound("vehicle")
        return known, _found(known.turned_away_at is not None)
    _must_be_whole(draft, search)
    _must_be_outside(draft.plate, by)
    away = bool(search.found)
    row = Vehicle.objects.create(
        institution_id=by.institution_id, plate=draft.plate, kind=draft.kind,
        organisation=draft.organisation, purpose=draft.purpose, load_in=draft.load,
        seals_in=draft.seals, came_in_at=None if away else at,
        came_in_by="" if away else by.name, turned_away_at=at if away else None,
        request_id=request_id,
    )  # fmt: skip
    _write(row, search, Search.Way.IN, by, at)
    if not away:
        for number, person in enumerate((draft.driver, *draft.passengers)):
            passages.enter(
                person, request_id=uuid5(request_id, str(number)), vehicle=row,
                drives=not number, by=by, at=at,
            )  # fmt: skip
    event = events.VEHICLE_TURNED_AWAY if away else events.VEHICLE_IN
    audit.record(
        event, target=row, by=by, at=at,
        kind=row.kind, people=0 if away else 1 + len(draft.passengers),
    )  # fmt: skip
    return row, _found(away)


@requires(Permission.GATE_PASSAGE)
@transaction.atomic
def search_out(
    vehicle_id: UUID, search: SearchDraft, *, by: Actor, at: datetime
) -> Decision:
    """Search a vehicle before it leaves; where something is found it stays.

    Raises:
        NotFound: No such vehicle here.
        Invalid: Searched by no means.
        Conflict: It is not inside.
    """
    audit.lock(by.institution_id)
    row = _inside(vehicle_id, by)
    _must_say_means(search)
    _write(row, search, Search.Way.OUT, by, at)
    return _found(bool(search.found))


@requires(Permission.GATE_PASSAGE)
@transaction.atomic
def drive_out(
    vehicle_id: UUID,
    leaves: Departure,
    *,
    request_id: UUID,
    by: Actor,
    at: datetime,
) -> Decision:
    """Let a vehicle out with those who leave in it, or say all that stands against.

    The same request again is one departure.

    Raises:
        NotFound: No such vehicle here.
        Conflict: It left before, or somebody named is not inside.
    """
    audit.lock(by.institution_id)
    known = Vehicle.objects.filter(pk=vehicle_id, institution_id=by.institution_id)
    if known.filter(left_request=request_id).exists():
        return Decision()
    row = _inside(vehicle_id, by)
    people = _people(leaves, by)
    decision = policies.leaving(stay(row), leaves)
    if not decision:
        return decision
    for one in people:
        passages.leave_with(one, request_id, by=by, at=at)
    row.left_at, row.left_by, row.left_request = at, by.name, request_id
    row.load_out, row.seals_out = leaves.load, leaves.seals
    row.left_driver = next((p.name for p in people if p.pk == leaves.driver), "")
    row.left_reason = leaves.reason.strip()[:300]
    row.save()
    audit.record(
        events.VEHICLE_OUT, target=row, by=by, at=at,
        codes=decision.codes, people=len(people),
    )  # fmt: skip
    return decision


def stay(row: Vehicle) -> Stay:
    """Return what the rule of leaving asks about a vehicle."""
    inside = row.people.filter(left_at=None, annulled_at=None)
    last = row.searches.filter(way=Search.Way.OUT).last()
    return Stay(
        load=row.load_in,
        seals=row.seals_in,
        drivers=frozenset(inside.filter(drives=True).values_list("pk", flat=True)),
        people=frozenset(inside.values_list("pk", flat=True)),
        searched_clear=last is not None and last.outcome == Search.Outcome.CLEAR,
    )


def _found(away: bool) -> Decision:  # noqa: FBT001 - one fact, one answer
    return Decision((block("vehicle_search_found"),)) if away else Decision()


def _must_be_whole(draft: VehicleDraft, search: SearchDraft) -> None:
    if not draft.plate:
        raise Invalid("vehicle_without_plate", field="plate")
    if draft.kind not in Vehicle.Kind.values:
        raise Invalid("vehicle_kind", field="kind")
    if not draft.driver.name:
        raise Invalid("vehicle_without_driver", field="driver")
    _must_say_means(search)


def _must_say_means(search: SearchDraft) -> None:
    if not (search.mirror or search.dog or search.load):
        raise Invalid("search_by_no_means", field="mirror")


def _must_be_outside(plate: str, by: Actor) -> None:
    here = Vehicle.objects.filter(institution_id=by.institution_id, plate=plate)
    inside = here.filter(left_at=None, turned_away_at=None).first()
    if inside is not None:
        raise Conflict(
            "vehicle_inside_already", field="plate", plate=plate,
            since=inside.came_in_at,
        )  # fmt: skip


def _write(
    row: Vehicle, search: SearchDraft, way: Search.Way, by: Actor, at: datetime
) -> None:
    outcome = Search.Outcome.FOUND if search.found else Search.Outcome.CLEAR
    Search.objects.create(
        institution_id=row.institution_id, vehicle=row, way=way, mirror=search.mirror,
        dog=search.dog, load=search.load, outcome=outcome, found=search.found[:300],
        at=at, by_name=by.name,
    )  # fmt: skip
    audit.record(
        events.VEHICLE_SEARCHED, target=row, by=by, at=at,
        way=str(way), outcome=str(outcome),
    )  # fmt: skip


def _inside(vehicle_id: UUID, by: Actor) -> Vehicle:
    rows = Vehicle.objects.filter(pk=vehicle_id, institution_id=by.institution_id)
    row = rows.first()
    if row is None:
        raise NotFound("vehicle")
    if row.left_at is not None:
        raise Conflict("vehicle_left_before", plate=row.plate, at=row.left_at)
    if row.turned_away_at is not None:
        raise Conflict("vehicle_turned_away", plate=row.plate, at=row.turned_away_at)
    return row


def _people(leaves: Departure, by: Actor) -> list[Passage]:
    wanted = leaves.people | ({leaves.driver} if leaves.driver else frozenset())
    inside = Passage.objects.filter(
        institution_id=by.institution_id, left_at=None, annulled_at=None
    )
    found = list(inside.filter(pk__in=wanted))
    if len(found) != len(wanted):
        raise Conflict("vehicle_people_gone")
    return found
