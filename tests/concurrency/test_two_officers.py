"""Two officers, and eight more, edit one visit at once: none of it is lost or doubled.

Eight threads of the server and two other processes, on whichever engine runs.
"""

from datetime import datetime
from functools import partial
from typing import Any

import pytest

from darbaza.audit import selectors as audit
from darbaza.audit.models import Event
from darbaza.entitlements.models import Entry
from darbaza.gate import codes
from darbaza.gate.models import Pass
from darbaza.visits.models import Visit, Visitor
from darbaza.visits.types import Registered
from tests.concurrency import gate_jobs
from tests.concurrency.racing import Process, together
from tests.visits import builders
from tests.visits.test_registration import NOW, Scene

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
JOBS = "tests.concurrency.gate_jobs"
Job = tuple[str, dict[str, Any]]


def race(jobs: list[Job]) -> list[Any]:
    """Run the first two jobs in processes of their own, the rest in threads."""
    processes = [Process(f"{JOBS}:{name}", **what) for name, what in jobs[:2]]
    for process in processes:
        process.go()
    rest = [partial(getattr(gate_jobs, name), **what) for name, what in jobs[2:]]
    threads = together(*rest)
    return [*(p.result() for p in processes), *threads]


@pytest.fixture
def scene(transactional_db) -> Scene:
    made = Scene()
    made.quota(4)
    return made


def visit_of(scene: Scene) -> tuple[Registered, dict[str, str]]:
    done = scene.register(scene.party())
    keys = {"institution": str(scene.house.institution.pk), "visit": str(done.visit_id)}
    return done, keys


def facts(kind: str) -> list[dict[str, Any]]:
    rows = Event.objects.filter(type=kind).order_by("seq")
    return [row.facts for row in rows]


def test_every_note_is_on_record_with_the_one_that_it_replaced(scene):
    _done, keys = visit_of(scene)
    words = [f"officer {n}" for n in range(10)]

    assert race([("write_note", keys | {"words": w}) for w in words]) == words

    noted = facts("visit.noted")
    assert sorted(one["after"] for one in noted) == words
    assert [one["before"] for one in noted] == ["", *(n["after"] for n in noted[:-1])]
    assert Visit.objects.get().note == noted[-1]["after"]
    assert list(audit.breaches()) == []


def test_corrections_stand_on_each_other_and_none_is_overwritten_unseen(scene):
    _done, keys = visit_of(scene)
    ends = list(range(1, 11))

    assert race([("set_end", keys | {"minutes": m}) for m in ends]) == ends

    steps = [
        [datetime.fromisoformat(one[side]["ends_at"]) for side in ("before", "after")]
        for one in facts("visit.corrected")
    ]
    assert len(steps) == 10
    assert [before for before, _ in steps[1:]] == [after for _, after in steps[:-1]]
    assert Visit.objects.get().ends_at == steps[-1][1]
    assert list(audit.breaches()) == []


def test_a_visit_cancelled_for_two_causes_at_once_gives_back_once(scene):
    _done, keys = visit_of(scene)
    causes = ["by_family", "by_institution"] * 5

    outcomes = race([("call_off", keys | {"cause": c}) for c in causes])

    visit = Visit.objects.get()
    assert visit.status == "cancelled"
    assert outcomes.count(visit.sub_status) == 5
    assert outcomes.count("visit_not_open") == 5
    amounts = Entry.objects.values_list("amount", flat=True)
    assert sorted(amounts) == [-1, 1, 4]
    assert len(facts("visit.cancelled")) == 1
    assert list(audit.breaches()) == []


def test_a_visit_that_one_moves_and_another_cancels_ends_in_one_of_both(scene):
    _done, keys = visit_of(scene)
    later = builders.session(
        scene.house, starts_at=builders.at(14), ends_at=builders.at(18)
    )
    moving = ("move", keys | {"session": str(later.pk)})
    calling = ("call_off", keys | {"cause": "by_family"})

    outcomes = race([moving, calling] * 5)

    live = Visit.objects.exclude(status="cancelled")
    moved = outcomes.count("moved")
    assert moved == live.count() == len(facts("visit.moved")) <= 1
    assert outcomes.count("by_family") == (0 if moved else 5)
    assert sum(Entry.objects.values_list("amount", flat=True)) == 4 - moved
    assert list(audit.breaches()) == []


def test_a_visit_that_one_cancels_while_another_lets_in_is_one_of_both(scene):
    done, keys = visit_of(scene)
    [visitor] = done.visitors.values()
    Pass.objects.create(
        institution=scene.house.institution, visitor_id=visitor, issued_at=NOW,
        number="0123456789ABCDEF", issued_by="x",
    )  # fmt: skip
    scan = {
        "institution": keys["institution"],
        "code": codes.printed("0123456789ABCDEF"),
        "scan": "01900000-0000-7000-8000-000000000001",
    }

    outcomes = race([("let_in", scan), ("call_off", keys | {"cause": "by_family"})] * 5)

    entered, called = outcomes[::2], outcomes[1::2]
    inside = Visitor.objects.filter(status="inside").count()
    if inside:
        assert entered == [[]] * 5
        assert called == ["visit_not_open"] * 5
    else:
        assert [] not in entered
        assert called == ["by_family"] * 5
    assert len(facts("visit.admitted")) == inside
    assert list(audit.breaches()) == []
