"""Two windows at once: one locker, one shift; one wins, the others are told why."""

from functools import partial

import pytest

from darbaza.audit import selectors as audit
from darbaza.gate.models import Deposit, Locker, Shift
from tests.concurrency import gate_jobs
from tests.concurrency.racing import Process, together
from tests.visits.test_registration import Scene

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
JOBS = "tests.concurrency.gate_jobs"
NAMES = ("Асанов", "Мамытов", "Жапаров", "Турдуев")


def race(name: str, jobs: list[dict[str, str]]) -> list[str]:
    """Run the first job in a process of its own, the rest in threads."""
    process = Process(f"{JOBS}:{name}", **jobs[0])
    process.go()
    job = getattr(gate_jobs, name)
    return [*together(*(partial(job, **j) for j in jobs[1:])), process.result()]


def test_one_locker_goes_to_one_of_four_windows_and_the_others_hear_whose_it_is():
    here = Scene().house.institution
    locker = Locker.objects.create(institution=here, label="1")
    place = {"institution": str(here.pk), "locker": str(locker.pk)}

    told = race("lay_in", [{**place, "name": name} for name in NAMES])

    row = Deposit.objects.get()
    assert min(told) == row.tag
    assert sorted(told)[1:] == [f"locker_in_use {row.name}"] * 3
    assert list(audit.breaches()) == []


def test_one_shift_is_opened_by_one_of_four_officers():
    here = Scene().house.institution
    place = {"institution": str(here.pk)}

    told = race("open_shift", [{**place, "name": name} for name in NAMES])

    row = Shift.objects.get()
    assert told.count(row.officer) == 1
    assert told.count(f"shift_open_already {row.officer}") == 3
