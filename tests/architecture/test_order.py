"""The rooms stand in one order, and are entered through their doors only."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import house

DOORS = frozenset({"services", "selectors", "types", "permissions"})
# What else may be used from outside, and why.
SIDE_DOORS = {
    "agent.command": "the program beside the server, for the command line to start",
    "visits.api.shapes": "what the API says about a visit, wherever it is registered",
    "appointments.policies": "plain Python, no rows: what a stage serves",
    "audit.policies": "the bench's floor writes links that hold; plain Python",
    "audit.texts": "every history says in words what an event was",
    "gate.codes": "the text of a pass, as a scanner types it; no rows",
    "gate.queueing": "plain Python, no rows: the steps of the queue",
    "parcels.entry": "plain Python, no rows: what an officer types for goods",
    "parcels.lists": "plain Python, no rows: the list that a family made at home",
    "parcels.sheets": "the receipt, for the printer of the desk's post",
    "persons.models.Sex": "how a sex is written wherever one is",
    "persons.mrz": "plain Python, no rows: reads a zone",
    "persons.names": "plain Python, no rows: compares names",
    "persons.policies.document_number": "how the number of a document is compared",
    "sites.models.Closable": "base class of rows that are closed, never deleted",
    "sites.models.InstitutionRow": "base class of every row of an institution",
    "sites.models.Named": "base class of rows with a name in three languages",
}
# Rooms that put the others together: they may name what they wire.
WIRING = frozenset({"config"})


@pytest.mark.slow
def test_the_contracts_hold():
    # In a process of its own: it silences every logger that is already there.
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter], cwd=house.ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_every_room_has_its_place_in_the_order():
    contract = (house.ROOT / ".importlinter").read_text()
    placed = set(re.findall(r"(?<=[\n|] )[ ]*(\w+)(?= \||\n)", contract))
    assert [room for room in house.ROOMS if room not in placed] == []


@pytest.mark.parametrize("room", house.ROOMS)
def test_a_room_enters_others_through_their_doors_only(room):
    wrong = [
        found
        for path in (house.PACKAGE / room).rglob("*.py")
        # `apps` registers a room with those below when Django starts.
        if not house.is_migration(path) and path.name != "apps.py"
        for found in house.imports(path)
        if not _may_enter(room, found.imported)
    ]
    assert [str(found) for found in wrong] == []


def _may_enter(room: str, imported: str) -> bool:
    other, _, inside = imported.partition(".")
    if other == room or other in house.OPEN_ROOMS or room in WIRING or not inside:
        return True
    if any(imported == s or imported.startswith(f"{s}.") for s in SIDE_DOORS):
        return True
    return inside.partition(".")[0] in DOORS


def test_no_module_is_a_drawer_for_everything():
    names = {"utils", "helpers", "common", "misc", "util", "helper"}
    folders = (house.PACKAGE, house.ROOT / "tests")
    found = [p for f in folders for p in f.rglob("*") if p.stem in names]
    assert [str(p.relative_to(house.ROOT)) for p in found] == []


def test_no_room_listens_to_signals():
    users = [
        house.dotted(path)
        for path in house.modules()
        if "django.dispatch" in (text := path.read_text("utf-8"))
        or "django.db.models.signals" in text
    ]
    assert users == []
