"""Blocks, cells, rooms, seats, posts: added once, changed, closed, opened again."""

from datetime import date
from uuid import uuid4

import pytest

from darbaza.audit.models import Event
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.sites import policies, selectors, services
from darbaza.sites.models import Seat
from darbaza.sites.types import Names, Place, SeatRange
from tests import cast

pytestmark = pytest.mark.django_db
WHO = {"by": cast.ADMINISTRATOR, "at": cast.NINE}
TODAY = date(2026, 11, 23)
HALL = Names("Зал", "Зал", "Hall")


def test_block_with_cells_is_added_and_listed(colony):
    block = services.add_block(" 3 ", **WHO)
    services.add_cell(block.pk, "12", places=4, **WHO)

    assert [str(b) for b in selectors.blocks(colony.pk, by=cast.REGISTRAR)] == ["3"]
    found = selectors.cells(colony.pk, by=cast.REGISTRAR).get()
    assert (str(found), found.places) == ("3-12", 4)
    assert Event.objects.filter(type="place.added").count() == 2


def test_adding_the_same_again_gives_the_first(colony):
    first = services.add_room(HALL, "open", **WHO)

    assert services.add_room(HALL, "open", **WHO).pk == first.pk
    assert Event.objects.count() == 1


def test_another_place_under_a_taken_name_is_refused(colony):
    services.add_room(HALL, "open", **WHO)

    with pytest.raises(Conflict) as refused:
        services.add_room(HALL, "closed", **WHO)

    assert refused.value.code == "place_name_taken"


@pytest.mark.parametrize(
    "names", [Names("", "Зал", "Hall"), Names("Зал", " ", "Hall"), Names("a", "b", "")]
)
def test_room_needs_its_name_in_three_languages(colony, names):
    with pytest.raises(Invalid):
        services.add_room(names, "open", **WHO)


def test_unknown_kind_of_room_is_refused(colony):
    with pytest.raises(Invalid):
        services.add_room(HALL, "cinema", **WHO)


def test_tables_one_to_twenty_in_one_go_and_again(colony):
    room = services.add_room(HALL, "open", **WHO)
    some = services.add_seats(room.pk, SeatRange(1, 15, people=3), **WHO)

    all_ = services.add_seats(room.pk, SeatRange(1, 20), **WHO)
    again = services.add_seats(room.pk, SeatRange(1, 20), **WHO)

    assert [s.pk for s in all_[:15]] == [s.pk for s in some]
    assert [s.pk for s in again] == [s.pk for s in all_]
    listed = selectors.seats(room.pk, by=cast.GATE_OFFICER)
    assert [s.label for s in listed] == [str(n) for n in range(1, 21)]
    assert Event.objects.filter(type="place.seats_added").count() == 2


@pytest.mark.parametrize(
    ("seats", "fits"),
    [
        (SeatRange(1, 1), True),
        (SeatRange(0, 0), True),
        (SeatRange(2, 1), False),
        (SeatRange(1, 200), True),
        (SeatRange(1, 201), False),
        (SeatRange(-1, 3), False),
        (SeatRange(1, 3, people=0), False),
        (SeatRange(1, 3, prefix="x" * 20), False),
    ],
)
def test_range_of_seats(seats, fits):
    assert policies.fits(seats) is fits


@pytest.mark.parametrize(
    ("labels", "ordered"),
    [
        (["10", "2", "1"], ["1", "2", "10"]),
        (["B1", "A10", "A2"], ["A2", "A10", "B1"]),
        (["booth", "3"], ["3", "booth"]),
    ],
)
def test_labels_are_ordered_as_people_count(labels, ordered):
    assert sorted(labels, key=policies.natural) == ordered


def test_change_is_recorded_with_old_and_new(colony):
    room = services.add_room(HALL, "open", **WHO)

    services.change_room(room.pk, Names("Чоң зал", "Зал", "Hall"), "open", **WHO)
    services.change_room(room.pk, Names("Чоң зал", "Зал", "Hall"), "open", **WHO)

    event = Event.objects.get(type="place.changed")
    assert event.facts["changes"] == {"name_ky": ["Зал", "Чоң зал"]}


def test_change_cannot_take_anothers_name(colony):
    services.add_block("1", **WHO)
    other = services.add_block("2", **WHO)

    with pytest.raises(Conflict):
        services.change_block(other.pk, code="1", **WHO)


def test_room_closes_and_opens_with_its_seats(colony):
    room = services.add_room(HALL, "open", **WHO)
    first, *_rest = services.add_seats(room.pk, SeatRange(1, 3), **WHO)
    services.close(Place.SEAT, first.pk, on=date(2026, 11, 1), **WHO)

    services.close(Place.ROOM, room.pk, on=TODAY, **WHO)
    services.close(Place.ROOM, room.pk, on=date(2026, 12, 1), **WHO)
    closed = set(Seat.objects.values_list("closed_on", flat=True))
    services.reopen(Place.ROOM, room.pk, **WHO)

    assert closed == {date(2026, 11, 1), TODAY}
    listed = selectors.seats(room.pk, by=cast.GATE_OFFICER)
    assert [s.label for s in listed] == ["2", "3"]
    assert selectors.room(room.pk, by=cast.GATE_OFFICER).closed_on is None


def test_nothing_opens_or_grows_inside_what_is_closed(colony):
    block = services.add_block("1", **WHO)
    cell = services.add_cell(block.pk, "1", places=2, **WHO)
    services.close(Place.BLOCK, block.pk, on=TODAY, **WHO)

    with pytest.raises(Conflict):
        services.reopen(Place.CELL, cell.pk, **WHO)
    with pytest.raises(Conflict):
        services.add_cell(block.pk, "2", places=2, **WHO)


def test_name_of_a_closed_room_is_free_and_blocks_its_reopening(colony):
    old = services.add_room(HALL, "open", **WHO)
    services.close(Place.ROOM, old.pk, on=TODAY, **WHO)
    services.add_room(HALL, "open", **WHO)

    with pytest.raises(Conflict) as refused:
        services.reopen(Place.ROOM, old.pk, **WHO)

    assert refused.value.code == "place_name_taken"


def test_closed_block_keeps_its_code(colony):
    block = services.add_block("1", **WHO)
    services.close(Place.BLOCK, block.pk, on=TODAY, **WHO)

    with pytest.raises(Conflict):
        services.add_block("1", **WHO)


DOORS = [
    lambda key, who: services.change_post(key, HALL, "window", **who),
    lambda key, who: services.close(Place.POST, key, on=TODAY, **who),
    lambda key, who: services.reopen(Place.POST, key, **who),
]


@pytest.mark.parametrize("door", DOORS)
def test_place_of_another_institution_does_not_exist(colony, other_colony, door):
    post = services.add_post(HALL, "window", **WHO)
    stranger = cast.actor(cast.Role.ADMINISTRATOR, at=cast.OTHER_COLONY)

    with pytest.raises(NotFound):
        door(post.pk, {"by": stranger, "at": cast.NINE})
    with pytest.raises(NotFound):
        selectors.post(post.pk, by=cast.OUTSIDER)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("by", [cast.DIRECTOR, cast.INSPECTOR])
def test_only_administrators_change_places(colony, door, by):
    with pytest.raises(Forbidden):
        door(uuid4(), {"by": by, "at": cast.NINE})


def test_headquarters_see_places_everywhere(colony, head_office):
    services.add_post(HALL, "window", **WHO)

    assert selectors.posts(colony.pk, by=cast.HEADQUARTERS).count() == 1
    assert selectors.posts(colony.pk, by=cast.OUTSIDER).count() == 0
