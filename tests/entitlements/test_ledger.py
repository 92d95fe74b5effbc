"""The ledger: lines are added once, charged where there is something, never changed."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from darbaza.audit.models import Event
from darbaza.custody.models import Separation
from darbaza.entitlements import selectors, services
from darbaza.entitlements.models import Entry
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests import cast
from tests.entitlements.builders import TODAY, prisoner, quota

pytestmark = pytest.mark.django_db
WHO = {"by": cast.GATE_OFFICER, "at": cast.NINE}
BOSS = {"by": cast.DIRECTOR, "at": cast.NINE}


@pytest.fixture
def inmate(colony):
    return prisoner()


def lines(row) -> list[tuple[int, str]]:
    found = Entry.objects.filter(prisoner=row).order_by("id")
    return list(found.values_list("amount", "reason"))


def left(row, kind="short", on=TODAY) -> int:
    return selectors.balance(row.pk, kind, on, by=cast.GATE_OFFICER).left


def test_grant_is_written_once_a_period(inmate):
    quota(6)

    first = services.ensure_grant(inmate.pk, "short", on=TODAY, **WHO)
    again = services.ensure_grant(inmate.pk, "short", on=date(2026, 1, 1), **WHO)
    next_year = services.ensure_grant(inmate.pk, "short", on=date(2027, 1, 1), **WHO)

    assert (first.amount, first.reason) == (6, "grant")
    assert again is None
    assert next_year.period_on == date(2027, 1, 1)
    assert lines(inmate) == [(6, "grant"), (6, "grant")]


def test_database_itself_refuses_a_second_grant(inmate):
    quota(6)
    row = services.ensure_grant(inmate.pk, "short", on=TODAY, **WHO)

    row.pk = uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_change_of_conditions_writes_the_difference_and_back(inmate):
    quota(6)
    quota(3, conditions="strict")
    services.use(inmate.pk, "short", uuid4(), on=TODAY, **WHO)

    for conditions in ("strict", "ordinary", "ordinary"):
        inmate.conditions = conditions
        inmate.save()
        services.ensure_grant(inmate.pk, "short", on=TODAY, **WHO)

    assert lines(inmate) == [(6, "grant"), (-1, "use"), (-3, "change"), (3, "change")]
    assert left(inmate) == 5


def test_balance_counts_a_change_that_nobody_has_written_yet(inmate):
    quota(6)
    quota(3, conditions="strict")
    services.ensure_grant(inmate.pk, "short", on=TODAY, **WHO)
    inmate.conditions = "strict"
    inmate.save()

    assert left(inmate) == 3


def test_use_writes_grant_and_use_and_is_on_record(inmate):
    rule = quota(6)
    visit = uuid4()

    row = services.use(inmate.pk, "short", visit, on=TODAY, **WHO)

    assert (row.amount, row.subject_id, row.quota_id) == (-1, visit, rule.pk)
    assert lines(inmate) == [(6, "grant"), (-1, "use")]
    event = Event.objects.get(type="allowance.used")
    assert event.target_id == str(inmate.pk)
    assert event.facts["left"] == 5


def test_same_visit_is_charged_once(inmate):
    quota(6)
    visit = uuid4()

    first = services.use(inmate.pk, "short", visit, on=TODAY, **WHO)
    again = services.use(inmate.pk, "short", visit, on=TODAY, **WHO)

    assert first.pk == again.pk
    assert left(inmate) == 5
    assert Event.objects.filter(type="allowance.used").count() == 1


def test_last_visit_of_a_verified_quota_and_no_further(inmate):
    quota(1, verified=True)
    services.use(inmate.pk, "short", uuid4(), on=TODAY, **WHO)

    with pytest.raises(Conflict) as refused:
        services.use(inmate.pk, "short", uuid4(), on=TODAY, **WHO)

    assert refused.value.code == "allowance_used_up"
    assert refused.value.figures["next_on"] == date(2027, 1, 1)
    assert lines(inmate) == [(1, "grant"), (-1, "use")]


def test_override_goes_below_nothing_and_says_so(inmate):
    quota(0, verified=True)

    services.use(inmate.pk, "short", uuid4(), on=TODAY, overdraw=True, **WHO)

    found = selectors.balance(inmate.pk, "short", TODAY, by=cast.GATE_OFFICER)
    assert (found.left, found.overdrawn) == (0, 1)
    assert Event.objects.get(type="allowance.used").facts["overdrawn"] is True


@pytest.mark.parametrize("amount", [0, 1, None])
def test_unverified_quota_never_refuses(inmate, amount):
    quota(amount)

    for _ in range(3):
        services.use(inmate.pk, "short", uuid4(), on=TODAY, **WHO)

    assert [n for n, reason in lines(inmate) if reason == "use"] == [-1, -1, -1]


def test_visit_without_any_rule_is_charged_to_the_year(inmate):
    row = services.use(inmate.pk, "short", uuid4(), on=TODAY, **WHO)

    assert (row.quota_id, row.period_ends_on) == (None, date(2027, 1, 1))
    found = selectors.balance(inmate.pk, "short", TODAY, by=cast.GATE_OFFICER)
    assert found.quota is None


def test_visit_of_next_year_is_charged_to_next_year(inmate):
    quota(1, verified=True)
    services.use(inmate.pk, "short", uuid4(), on=TODAY, **WHO)

    services.use(inmate.pk, "short", uuid4(), on=date(2027, 1, 1), **WHO)

    assert left(inmate, on=date(2027, 1, 1)) == 0


@pytest.mark.parametrize("kind", ["lawyer", "", "video"])
def test_kind_that_uses_no_allowance_is_refused(inmate, kind):
    with pytest.raises(Invalid):
        services.use(inmate.pk, kind, uuid4(), on=TODAY, **WHO)


def test_give_back_once_into_its_own_period(inmate):
    quota(2)
    visit = uuid4()
    used = services.use(inmate.pk, "short", visit, on=date(2027, 1, 1), **WHO)

    first = services.give_back(visit, note="prisoner_ill", **WHO)
    again = services.give_back(visit, note="prisoner_ill", **WHO)

    assert first.pk == again.pk
    assert (first.amount, first.period_on) == (1, used.period_on)
    assert left(inmate, on=date(2027, 1, 1)) == 2
    assert Event.objects.filter(type="allowance.returned").count() == 1


def test_give_back_of_a_visit_that_used_nothing_gives_nothing(inmate):
    assert services.give_back(uuid4(), note="lawyer", **WHO) is None


def test_correction_needs_a_reason_and_is_done_once(inmate):
    quota(6)
    key = uuid4()
    ask = {"on": TODAY, "request_id": key, **BOSS}

    with pytest.raises(Invalid):
        services.correct(inmate.pk, "short", -1, note="  ", **ask)
    first = services.correct(inmate.pk, "short", -1, note="Paper journal, p. 4", **ask)
    again = services.correct(inmate.pk, "short", -1, note="Paper journal, p. 4", **ask)

    assert first.pk == again.pk
    assert left(inmate) == 5


@pytest.mark.parametrize("amount", [0, -1, 51])
def test_incentive_is_one_to_fifty(inmate, amount):
    with pytest.raises(Invalid):
        services.add_extra(
            inmate.pk, "long", amount, note="Order 5", on=TODAY, request_id=uuid4(),
            **BOSS,
        )  # fmt: skip


def test_incentive_is_added_to_the_quota(inmate):
    quota(4, kind="long")

    services.add_extra(
        inmate.pk, "long", 1, note="Order 5", on=TODAY, request_id=uuid4(), **BOSS
    )

    assert left(inmate, "long") == 5
    assert Event.objects.filter(type="allowance.extra_given").count() == 1


def test_gate_officer_may_not_correct(inmate):
    with pytest.raises(Forbidden):
        services.correct(
            inmate.pk, "short", 1, note="why", on=TODAY, request_id=uuid4(), **WHO
        )


@pytest.mark.parametrize(
    "door",
    [
        lambda who, key: services.ensure_grant(key, "short", on=TODAY, **who),
        lambda who, key: services.use(key, "short", uuid4(), on=TODAY, **who),
        lambda who, key: services.correct(
            key, "short", 1, note="why not", on=TODAY, request_id=uuid4(), **who
        ),
        lambda who, key: selectors.balance(key, "short", TODAY, by=who["by"]),
        lambda who, key: selectors.balances(key, TODAY, by=who["by"]),
        lambda who, key: selectors.entries(key, by=who["by"]),
    ],
)
def test_ledger_of_another_institution_does_not_exist(inmate, other_colony, door):
    quota(6)

    with pytest.raises(NotFound):
        door({"by": cast.OUTSIDER, "at": cast.NINE}, inmate.pk)


def test_outsider_cannot_give_back(inmate, other_colony):
    quota(6)
    visit = uuid4()
    services.use(inmate.pk, "short", visit, on=TODAY, **WHO)

    assert services.give_back(visit, note="x", by=cast.OUTSIDER, at=cast.NINE) is None
    assert left(inmate) == 5


def test_next_day_waits_for_the_end_of_isolation(inmate):
    quota(6)
    Separation.objects.create(
        institution_id=cast.COLONY,
        prisoner=inmate,
        kind=Separation.Kind.ISOLATION,
        starts_on=date(2026, 11, 20),
        ends_on=date(2026, 11, 30),
        order_number="12",
    )

    found = selectors.balance(inmate.pk, "short", TODAY, by=cast.GATE_OFFICER)

    assert found.next_on == date(2026, 11, 30)


def test_ledger_follows_a_prisoner_to_another_institution(inmate, other_colony):
    quota(6)
    services.use(inmate.pk, "short", uuid4(), on=TODAY, **WHO)
    inmate.institution_id = cast.OTHER_COLONY
    inmate.save()

    found = selectors.balances(inmate.pk, TODAY, by=cast.OUTSIDER)

    assert found["short"].left == 5
    assert selectors.entries(inmate.pk, by=cast.OUTSIDER).count() == 2
