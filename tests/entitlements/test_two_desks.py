"""Two desks at one ledger, each with its own connection."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connection

from darbaza.entitlements import services
from darbaza.entitlements.models import Entry
from darbaza.kernel.errors import Conflict
from tests import cast
from tests.entitlements.builders import TODAY, prisoner, quota

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
DESKS = 6


def _at_once(step) -> list:
    start = Barrier(DESKS)

    def desk(number: int):
        try:
            start.wait()
            return step(number)
        except Conflict as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(DESKS) as pool:
        return list(pool.map(desk, range(DESKS)))


def _use(row, visit: UUID) -> str:
    services.use(row.pk, "short", visit, on=TODAY, by=cast.GATE_OFFICER, at=cast.NINE)
    return "done"


def test_last_visit_goes_to_one_desk(colony):
    quota(1, verified=True)
    row = prisoner()

    answers = _at_once(lambda _number: _use(row, uuid4()))

    assert sorted(answers) == ["allowance_used_up"] * (DESKS - 1) + ["done"]
    assert sum(e.amount for e in Entry.objects.all()) == 0


def test_one_visit_sent_by_all_desks_is_charged_once(colony):
    quota(6, verified=True)
    row, visit = prisoner(), uuid4()

    answers = _at_once(lambda _number: _use(row, visit))

    assert answers == ["done"] * DESKS
    assert sorted(e.amount for e in Entry.objects.all()) == [-1, 6]


def test_one_visit_given_back_by_all_desks_returns_once(colony):
    quota(6)
    row, visit = prisoner(), uuid4()
    _use(row, visit)

    _at_once(
        lambda _number: services.give_back(
            visit, note="ill", by=cast.GATE_OFFICER, at=cast.NINE
        )
    )

    assert sorted(e.amount for e in Entry.objects.all()) == [-1, 1, 6]
