"""Appointments over the API: the services, permissions and troubles of the pages."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from darbaza.accounts.permissions import Role
from darbaza.appointments.models import Appointment, Message
from tests.appointments.families import DAY, NOW, Entrance
from tests.gate.test_api import Device, device
from tests.visits import builders

pytestmark = pytest.mark.django_db
SPACE = {"kind": "visit", "on": f"{DAY}"}


@pytest.fixture
def desk(place: Entrance, clock: Any) -> Device:
    clock.move_to(NOW)
    return device(place.home)


def times(desk: Device, code_id: Any, **asked: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.get(
        f"/codes/{code_id}/times", **SPACE | asked
    ).json()
    return found


def booking(code_id: Any, slot: str, **changes: Any) -> dict[str, Any]:
    body = {"request_id": str(uuid4()), "code_id": str(code_id), "slot": slot}
    return body | changes


def test_a_family_is_booked_moved_and_cancelled(place: Entrance, desk: Device) -> None:
    access = place.family()
    [code] = desk.get(f"/prisoners/{access.prisoner_id}/codes").json()
    assert code["code_id"] == str(access.pk)
    assert code["name"] == access.person.name
    slot = times(desk, access.pk)[0]
    body = booking(access.pk, slot["slot"], adults=1, children=2)
    first, again = desk.send("/appointments", body), desk.send("/appointments", body)
    assert (first.status_code, again.status_code) == (201, 201)
    made = first.json()
    assert again.json() == made
    assert Appointment.objects.count() == 1
    assert (made["status"], made["adults"], made["children"]) == ("booked", 1, 2)
    assert made["arrives_at"] == slot["arrives_at"]

    listed = desk.get("/appointments", on=f"{DAY}").json()
    assert (listed["total"], listed["appointments"]) == (1, [made])
    page = f"/appointments/{made['appointment_id']}"
    assert desk.get(page).json() == made

    later = times(desk, access.pk, on=f"{DAY + timedelta(days=7)}")[0]
    to = {"request_id": str(uuid4()), "slot": later["slot"]}
    moved, sent_again = desk.send(f"{page}/move", to), desk.send(f"{page}/move", to)
    assert moved.json() == sent_again.json()
    assert moved.json()["replaces"] == made["appointment_id"]
    assert moved.json()["arrives_at"] == later["arrives_at"]

    new = f"/appointments/{moved.json()['appointment_id']}"
    gone = desk.send(f"{new}/cancel", {"reason": "Семья позвонила"}).json()
    assert gone["status"] == "cancelled"
    told = Message.objects.exclude(kind="reminder").values_list("kind", flat=True)
    assert sorted(told) == ["booked", "cancelled", "moved"]


def test_all_times_of_a_day_say_what_is_free(place: Entrance, desk: Device) -> None:
    place.booked()
    found = desk.get("/appointments/times", **SPACE).json()
    assert {one["kind"] for one in found} == {"visit"}
    assert all(0 <= one["free"] <= one["places"] for one in found)
    assert sum(one["places"] - one["free"] for one in found) == 1


def test_refusals_are_problems_with_their_code(place: Entrance, desk: Device) -> None:
    row = place.booked()
    assert row.access is not None
    page = f"/appointments/{row.pk}"
    full = booking(row.access.pk, times(desk, row.access.pk)[0]["slot"])
    nowhere = booking(row.access.pk, f"visit~{DAY:%Y%m%d}2359+0600~")
    strange = booking(row.access.pk, "no slot")
    assert desk.send("/appointments", nowhere).json()["code"] == "slot_full"
    assert desk.send("/appointments", strange).json()["code"] == "slot_unknown"
    assert desk.send("/appointments", full | {"adults": 10}).status_code == 422
    assert desk.send(f"{page}/cancel", {"reason": " "}).status_code == 422
    desk.send(f"{page}/cancel", {"reason": "x"})
    over = desk.send(f"{page}/move", {"request_id": str(uuid4()), "slot": full["slot"]})
    assert (over.status_code, over.json()["code"]) == (409, "appointment_over")
    assert over.json()["detail"]


def test_another_prison_finds_nothing(place: Entrance, desk: Device) -> None:
    row = place.booked()
    assert row.access is not None
    slot = times(desk, row.access.pk)[0]["slot"]
    stranger = device(builders.house("28"))
    page, ask = f"/appointments/{row.pk}", {"request_id": str(row.request_id)}
    assert stranger.get(page).status_code == 404
    assert stranger.get("/appointments", on=f"{DAY}").json()["total"] == 0
    assert stranger.get(f"/prisoners/{row.prisoner_id}/codes").json() == []
    assert stranger.get(f"/codes/{row.access.pk}/times", **SPACE).status_code == 404
    for path, body in (
        ("/appointments", booking(row.access.pk, slot) | ask),
        (f"{page}/move", ask | {"slot": slot}),
        (f"{page}/cancel", {"reason": "x"}),
    ):
        assert stranger.send(path, body).status_code == 404
    row.refresh_from_db()
    assert row.status == "booked"


def test_a_role_without_the_permission_is_refused(
    place: Entrance, desk: Device
) -> None:
    row = place.booked()
    clerk = device(place.home, Role.REGISTRAR)
    assert clerk.get("/appointments").status_code == 403
    asked = clerk.send(f"/appointments/{row.pk}/cancel", {"reason": "x"})
    assert asked.status_code == 403
    assert Device("dbz_wrong").get("/appointments").status_code == 401
