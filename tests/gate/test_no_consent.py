"""Who does not consent to a search does not come in; nothing else follows (rule 60)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from darbaza.accounts.permissions import Role
from darbaza.gate import services
from darbaza.gate.models import Pass
from darbaza.parcels.models import Search
from darbaza.visits.models import Visit
from tests.gate.deskwork import KNOWN, Desk
from tests.gate.house import Gate
from tests.visits import builders

pytestmark = pytest.mark.django_db
TEN = builders.at(10)


@pytest.fixture
def gate(db, clock) -> Gate:
    return Gate()


def searched(gate: Gate, result: str, *, at=TEN, house=None, whom=None) -> None:
    Search.objects.create(
        institution=house or gate.house.institution, person=whom or gate.person,
        person_sex="F", officer_sex="F", kind="detector", reason="everybody today",
        result=result, at=at, by_name="officer", request_id=uuid4(),
    )  # fmt: skip


def scan(gate: Gate, code: str, *, at=TEN + timedelta(minutes=5)) -> list[str]:
    _row, decision = services.let_in_by_code(
        code, scan_id=uuid4(), by=gate.officer, at=at
    )
    return decision.codes


def test_without_consent_nobody_comes_in_and_the_pass_stays_valid(gate):
    code = gate.code(gate.issue())
    searched(gate, "no_consent")

    assert scan(gate, code) == ["search_not_consented"]
    assert Pass.objects.get().status == "valid"


def test_a_later_search_with_consent_opens_the_gate(gate):
    code = gate.code(gate.issue())
    searched(gate, "no_consent")
    searched(gate, "clear", at=TEN + timedelta(minutes=2))

    assert scan(gate, code) == []


def test_yesterday_and_another_prison_count_for_nothing_today(gate, other_colony):
    code = gate.code(gate.issue())
    searched(gate, "no_consent", at=TEN - timedelta(days=1))
    searched(gate, "no_consent", house=other_colony)

    assert scan(gate, code) == []


def test_the_desk_says_it_beforehand_and_registers_all_the_same(gate, clock):
    clock.move_to(TEN + timedelta(minutes=5))
    searched(gate, "no_consent", whom=gate.wife)
    desk = Desk(gate.staff("desk", Role.GATE_OFFICER))
    desk.open()
    desk.do("scan", text=KNOWN)
    page = desk.do("whom", prisoner=gate.prisoner.pk).content.decode()
    assert "No consent to a search today: no entry." in page

    done = desk.do("finish", do="register", language="ky").content.decode()

    assert Visit.objects.filter(status="registered").exists(), done[:400]
