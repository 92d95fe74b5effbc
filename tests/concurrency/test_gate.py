"""Two desks at once: the last seat, the last allowance, one scan twice, one person.

Eight threads of the server and two other processes, on whichever engine runs.
"""

from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError

from darbaza.audit import selectors as audit
from darbaza.audit.models import Event
from darbaza.entitlements.models import Entry
from darbaza.gate.models import Pass
from darbaza.visits.models import Visit, Visitor
from tests.concurrency import gate_jobs
from tests.concurrency.racing import Process, together
from tests.visits.test_registration import Scene

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
JOBS = "tests.concurrency.gate_jobs"


def keys(scene: Scene, *people: Any, **more: Any) -> dict[str, Any]:
    return {
        "institution": str(scene.house.institution.pk),
        "prisoner": str(scene.prisoner.pk),
        "session": str(scene.session.pk),
        "people": [[str(p.pk), str(scene._document(p))] for p in people],
        **more,
    }


def race(jobs: list[dict[str, Any]]) -> list[list[str]]:
    """Run the first two jobs in processes of their own, the rest in threads."""
    processes = [Process(f"{JOBS}:register", **job) for job in jobs[:2]]
    for process in processes:
        process.go()
    threads = together(*(partial(gate_jobs.register, **job) for job in jobs[2:]))
    return [*(p.result() for p in processes), *threads]


def test_the_last_seat_goes_to_one_of_ten_desks():
    scene = Scene()
    scene.session.open_places = 1
    scene.session.save()
    people = [scene.visitor(f"Асанов{n}") for n in range(10)]

    outcomes = race([keys(scene, p) for p in people])

    assert sorted(o for [o] in outcomes) == ["refused"] * 9 + ["registered"]
    assert Visit.objects.filter(status="registered").count() == 1
    assert Event.objects.count() == 10
    assert list(audit.breaches()) == []


def test_the_last_allowance_goes_to_one_of_ten_desks():
    scene = Scene()
    scene.session.open_places = 50
    scene.session.save()
    scene.house.hall.seats.all().delete()
    scene.quota(1)
    people = [scene.visitor(f"Асанов{n}") for n in range(10)]

    outcomes = race([keys(scene, p) for p in people])

    assert sorted(o for [o] in outcomes) == ["refused"] * 9 + ["registered"]
    assert sum(Entry.objects.values_list("amount", flat=True)) == 0
    assert Entry.objects.filter(reason="grant").count() == 1


def test_the_same_request_from_ten_desks_is_one_registration():
    scene = Scene()
    scene.quota()
    job = keys(scene, scene.person, request=str(uuid4()))

    outcomes = race([job] * 10)

    assert [o for [o] in outcomes] == ["registered"] * 10
    assert Visit.objects.count() == Visitor.objects.count() == Pass.objects.count() == 1
    assert Entry.objects.filter(reason="use").count() == 1
    assert Event.objects.filter(type="visit.registered").count() == 1


def test_one_scan_that_arrives_ten_times_lets_in_once():
    scene = Scene()
    done = scene.register(scene.party())
    visitor = str(done.visitors[scene.person.pk])
    job = {"institution": str(scene.house.institution.pk), "visitor": visitor}
    same, other = str(uuid4()), str(uuid4())
    processes = [Process(f"{JOBS}:admit", **job, scan=same) for _ in range(2)]
    for process in processes:
        process.go()

    threads = together(*(partial(gate_jobs.admit, **job, scan=same) for _ in range(8)))

    assert [*(p.result() for p in processes), *threads] == [[]] * 10
    assert gate_jobs.admit(**job, scan=other) == ["already_inside"]
    assert Event.objects.filter(type="visit.admitted").count() == 1


def test_a_person_is_never_inside_two_prisons_at_once():
    here = Scene()
    first = here.register(here.party())
    gate_jobs.admit(
        institution=str(here.house.institution.pk),
        visitor=str(first.visitors[here.person.pk]),
        scan=str(uuid4()),
    )
    row = Visitor.objects.get()
    with pytest.raises(IntegrityError):
        Visitor.objects.create(
            institution=row.institution, visit=Visit.objects.create(
                **{f.attname: getattr(row.visit, f.attname)
                   for f in Visit._meta.concrete_fields}
                | {"id": uuid4(), "request_id": uuid4(), "reference": "other",
                   "seat_id": None}
            ),
            person=row.person, part="lead", status="inside", effect="allow",
            came_in_at=row.came_in_at,
        )  # fmt: skip


def test_what_a_killed_server_acknowledged_is_there_and_the_chain_holds():
    scene = Scene()
    scene.session.open_places = 500
    scene.session.save()
    scene.house.hall.seats.all().delete()
    scene.quota(verified=False)
    people = [scene.visitor(f"Асанов{n}") for n in range(60)]
    told = []
    with Process(f"{JOBS}:register_and_tell", **keys(scene, *people)) as desk:
        desk.go()
        while len(told) < 25:
            told.append(desk.line())
        desk.kill()

    known = set(Visit.objects.values_list("reference", flat=True))

    assert set(told) <= known
    assert Visit.objects.count() == Pass.objects.count()
    assert Visit.objects.count() == Entry.objects.filter(reason="use").count()
    assert Event.objects.filter(type="visit.registered").count() == len(known)
    assert list(audit.breaches()) == []
