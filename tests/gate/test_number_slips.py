"""The slip with a number comes out of the kiosk's receipt printer, once."""

import pytest
import zxingcpp

from darbaza.gate.models import Screen, Ticket
from darbaza.sites.models import PrintJob
from tests.gate.queuework import Queue
from tests.gate.test_queue_pages import device, text, touch
from tests.gate.test_sending import printer
from tests.sites.printing import standin
from tests.sites.printing.standin import StandIn
from tests.visits import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(db, clock) -> Queue:
    clock.move_to(builders.at(9))
    return Queue()


@pytest.fixture
def real():
    with StandIn(standin.READY) as printer:
        yield printer


def kiosk_beside(queue: Queue, port: int):
    """Return a kiosk whose post has a receipt printer at a port."""
    printer(queue, port, passes=False, papers=False, receipts=True, post=queue.one)
    client = device(queue)
    Screen.objects.update(post=queue.one)
    return client


def test_the_slip_is_printed_once_and_its_code_leads_to_the_number(queue, real):
    kiosk = kiosk_beside(queue, real.port)
    shown = touch(kiosk, queue, language="en").url

    for _again in range(2):
        assert "Take your slip." in text(kiosk.get(shown))

    row = Ticket.objects.get()
    assert PrintJob.objects.get().title == f"{row.label} 23.11.2026"
    (paper,) = real.papers
    (address,) = [
        code.text
        for page in standin.rasters(paper)
        for code in zxingcpp.read_barcodes(page.convert("L"))
    ]
    assert address.endswith(f"/gate/number/{row.code}/")


def test_without_a_printer_that_answers_the_number_stays_on_the_screen(queue, real):
    kiosk = kiosk_beside(queue, 1)
    page = text(kiosk.get(touch(kiosk, queue, language="en").url))
    assert "V-001" in page
    assert "Take your slip." not in page
    assert real.papers == []
