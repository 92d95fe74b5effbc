"""Staff, contractors, deliveries and vehicles: in, out, put right, counted."""

from datetime import date
from uuid import uuid4

import pytest

from darbaza.accounts.permissions import Role
from darbaza.audit.models import Event
from darbaza.gate import policies, selectors, services
from darbaza.gate.models import Passage, Vehicle
from darbaza.gate.types import (
    BadgeDraft,
    Departure,
    PassageDraft,
    SearchDraft,
    Stay,
    VehicleDraft,
)
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.gate.house import Gate
from tests.visits import builders
from tests.visits.test_registration import NOW

pytestmark = pytest.mark.django_db
ONE, TWO = uuid4(), uuid4()
CLEAR, FOUND = SearchDraft(mirror=True), SearchDraft(dog=True, found="a telephone")


@pytest.fixture
def gate(db, clock) -> Gate:
    clock.move_to(builders.at(10, 30))
    made = Gate()
    services.add_badge(
        BadgeDraft("S1", "Осмонова Айгүл", "staff", "27"), by=made.supervisor, at=NOW
    )
    return made


def scan(gate, number="S1", request=None, minute=0, **changes):
    given = {"by": gate.officer, "at": builders.at(11, minute)} | changes
    return services.scan_badge(number, request_id=request or uuid4(), **given)


def enter(gate, name="Ким Олег", request=None, by=None, **changes) -> Passage:
    draft = PassageDraft(name, changes.pop("category", "contractor"), **changes)
    key = request or uuid4()
    return services.come_in(draft, request_id=key, by=by or gate.officer, at=NOW)


def leave(gate, row, request=None, by=None) -> Passage:
    given = {"by": by or gate.officer, "at": builders.at(12)}
    return services.go_out(row.pk, request_id=request or uuid4(), **given)


def drive_in(gate, search=CLEAR, request=None, by=None, **changes):
    draft = {"plate": "01KG123", "kind": "lorry", "load": "bread 400 kg", "seals": "A1",
             "driver": PassageDraft("Иванов Пётр", "delivery"),
             "passengers": (PassageDraft("Ким Анна", "delivery"),),
             } | changes  # fmt: skip
    key = request or uuid4()
    return services.drive_in(
        VehicleDraft(**draft), search, request_id=key, by=by or gate.officer, at=NOW
    )


def drive_out(gate, row, request=None, by=None, **changes):
    inside = {p.name: p.pk for p in row.people.filter(left_at=None)}
    leaves = {"driver": inside.get("Иванов Пётр"),
              "people": frozenset(inside.values())} | changes  # fmt: skip
    given = {"by": by or gate.officer, "at": builders.at(12)}
    key = request or uuid4()
    return services.drive_out(row.pk, Departure(**leaves), request_id=key, **given)


def search(gate, row, found="", by=None):
    draft = SearchDraft(load=True, found=found)
    given = {"by": by or gate.officer, "at": builders.at(11, 50)}
    return services.search_out(row.pk, draft, **given)


STAY = Stay("bread", "A1", frozenset({ONE}), frozenset({ONE, TWO}), searched_clear=True)
BOTH = frozenset({ONE, TWO})


@pytest.mark.parametrize(
    ("leaves", "codes"),
    [
        (Departure(ONE, BOTH), []),
        (Departure(ONE, BOTH, "Bread ", "a1"), []),
        (Departure(TWO, BOTH), ["vehicle_other_driver"]),
        (Departure(None, BOTH), ["vehicle_other_driver"]),
        (Departure(ONE, BOTH, "sand", "A1"), ["vehicle_other_load"]),
        (Departure(ONE, BOTH, "bread", "A2"), ["vehicle_other_seals"]),
        (Departure(ONE, frozenset({ONE})), ["vehicle_people_inside"]),
        (Departure(TWO, frozenset({TWO}), "sand", ""),
         ["vehicle_other_driver", "vehicle_other_load", "vehicle_other_seals",
          "vehicle_people_inside"]),
    ],
)  # fmt: skip
def test_what_a_vehicle_needs_a_reason_for(leaves, codes):
    decision = policies.leaving(STAY, leaves)
    assert (decision.codes, bool(decision)) == (codes, not codes)
    explained = Departure(
        leaves.driver, leaves.people, leaves.load, leaves.seals, "ordered by the shift"
    )
    assert policies.leaving(STAY, explained)
    assert policies.leaving(STAY, explained).codes == codes


@pytest.mark.parametrize("reason", ["", "ordered by the shift"])
def test_no_reason_lifts_a_missing_search(reason):
    decision = policies.leaving(
        Stay("bread", "A1", frozenset({ONE}), BOTH), Departure(ONE, BOTH, reason=reason)
    )
    assert decision.codes == ["vehicle_not_searched"]
    assert not decision


@pytest.mark.parametrize(
    ("seconds", "again"), [(-1, False), (0, True), (14, True), (15, False)]
)
def test_a_reading_within_a_quarter_of_a_minute_is_the_same(seconds, again):
    at = builders.at(11)
    assert (
        policies.is_echo(at, at=at.fromtimestamp(at.timestamp() + seconds, at.tzinfo))
        is again
    )
    assert not policies.is_echo(None, at=at)


def test_one_scan_is_in_the_next_is_out(gate):
    assert scan(gate).way == "in"
    assert [p.name for p in selectors.passages_inside(by=gate.officer)]
    assert scan(gate, minute=5).way == "out"
    assert not selectors.passages_inside(by=gate.officer)
    types = Event.objects.order_by("seq").values_list("type", flat=True)
    assert list(types)[-2:] == ["gate.came_in", "gate.went_out"]


def test_the_same_request_and_a_reader_that_stutters_are_one_step(gate):
    same = uuid4()
    assert [scan(gate, request=same).again for _n in range(2)] == [False, True]
    assert scan(gate).again  # at once, by another request
    assert Passage.objects.get().left_at is None
    out = uuid4()
    scan(gate, request=out, minute=5)
    assert scan(gate, request=out, minute=6).again
    assert Passage.objects.count() == 1


def test_badges_unknown_expired_or_closed_let_nobody_in_but_out(gate):
    with pytest.raises(Conflict, match="badge_unknown"):
        scan(gate, "S2")
    services.add_badge(
        BadgeDraft("S3", "Old", "contractor", valid_until=date(2026, 11, 22)),
        by=gate.supervisor, at=NOW,
    )  # fmt: skip
    with pytest.raises(Conflict, match="badge_expired"):
        scan(gate, "S3")
    moved = scan(gate)
    close = {"on": NOW.date(), "by": gate.supervisor, "at": NOW}
    services.close_badge(moved.passage.badge_id, **close)
    services.close_badge(moved.passage.badge_id, **close)
    assert scan(gate, minute=5).way == "out"
    with pytest.raises(Conflict, match="badge_closed"):
        scan(gate, minute=10)
    assert Event.objects.filter(type="gate.badge_closed").count() == 1


def test_a_badge_is_added_once_and_its_number_belongs_to_one(gate):
    again = BadgeDraft("S1", "Осмонова Айгүл", "staff")
    services.add_badge(again, by=gate.supervisor, at=NOW)
    assert Event.objects.filter(type="gate.badge_added").count() == 1
    for draft, error in (
        (BadgeDraft("S1", "Somebody", "staff"), Conflict),
        (BadgeDraft("", "Somebody", "staff"), Invalid),
        (BadgeDraft("S9", "", "staff"), Invalid),
        (BadgeDraft("S9", "Somebody", "ghost"), Invalid),
    ):
        with pytest.raises(error):
            services.add_badge(draft, by=gate.supervisor, at=NOW)
    with pytest.raises(Forbidden):
        services.add_badge(again, by=gate.officer, at=NOW)


def test_somebody_typed_comes_in_once_and_leaves_once(gate):
    same, out = uuid4(), uuid4()
    row = enter(gate, "Ким 🙂 Олег", same)
    assert enter(gate, "Ким 🙂 Олег", same) == row
    with pytest.raises(Conflict, match="inside_already"):
        enter(gate, "ким 🙂 олег")
    assert enter(gate, "Ким 🙂 Олег", document="AN1").key != row.key
    for _again in range(2):
        leave(gate, row, out)
    with pytest.raises(Conflict, match="left_before"):
        leave(gate, row)
    assert Event.objects.filter(type="gate.went_out").count() == 1
    enter(gate, "Ким 🙂 Олег")  # tomorrow again


def test_what_cannot_be_is_refused(gate):
    with pytest.raises(Invalid):
        enter(gate, "")
    with pytest.raises(Invalid):
        enter(gate, category="ghost")
    with pytest.raises(Forbidden):
        enter(gate, by=gate.house.actor(Role.INSPECTOR))


def test_a_wrong_way_in_is_annulled_and_kept(gate):
    row, same = enter(gate), uuid4()
    for _again in range(2):
        services.undo(row.pk, "wrong person", request_id=same, by=gate.officer, at=NOW)
    row.refresh_from_db()
    assert (row.annulled_reason, row.left_at) == ("wrong person", None)
    assert not selectors.passages_inside(by=gate.officer)
    with pytest.raises(Conflict, match="passage_annulled"):
        leave(gate, row)
    with pytest.raises(Conflict, match="passage_annulled"):
        services.undo(row.pk, "once more", request_id=uuid4(), by=gate.officer, at=NOW)
    assert Event.objects.filter(type="gate.passage_annulled").count() == 1


def test_a_wrong_way_out_is_a_new_row_since_the_same_time(gate):
    row, same = enter(gate), uuid4()
    leave(gate, row)
    undo = {"request_id": same, "by": gate.officer, "at": builders.at(13)}
    with pytest.raises(Invalid):
        services.undo(row.pk, "x", **undo)
    fresh = services.undo(row.pk, "it was the other one", **undo)
    assert services.undo(row.pk, "it was the other one", **undo) == fresh
    assert (fresh.corrects, fresh.came_in_at) == (row, row.came_in_at)
    [inside] = selectors.passages_inside(by=gate.officer)
    assert inside == fresh
    again = enter(gate, "Ли")
    leave(gate, again)
    enter(gate, "Ли")
    with pytest.raises(Conflict, match="inside_already"):
        services.undo(
            again.pk, "it was another", request_id=uuid4(), by=gate.officer, at=NOW
        )


def test_a_vehicle_comes_in_with_its_people_once(gate):
    same = uuid4()
    row, decision = drive_in(gate, request=same)
    assert drive_in(gate, request=same) == (row, decision)
    assert decision
    inside = selectors.passages_inside(by=gate.officer)
    assert {(p.name, p.drives) for p in inside} == {
        ("Иванов Пётр", True), ("Ким Анна", False),
    }  # fmt: skip
    with pytest.raises(Conflict, match="vehicle_inside_already"):
        drive_in(gate)
    assert Vehicle.objects.count() == 1


def test_a_vehicle_is_searched_first_and_turned_away_with_what_was_found(gate):
    for changes, search_ in (({"plate": ""}, CLEAR), ({"kind": "boat"}, CLEAR),
                             ({"driver": PassageDraft("", "delivery")}, CLEAR),
                             ({}, SearchDraft())):  # fmt: skip
        with pytest.raises(Invalid):
            drive_in(gate, search_, **changes)
    row, decision = drive_in(gate, FOUND)
    assert decision.codes == ["vehicle_search_found"]
    assert (row.came_in_at, row.searches.get().found) == (None, "a telephone")
    assert not selectors.passages_inside(by=gate.officer)
    with pytest.raises(Conflict, match="vehicle_turned_away"):
        drive_out(gate, row)
    assert drive_in(gate)[1]  # it may come again, clean


def test_a_vehicle_with_somebody_who_is_inside_already_comes_in_not_at_all(gate):
    enter(gate, "Ким Анна", category="delivery")
    with pytest.raises(Conflict, match="inside_already"):
        drive_in(gate)
    assert not Vehicle.objects.exists()


def test_a_vehicle_leaves_searched_with_its_people_once(gate):
    row, _decision = drive_in(gate)
    assert drive_out(gate, row).codes == ["vehicle_not_searched"]
    assert search(gate, row, "a letter").codes == ["vehicle_search_found"]
    assert drive_out(gate, row).codes == ["vehicle_not_searched"]
    assert search(gate, row)
    same = uuid4()
    for _again in range(2):
        assert drive_out(gate, row, same)
    assert not selectors.passages_inside(by=gate.officer)
    assert not selectors.vehicles_inside(by=gate.officer)
    with pytest.raises(Conflict, match="vehicle_left_before"):
        drive_out(gate, row)
    assert Event.objects.filter(type="gate.vehicle_out").count() == 1


def test_people_left_behind_need_a_reason_and_stay_on_the_list(gate):
    row, _decision = drive_in(gate)
    search(gate, row)
    driver = row.people.get(drives=True)
    alone = {"people": frozenset({driver.pk})}
    assert drive_out(gate, row, **alone).codes == ["vehicle_people_inside"]
    assert drive_out(gate, row, reason="she repairs the boiler", **alone)
    [left] = selectors.passages_inside(by=gate.officer)
    assert left.name == "Ким Анна"
    with pytest.raises(Conflict, match="vehicle_left_before"):
        search(gate, row)


def test_somebody_who_is_gone_cannot_leave_in_a_vehicle(gate):
    row, _decision = drive_in(gate)
    search(gate, row)
    everybody = frozenset(row.people.values_list("pk", flat=True))
    leave(gate, row.people.get(drives=False))
    with pytest.raises(Conflict, match="vehicle_people_gone"):
        drive_out(gate, row, people=everybody)


def test_another_prison_moves_nobody_here(gate):
    stranger = builders.house("16").actor(Role.SHIFT_SUPERVISOR)
    row, key = enter(gate), uuid4()
    vehicle, _decision = drive_in(gate, request=key)
    with pytest.raises(Conflict, match="badge_unknown"):
        scan(gate, by=stranger)
    with pytest.raises(NotFound):
        leave(gate, row, by=stranger)
    with pytest.raises(NotFound):
        drive_in(gate, request=key, by=stranger)
    for step in (drive_out, search):
        with pytest.raises(NotFound):
            step(gate, vehicle, by=stranger)
    with pytest.raises(NotFound):
        selectors.passage(row.pk, by=stranger)
    with pytest.raises(NotFound):
        selectors.vehicle(vehicle.pk, by=stranger)
    assert not selectors.everyone_inside(by=stranger)


def test_the_evacuation_list_counts_everybody_by_category(gate):
    done = gate.issue()
    gate.let_in(gate.code(done))
    scan(gate)
    enter(gate)
    drive_in(gate)
    found = services.list_evacuation(by=gate.officer, at=NOW)
    counts = {category: len(people) for category, people in found.others}
    assert counts == {"staff": 1, "contractor": 1, "delivery": 2}
    assert (found.visitors, found.everybody) == (1, 5)
    assert len(selectors.everyone_inside(by=gate.officer)) == 5
