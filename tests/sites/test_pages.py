"""The pages of places, through HTTP."""

from datetime import date

import pytest
from django.urls import reverse

from darbaza.sites import services
from darbaza.sites.models import Block, Cell, Institution, Post, Room, Seat
from darbaza.sites.types import Names, Place, SeatRange
from tests import cast

pytestmark = pytest.mark.django_db
WHO = {"by": cast.ADMINISTRATOR, "at": cast.NINE}
NAMES = {"name_ky": "Чоң зал", "name_ru": "Большой зал", "name_en": "Great hall"}
HALL = Names("Зал", "Зал", "Hall")


def test_administrator_opens_a_room_with_twenty_tables(colony, sign_in):
    client = sign_in(cast.ADMINISTRATOR)

    answer = client.post(reverse("sites:add", args=["room"]), {**NAMES, "kind": "open"})
    room = Room.objects.get()
    client.post(
        reverse("sites:add_within", args=["seat", room.pk]),
        {"first": 1, "last": 20, "people": 4},
    )
    page = client.get(reverse("sites:place", args=["room", room.pk]))

    assert answer.status_code == 302
    assert Seat.objects.count() == 20
    assert "Great hall" in page.content.decode()
    assert "Tables added" in page.content.decode()


def test_block_and_cell_are_added_changed_and_closed(colony, sign_in):
    client = sign_in(cast.ADMINISTRATOR)
    client.post(reverse("sites:add", args=["block"]), {"code": "3"})
    block = Block.objects.get()
    client.post(
        reverse("sites:add_within", args=["cell", block.pk]), {"code": "7", "places": 4}
    )
    cell = Cell.objects.get()

    client.post(
        reverse("sites:place", args=["cell", cell.pk]), {"code": "7a", "places": 6}
    )
    client.post(reverse("sites:close", args=["block", block.pk]), {"on": "23.11.2026"})
    cell.refresh_from_db()
    page = client.get(reverse("sites:place", args=["cell", cell.pk])).content.decode()

    assert (cell.code, cell.places, cell.closed_on) == ("7a", 6, date(2026, 11, 23))
    assert "number: 7 → 7a" in page

    client.post(reverse("sites:reopen", args=["block", block.pk]))
    cell.refresh_from_db()
    assert cell.closed_on is None


def test_name_taken_is_said_on_the_form(colony, sign_in):
    services.add_room(HALL, "open", **WHO)
    client = sign_in(cast.ADMINISTRATOR)
    data = {"name_ky": "Зал", "name_ru": "x", "name_en": "x", "kind": "closed"}

    answer = client.post(reverse("sites:add", args=["room"]), data)

    assert answer.status_code == 422
    assert "Another place has the name" in answer.content.decode()


@pytest.mark.parametrize("kind", ["block", "cell", "room", "post"])
@pytest.mark.parametrize("by", [cast.GATE_OFFICER, cast.ADMINISTRATOR])
def test_every_list_opens_and_searches(colony, sign_in, kind, by):
    client = sign_in(by)

    page = client.get(reverse("sites:places", args=[kind]), {"q": "nothing"})

    assert page.status_code == 200


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_list_of_cells_is_exported(colony, sign_in, kind):
    block = services.add_block("1", **WHO)
    services.add_cell(block.pk, "12", places=4, **WHO)

    answer = sign_in(cast.REGISTRAR).get(
        reverse("sites:places", args=["cell"]), {"format": kind}
    )
    content = b"".join(answer.streaming_content)

    assert answer.status_code == 200
    assert (b"12" in content) if kind == "csv" else content.startswith(b"PK")


@pytest.mark.parametrize("kind", ["castle", "seat"])
def test_unknown_list_does_not_exist(colony, sign_in, kind):
    page = sign_in(cast.ADMINISTRATOR).get(reverse("sites:places", args=[kind]))

    assert page.status_code == 404


def test_gate_officer_sees_and_changes_nothing(colony, sign_in):
    room = services.add_room(HALL, "open", **WHO)
    client = sign_in(cast.GATE_OFFICER)

    page = client.get(reverse("sites:place", args=["room", room.pk]))
    answer = client.post(
        reverse("sites:place", args=["room", room.pk]), {**NAMES, "kind": "open"}
    )

    assert "Save" not in page.content.decode()
    assert answer.status_code == 403
    assert Room.objects.get().name_en == "Hall"


def test_outsider_finds_no_page_of_this_institution(colony, other_colony, sign_in):
    room = services.add_room(HALL, "open", **WHO)
    client = sign_in(cast.OUTSIDER)

    for url in (
        reverse("sites:place", args=["room", room.pk]),
        reverse("sites:institution_of", args=[colony.pk]),
        reverse("sites:places", args=["room"]) + f"?institution={colony.pk}",
        reverse("sites:places", args=["room"]) + "?institution=x",
    ):
        assert client.get(url).status_code == 404, url


def test_headquarters_see_all_institutions(colony, other_colony, head_office, sign_in):
    page = sign_in(cast.HEADQUARTERS).get(reverse("sites:institutions"))

    text = page.content.decode()
    assert all(number in text for number in ("900", "901", "902"))


def test_choices_of_the_institution_are_changed(colony, sign_in):
    client = sign_in(cast.ADMINISTRATOR)
    url = reverse("sites:change_institution", args=[colony.pk])
    form = client.get(url).context["form"]
    data = {k: form.initial[k] for k in form.fields}

    answer = client.post(url, {**data, "entrance_capacity": 35})

    colony.refresh_from_db()
    assert answer.status_code == 302
    assert colony.entrance_capacity == 35
    page = client.get(reverse("sites:institution")).content.decode()
    assert "visitors inside at once: 60 → 35" in page


def test_institution_is_closed_and_opened_again(colony, sign_in):
    client = sign_in(cast.ADMINISTRATOR)

    client.post(
        reverse("sites:close_institution", args=[colony.pk]), {"on": "01.12.2026"}
    )
    assert Institution.objects.get().closed_on == date(2026, 12, 1)
    client.post(reverse("sites:close_institution", args=[colony.pk]), {"on": "soon"})
    client.post(reverse("sites:reopen_institution", args=[colony.pk]))

    assert Institution.objects.get().closed_on is None


def test_administrator_at_headquarters_opens_an_institution(head_office, sign_in):
    client = sign_in(cast.actor(cast.Role.ADMINISTRATOR, at=cast.HEAD_OFFICE))
    data = {
        **NAMES, "code": "904", "kind": "women", "paper_language": "ru",
        "entrance_capacity": 20, "shared_minutes": 5,
    }  # fmt: skip

    client.post(reverse("sites:add_institution"), data)

    assert Institution.objects.get(code="904").kind == "women"


def test_officer_chooses_a_window_and_leaves_it(colony, sign_in):
    post = services.add_post(Names("2-терезе", "Окно 2", "Window 2"), "window", **WHO)
    client, url = sign_in(cast.GATE_OFFICER), reverse("sites:choose_post")

    answer = client.post(url, {"post": post.pk, "next": "/sites/"})
    assert answer.url == "/sites/"
    assert client.session["post_id"] == str(post.pk)
    assert "Window 2" in client.get(url).content.decode()

    away = client.post(url, {"post": "", "next": "https://example.org/"})
    assert away.url == "/"
    assert "post" not in client.session


def test_closed_or_foreign_post_cannot_be_chosen(colony, other_colony, sign_in):
    post = services.add_post(HALL, "window", **WHO)
    services.close(Place.POST, post.pk, on=date(2026, 11, 23), **WHO)
    url = reverse("sites:choose_post")

    for by in (cast.GATE_OFFICER, cast.OUTSIDER):
        for key in (post.pk, "nonsense"):
            assert sign_in(by).post(url, {"post": key}).status_code == 404
    assert Post.objects.count() == 1


def test_seats_range_that_is_too_long_is_explained(colony, sign_in):
    room = services.add_room(HALL, "open", **WHO)
    services.add_seats(room.pk, SeatRange(1, 2), **WHO)

    answer = sign_in(cast.ADMINISTRATOR).post(
        reverse("sites:add_within", args=["seat", room.pk]),
        {"first": 1, "last": 500, "people": 4},
    )

    assert answer.status_code == 422
    assert Seat.objects.count() == 2
