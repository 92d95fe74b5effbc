"""Kiosks and windows at once: no number twice, nobody called by two windows."""

from collections import Counter
from functools import partial
from uuid import uuid4

import pytest

from darbaza.audit import selectors as audit
from darbaza.gate.models import Ticket, TicketEvent
from darbaza.gate.services import take_ticket
from darbaza.gate.services.tickets import Wanted
from tests.concurrency import gate_jobs
from tests.concurrency.racing import Process, together
from tests.gate.queuework import Queue

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
JOBS = "tests.concurrency.gate_jobs"


def test_four_kiosks_never_give_a_number_twice():
    queue = Queue()
    job = {
        "institution": str(queue.house.institution.pk),
        "lane": str(queue.visits.pk),
        "times": 10,
    }
    processes = [Process(f"{JOBS}:take_numbers", **job) for _n in range(2)]
    for process in processes:
        process.go()
    threads = together(*[partial(gate_jobs.take_numbers, **job) for _n in range(2)])
    taken = [label for found in (*threads, *(p.result() for p in processes))
             for label in found]  # fmt: skip
    assert sorted(taken) == [f"V-{n:03}" for n in range(1, 41)]
    assert list(audit.breaches()) == []


def test_one_request_sent_by_four_at_once_is_one_number():
    queue, same = Queue(), uuid4()
    take = partial(
        take_ticket, Wanted(queue.visits.pk, "kiosk"), request_id=same,
        by=queue.officer, at=gate_jobs.NOW,
    )  # fmt: skip
    assert {row.label for row in together(*[take] * 4)} == {"V-001"}
    assert Ticket.objects.count() == 1


def test_four_windows_call_everybody_once():
    queue = Queue()
    for _n in range(24):
        queue.take()
    windows = [queue.one, queue.two, queue.window("3"), queue.window("4")]
    jobs = [
        {"institution": str(queue.house.institution.pk), "window": str(w.pk)}
        for w in windows
    ]
    processes = [Process(f"{JOBS}:call_all", **job) for job in jobs[:2]]
    for process in processes:
        process.go()
    threads = together(*[partial(gate_jobs.call_all, **job) for job in jobs[2:]])
    called = Counter(
        label for found in (*threads, *(p.result() for p in processes))
        for label in found
    )  # fmt: skip
    assert called == Counter(f"V-{n:03}" for n in range(1, 25))
    assert TicketEvent.objects.filter(step="called").count() == 24
