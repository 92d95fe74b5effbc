"""A finding that was a mistake is withdrawn, and the thing comes out again, signed."""

import pytest

from darbaza.accounts.permissions import Role
from darbaza.kernel import ids
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.parcels import chain, selectors, services
from darbaza.parcels.models import Sending, Step
from darbaza.parcels.services import Move, Where
from tests import cast
from tests.parcels import builders
from tests.parcels.inspecting import OFFICER, SECOND, found, later, now, package

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(colony):
    builders.quota(2)
    return builders.shop()


@pytest.fixture
def finding(shop):
    """All of a package is seized."""
    return found(package(shop, "tea")["goods"], pieces={1: 2})


def withdraw(row):
    by = cast.SHIFT_SUPERVISOR
    return services.withdraw(row.pk, reason="a toy", by=by, at=later(20))


def release(row, part="back", **more):
    given = {"second": SECOND, "request_id": ids.new_id()} | now(30) | more
    return services.release(row.pk, part, **given)


def hand_on(bag, to, **more):
    move = Move(to, seal="", **more)
    return services.hand_on(bag.pk, move, request_id=ids.new_id(), **now(40))


def test_what_was_seized_by_mistake_goes_back_to_the_sender_without_a_gap(finding):
    withdraw(finding)
    bag = release(finding)
    assert (bag.where, bag.part, bag.seal) == (Where.HELD, "back", "S-100")
    assert list(selectors.to_give_back(by=OFFICER)) == [bag]

    bag = hand_on(bag, Where.BACK, taker="Асанова Айгүл", signed=True)

    steps = [chain.plain(row) for row in Step.objects.filter(bag=bag)]
    assert chain.gaps(steps) == []
    out = steps[-2]
    assert (out.withdrawn, out.order, out.witness) == (True, "12", SECOND.name)
    assert Sending.objects.get().status == "returned"
    assert selectors.gaps(later(0), later(90), by=OFFICER) == []


def test_or_it_goes_to_the_prisoner_after_all_and_the_sending_goes_on(finding):
    assert Sending.objects.get().status == "kept"
    withdraw(finding)
    bag = release(finding, "goods")
    assert Sending.objects.get().status == "registered"

    hand_on(bag, Where.STORE, place="A-3")
    assert Sending.objects.get().status == "accepted"


def test_without_a_withdrawal_nothing_seized_comes_out(finding):
    with pytest.raises(Conflict, match="finding_stands"):
        release(finding)
    withdraw(finding)
    finding.bag.refresh_from_db()
    for to in (Where.BACK, Where.STORE, Where.HELD):
        with pytest.raises(Conflict):
            hand_on(finding.bag, to, taker="x", signed=True, place="A", order="12")


def test_two_officers_sign_and_it_happens_once(finding):
    withdraw(finding)
    with pytest.raises(Invalid, match="second_officer_is_first"):
        release(finding, second=OFFICER)
    with pytest.raises(Forbidden):
        release(finding, second=cast.REGISTRAR)
    with pytest.raises(Invalid):
        release(finding, "kept")
    elsewhere = cast.actor(Role.GATE_OFFICER, at=cast.OTHER_COLONY)
    colleague = cast.actor(Role.GATE_OFFICER, at=cast.OTHER_COLONY, number=1)
    with pytest.raises(NotFound):
        release(finding, by=elsewhere, second=colleague)

    again = ids.new_id()
    release(finding, request_id=again)
    release(finding, request_id=again)
    assert Step.objects.filter(withdrawn=True).count() == 1
    with pytest.raises(Conflict, match="bag_not_seized"):
        release(finding)


def test_of_a_refused_sending_nothing_goes_to_the_prisoner(shop):
    row = found(package(shop, "phone")["kept"])
    withdraw(row)
    with pytest.raises(Conflict, match="released_only_to_sender"):
        release(row, "goods")
    assert release(row).where == Where.HELD


@pytest.fixture
def by_hand(shop):
    """A package that was seized by a step of its own; nobody entered a finding."""
    bag = builders.stored((shop["tea"], 1, 100))
    papers = {"seal": "S-7", "place": "Safe 1", "order": "44", "witness": SECOND.name}
    key = ids.new_id()
    return services.move(bag.pk, Move(Where.SEIZED, **papers), request_id=key, **now(5))


def undo(bag, part="goods", reason="the wrong bag", **more):
    given = {"second": SECOND, "request_id": ids.new_id()} | now(30)
    by = {"by": cast.SHIFT_SUPERVISOR}
    return services.undo_seizure(bag.pk, part, reason, **given | by | more)


def test_what_was_seized_by_hand_comes_out_with_a_reason_and_without_a_gap(by_hand):
    again = ids.new_id()
    for _twice in range(2):
        bag = undo(by_hand, request_id=again)
    assert (bag.where, bag.seal) == (Where.HELD, "S-7")
    rows = Step.objects.filter(bag=bag).order_by("at", "id")
    out = rows.last()
    assert (out.order, out.withdrawn, out.note) == ("44", True, "the wrong bag")
    assert chain.gaps([chain.plain(row) for row in rows]) == []
    assert rows.filter(withdrawn=True).count() == 1
    hand_on(bag, Where.STORE, place="A-3")


def test_a_seizure_by_hand_is_undone_by_rank_with_two_names_and_words(by_hand):
    with pytest.raises(Forbidden):
        undo(by_hand, by=OFFICER)
    with pytest.raises(Invalid, match="second_officer_is_first"):
        undo(by_hand, second=cast.SHIFT_SUPERVISOR)
    with pytest.raises(Invalid, match="reason_missing"):
        undo(by_hand, reason="  ")
    elsewhere = cast.actor(Role.SHIFT_SUPERVISOR, at=cast.OTHER_COLONY)
    colleague = cast.actor(Role.GATE_OFFICER, at=cast.OTHER_COLONY, number=1)
    with pytest.raises(NotFound):
        undo(by_hand, by=elsewhere, second=colleague)
    undo(by_hand)
    with pytest.raises(Conflict, match="bag_not_seized"):
        undo(by_hand)


def test_what_a_finding_seized_is_no_seizure_by_hand(finding):
    with pytest.raises(Conflict, match="finding_stands"):
        undo(finding.bag)


def test_the_page_of_a_bag_offers_it_to_the_supervisor_alone(by_hand, sign_in):
    page = f"/parcels/bags/{by_hand.pk}/"
    assert "/undo/" not in sign_in(OFFICER).get(page).content.decode()
    assert sign_in(OFFICER).get(f"{page}undo/").status_code == 403
    chief = sign_in(cast.SHIFT_SUPERVISOR)
    assert "/undo/" in chief.get(page).content.decode()
    form = chief.get(f"{page}undo/").context["form"]
    key = str(form["request_id"].value())
    answer = chief.post(f"{page}undo/", {"request_id": key, "part": "back"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) >= {"reason", "signed", "username"}
