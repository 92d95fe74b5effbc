"""Every service and selector says which permission it asks for."""

import inspect
from collections.abc import Callable
from importlib import import_module, util
from typing import Any

import pytest

from tests.architecture import house

# Lies below ``accounts``, where permissions are: its callers have asked already.
BELOW_PERMISSIONS = {"audit"}
# Doors that anybody may use, each with the reason. They say ``permission = None``.
REASONS = {
    "about the actor alone": """
        accounts.services.choose_language accounts.services.end_own_session
        accounts.services.end_staff_session accounts.services.enter_again
        accounts.services.lock_screen accounts.services.note_sign_in
        accounts.services.note_staff_request accounts.selectors.own_sessions
        accounts.selectors.own_staff_session accounts.selectors.second_factor_on
        accounts.selectors.place_here accounts.selectors.minutes_here
        accounts.selectors.seen_places
    """,
    "nobody has signed in yet": "accounts.services.note_trouble",
    "open to families: public law, or a receipt with its code": """
        parcels.selectors.quotas parcels.selectors.shelves parcels.selectors.state
        parcels.selectors.suspended parcels.selectors.weights
    """,
    "open to families: a number of today with its code": "gate.selectors.family_ticket",
    "asked before there is any actor: what screen is this?": """
        gate.selectors.screen_actor
    """,
    "gets rows that another door has chosen": "accounts.selectors.one",
    "asked before there is any actor: what is this database?": """
        sites.services.found_installation sites.services.must_be_demonstration
        sites.services.must_be_real sites.selectors.installation
    """,
}
OPEN = {door for doors_of in REASONS.values() for door in doors_of.split()}
PAIRS = [
    (room, kind)
    for room in house.ROOMS
    if room not in BELOW_PERMISSIONS
    for kind in ("services", "selectors")
    if util.find_spec(f"darbaza.{room}.{kind}")
]


def doors(room: str, kind: str) -> dict[str, Callable[..., Any]]:
    """Return the public functions of a room's services or selectors, by name."""
    module = import_module(f"darbaza.{room}.{kind}")
    return {
        name: function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and function.__module__.startswith(module.__name__)
    }


@pytest.mark.parametrize(("room", "kind"), PAIRS)
def test_every_door_states_its_permission(room, kind):
    found = doors(room, kind)
    assert found, "a module of doors without a door"
    silent = [
        name
        for name, door in found.items()
        if getattr(door, "permission", None) is None
        and f"{room}.{kind}.{name}" not in OPEN
    ]
    assert silent == []


@pytest.mark.parametrize(("room", "kind"), PAIRS)
def test_every_guarded_door_takes_its_actor_by_name(room, kind):
    wrong = []
    for name, door in doors(room, kind).items():
        if getattr(door, "permission", None) is None:
            continue
        by = inspect.signature(door).parameters.get("by")
        if by is None or by.kind is not inspect.Parameter.KEYWORD_ONLY:
            wrong.append(name)
    assert wrong == []


def test_no_exception_outlives_its_door():
    gone = []
    for full in OPEN:
        room, kind, name = full.split(".")
        if name not in doors(room, kind):
            gone.append(full)
    assert gone == []
