"""Protocol and round list at the printer of the post, or as PDF where none takes A4."""

import re

import pytest
from django.urls import reverse

from darbaza.kernel import ids
from darbaza.parcels import services
from darbaza.parcels.selectors.store import NOWHERE
from darbaza.parcels.services import Where
from darbaza.sites.models import Printer, PrintJob
from tests import cast
from tests.parcels import builders
from tests.parcels.inspecting import found, package
from tests.sites.printing import standin
from tests.sites.printing.standin import StandIn

pytestmark = pytest.mark.django_db
REQUEST = re.compile(r'name="request" value="([0-9a-f-]{36})"')


@pytest.fixture
def shop(colony):
    builders.quota(2)
    return builders.shop()


def printer(port: int, **more) -> Printer:
    names = {f"name_{code}": "Office" for code in ("ky", "ru", "en")}
    known = {"kind": "cups", "connection": "queue", "sheet": "a4"}
    return Printer.objects.create(
        institution_id=cast.COLONY, address="127.0.0.1", port=port, papers=True,
        **names, **known | more,
    )  # fmt: skip


@pytest.fixture
def finding(shop):
    return found(package(shop, "tea")["goods"], pieces={1: 2})


def send(sign_in, name, *keys, who=cast.GATE_OFFICER):
    return sign_in(who).post(reverse(name, args=keys), follow=True)


def test_a_dead_printer_keeps_the_protocol_waiting_and_says_so(finding, sign_in):
    with StandIn(standin.READY) as gone:
        port = gone.port
    printer(port)

    page = send(sign_in, "parcels:protocol_send", finding.pk)

    job = PrintJob.objects.get()
    assert (job.status, job.title, job.paper) == ("waiting", finding.protocol, "paper")
    assert job.fault
    assert page.redirect_chain[-1][0] == reverse("parcels:finding", args=[finding.pk])
    finding.refresh_from_db()
    assert finding.prints == 1


def test_pressing_the_button_twice_prints_once(finding, sign_in):
    printer(9)
    officer = sign_in(cast.GATE_OFFICER)
    page = reverse("parcels:finding", args=[finding.pk])
    address = reverse("parcels:protocol_send", args=[finding.pk])

    def asked() -> dict[str, str]:
        (key,) = REQUEST.findall(officer.get(page).content.decode())
        return {"request": key}

    first = asked()
    for _press in range(2):
        officer.post(address, first)

    finding.refresh_from_db()
    assert (PrintJob.objects.count(), finding.prints) == (1, 1)
    officer.post(address, asked())
    finding.refresh_from_db()
    assert (PrintJob.objects.count(), finding.prints) == (2, 2), "a new page, a copy"


def test_without_a_printer_for_a4_the_protocol_comes_as_pdf(finding, sign_in):
    assert send(sign_in, "parcels:protocol_send", finding.pk)["Content-Type"] == (
        "application/pdf"
    )
    printer(9, kind="escpos", connection="network")

    answer = send(sign_in, "parcels:protocol_send", finding.pk)

    assert answer["Content-Type"] == "application/pdf", "a roll is no paper for it"
    assert not PrintJob.objects.exists()


def test_the_round_list_goes_there_too(shop, sign_in):
    bag = builders.stored((shop["tea"], 1, 100))
    given = {"by": cast.GATE_OFFICER, "at": cast.NINE}
    services.take_out([NOWHERE], request_id=ids.new_id(), **given)
    bag.refresh_from_db()
    assert bag.where == Where.ROUND
    assert send(sign_in, "parcels:round_send")["Content-Type"] == "application/pdf"
    printer(9)

    page = send(sign_in, "parcels:round_send").content.decode()

    assert PrintJob.objects.get().title.startswith("round-")
    assert "Print at: Office" in page


def test_strangers_print_no_protocol_of_ours(finding, sign_in, other_colony):
    printer(9)
    answer = send(sign_in, "parcels:protocol_send", finding.pk, who=cast.OUTSIDER)
    assert answer.status_code in {403, 404}
    assert not PrintJob.objects.exists()
