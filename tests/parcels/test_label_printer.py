"""The label of a bag at the label printer of the post, or as PDF without one."""

import pytest
from django.urls import reverse

from darbaza.parcels.models import Bag
from darbaza.sites.models import Printer, PrintJob
from tests import cast
from tests.parcels import builders
from tests.sites.printing import standin
from tests.sites.printing.standin import StandIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def bag(colony):
    shop = builders.shop()
    return Bag.objects.get(pk=builders.registered((shop["tea"], 1, 100)).bags["goods"])


def printer(port: int) -> Printer:
    names = {f"name_{code}": "Labels" for code in ("ky", "ru", "en")}
    return Printer.objects.create(
        institution_id=cast.COLONY, kind="zpl", connection="network",
        address="127.0.0.1", port=port, labels=True, **names,
    )  # fmt: skip


def sent(bag: Bag, sign_in, who=cast.GATE_OFFICER):
    url = reverse("parcels:label_send", args=[bag.pk])
    return sign_in(who).post(url, follow=True)


def test_a_label_goes_to_the_label_printer_and_is_counted(bag, sign_in):
    with StandIn({b"~HS\r\n": standin.LABELS_READY.encode()}) as real:
        printer(real.port)
        page = sent(bag, sign_in).content.decode()

    assert "Given to the printer: Labels." in page
    assert real.papers[0].startswith(b"^XA")
    bag.refresh_from_db()
    assert bag.prints == 1
    assert PrintJob.objects.get().title == bag.label


def test_a_dead_label_printer_keeps_the_label_waiting_and_says_so(bag, sign_in):
    with StandIn(standin.READY) as gone:
        port = gone.port
    printer(port)

    page = sent(bag, sign_in)

    assert page.status_code == 200
    assert PrintJob.objects.get().fault
    assert "Labels" in page.content.decode()


def test_without_a_label_printer_the_pdf_comes(bag, sign_in):
    answer = sent(bag, sign_in)
    assert answer.headers["Content-Type"] == "application/pdf"


def test_another_prison_prints_no_label_of_ours(bag, sign_in, other_colony):
    assert sent(bag, sign_in, cast.OUTSIDER).status_code == 404
    assert not PrintJob.objects.exists()
