"""Several requests at one moment: one paper for each request, whole, one at a time."""

from functools import partial
from uuid import uuid4

import pytest

from darbaza.sites import services
from darbaza.sites.models import PrintJob
from tests.concurrency.racing import together
from tests.sites.printing import house, standin
from tests.sites.printing.house import OFFICER
from tests.sites.printing.standin import StandIn

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_one_request_in_six_threads_prints_once(colony):
    request = uuid4()
    with StandIn(standin.READY) as real:
        house.printer(port=real.port)
        done = together(*[partial(house.send, request_id=request)] * 6)

    assert {job.pk for job in done} == {PrintJob.objects.get().pk}
    assert PrintJob.objects.get().status == "printed"
    assert len(real.papers) == 1


def test_five_desks_at_one_printer_each_get_their_paper(colony):
    with StandIn(standin.READY) as real:
        house.printer(port=real.port)
        done = together(*[house.send] * 5)

    assert [job.status for job in done] == ["printed"] * 5
    assert [len(standin.rasters(got)) for got in real.papers] == [1] * 5


def test_a_waiting_paper_sent_again_by_four_at_once_comes_out_once(colony):
    with StandIn(standin.NO_PAPER) as real:
        house.printer(port=real.port)
        job = house.send()
        real.answers = standin.READY
        together(*[partial(services.send_again, job.pk, **OFFICER)] * 4)

    assert PrintJob.objects.get().status == "printed"
    assert len(real.papers) == 1
