"""The matrix on paper and the program agree, line for line."""

from pathlib import Path

import yaml
from django.conf import settings
from django.urls import reverse

from tests.permissions import doors

WRITTEN = yaml.safe_load(Path(__file__).with_name("matrix.yml").read_text("utf-8"))
HOW = "read the difference, then: python -m tests.permissions"


def test_every_door_has_its_line_and_every_line_its_door():
    real = doors.matrix()["doors"]
    differing = {
        name: (WRITTEN["doors"].get(name), real.get(name))
        for name in {*real, *WRITTEN["doors"]}
        if WRITTEN["doors"].get(name) != real.get(name)
    }
    assert differing == {}, HOW


def test_every_address_has_its_line_and_every_line_its_address():
    assert set(doors.addresses()) ^ set(WRITTEN["addresses"]) == set(), HOW


def test_what_families_look_at_is_answered_in_turn():
    rooms = ("family:", "parcels:", "gate:")
    open_to_all = [
        reverse(name)
        for name, entry in doors.addresses().items()
        if name.startswith(rooms) and " " not in name
        and not getattr(entry.callback, "login_required", True)
    ]  # fmt: skip
    assert "/family/" in open_to_all
    # Somebody stands before a kiosk; a screen is hung up once.
    others = ("/gate/kiosk/", "/gate/screen/")
    left = {a for a in open_to_all if not a.startswith(others)}
    assert {a for a in left if not a.startswith(settings.DARBAZA_LOOKED_AT)} == set()


def test_an_inspector_reads_and_writes_nothing():
    inspected = {
        name
        for name, roles in WRITTEN["doors"].items()
        if ".services." in name and "inspector" in roles.split()
    }
    assert inspected <= {
        "gate.services.list_evacuation",  # reading it is on record, nothing else
        "web.services.start_check",  # walks the chain, changes no link
        "web.services.continue_check",
        "custody.services.note_reading",  # puts the reading itself on record
        "persons.services.note_reading",
    }
