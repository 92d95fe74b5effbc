"""Rules: versions from a day, verification, the shipped reference."""

from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command

from darbaza.audit.models import Event
from darbaza.entitlements import rulebook, selectors, services
from darbaza.entitlements.management.commands import load_reference
from darbaza.entitlements.models import Quota, Rule
from darbaza.entitlements.types import QuotaDraft
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests import cast
from tests.entitlements.builders import NEW_YEAR, TODAY, draft, quota, verify

pytestmark = pytest.mark.django_db
WHO = {"by": cast.ADMINISTRATOR, "at": cast.NINE}
JULY = date(2026, 7, 1)


def add(**changes):
    return services.add_version(draft(**changes), request_id=uuid4(), **WHO)


def in_force(on: date) -> dict:
    return selectors.rules(on, by=cast.GATE_OFFICER)


def test_new_version_ends_the_one_before_on_its_first_day():
    old = add()
    add(valid_from=JULY, legal_basis="Invented act, new text")

    old.refresh_from_db()
    assert old.valid_to == JULY
    assert in_force(JULY - timedelta(days=1))["visits.test"].basis == old.legal_basis
    assert in_force(JULY)["visits.test"].basis == "Invented act, new text"


def test_version_slipped_in_before_a_later_one_ends_with_it():
    add(valid_from=JULY)

    assert add().valid_to == JULY


def test_two_versions_cannot_begin_on_one_day():
    add()

    with pytest.raises(Conflict) as refused:
        add()

    assert refused.value.code == "rule_day_taken"


def test_same_request_adds_one_version():
    key = uuid4()

    first = services.add_version(draft(), request_id=key, **WHO)
    again = services.add_version(draft(), request_id=key, **WHO)

    assert first.pk == again.pk
    assert Event.objects.filter(type="rule.added").count() == 1


@pytest.mark.parametrize(
    "row",
    [
        QuotaDraft("lawyer", "colony_general", "ordinary", 1, "year", 240),
        QuotaDraft("short", "colony_general", "ordinary", 1, "week", 240),
        QuotaDraft("short", "colony_general", "ordinary", -1, "year", 240),
        QuotaDraft("short", "colony_general", "ordinary", 1, "year", 0),
        QuotaDraft("short", "", "ordinary", 1, "year", 240),
    ],
)
def test_impossible_quota_is_refused(row):
    with pytest.raises(Invalid):
        add(quotas=(row,))


def test_quota_table_names_each_case_once():
    row = QuotaDraft("short", "colony_general", "ordinary", 1, "year", 240)

    with pytest.raises(Invalid):
        add(quotas=(row, row))


def test_verified_rule_blocks_from_then_on():
    rule = add()
    assert not in_force(TODAY)["visits.test"].verified

    verify(rule)

    assert in_force(TODAY)["visits.test"].verified
    assert Event.objects.get(type="rule.verified").facts["name"] == "A. Lawyer"


def test_second_look_is_recorded_and_changes_nothing():
    rule = verify(add())
    verify(rule)

    services.verify(rule.pk, name="B. Lawyer", on=TODAY, **WHO)

    rule.refresh_from_db()
    assert rule.verified_by == "A. Lawyer"
    assert Event.objects.filter(type="rule.verified").count() == 1
    assert Event.objects.filter(type="rule.verified_again").count() == 1


@pytest.mark.parametrize(
    ("name", "on"), [("  ", TODAY), ("A. Lawyer", TODAY + timedelta(days=1))]
)
def test_verification_needs_a_name_and_a_day_that_has_come(name, on):
    with pytest.raises(Invalid):
        services.verify(add().pk, name=name, on=on, **WHO)


def test_ended_rule_is_out_of_force_on_the_day_after_its_last():
    rule = add()

    services.end(rule.pk, on=JULY, **WHO)
    services.end(rule.pk, on=JULY, **WHO)

    assert "visits.test" in in_force(JULY - timedelta(days=1))
    assert "visits.test" not in in_force(JULY)
    assert Event.objects.filter(type="rule.ended").count() == 1


def test_rule_cannot_end_before_it_begins_nor_later_than_it_has():
    rule = add()
    with pytest.raises(Invalid):
        services.end(rule.pk, on=NEW_YEAR, **WHO)
    services.end(rule.pk, on=JULY, **WHO)

    with pytest.raises(Conflict):
        services.end(rule.pk, on=JULY + timedelta(days=1), **WHO)


@pytest.mark.parametrize("by", [cast.DIRECTOR, cast.GATE_OFFICER, cast.INSPECTOR])
def test_only_those_in_charge_of_rules_change_them(by):
    rule = add()

    with pytest.raises(Forbidden):
        verify(rule, by=by)
    with pytest.raises(Forbidden):
        services.add_version(draft("visits.other"), request_id=uuid4(), by=by, at=None)


def test_unknown_version_does_not_exist():
    with pytest.raises(NotFound):
        services.end(uuid4(), on=TODAY, **WHO)
    with pytest.raises(NotFound):
        selectors.versions("visits.none", by=cast.INSPECTOR)


def test_quota_of_the_rule_that_came_last_counts():
    quota(6)
    newer = quota(4, valid_from=JULY)

    found = selectors.quota(
        "short", "colony_general", "ordinary", JULY, by=cast.GATE_OFFICER
    )
    before = selectors.quota(
        "short", "colony_general", "ordinary", NEW_YEAR, by=cast.GATE_OFFICER
    )

    assert (found.id, found.amount, before.amount) == (newer.pk, 4, 6)


def test_shipped_rules_load_once_and_nothing_is_verified():
    _load()
    rows = Rule.objects.count()
    _load()

    assert Rule.objects.count() == rows == len(load_reference.shipped())
    assert not Rule.objects.exclude(verified_on=None).exists()
    assert Event.objects.filter(type="rule.reference_loaded").count() == 1


# The proxy table, quoted: regime, conditions, short, long a year.
PROXY = """
colony_general ordinary 6 4 6 6
colony_general eased 6 6 12 12
colony_general strict 3 3 3 3
colony_strict ordinary 3 3 4 4
colony_strict eased 4 4 6 6
colony_strict strict 2 2 2 2
colony_special ordinary 2 2 3 3
colony_special eased 3 3 4 4
colony_special strict 2 1 1 1
prison_regime ordinary 2 2 2 2
prison_regime strict 2 1 1 1
juvenile_general ordinary 8 4 None None
juvenile_general eased 12 4 None None
juvenile_general privileged None 6 None None
isolator ordinary 0 0 0 0
"""


def test_shipped_quotas_are_those_of_the_proxy_table():
    _load()

    for line in PROXY.split("\n")[1:-1]:
        regime, conditions, *numbers = line.split()
        rows = Quota.objects.filter(regime=regime, conditions=conditions)
        found = {q.kind: (str(q.amount), q.period) for q in rows}
        kinds = ("short", "long", "parcel", "packet")
        wanted = {k: (n, "year") for k, n in zip(kinds, numbers, strict=True)}
        assert found == wanted, line


@pytest.mark.parametrize(
    ("on", "there"), [(date(2026, 1, 28), True), (date(2026, 1, 29), False)]
)
def test_settlement_is_history(on, there):
    _load()

    found = selectors.quota("short", "settlement", "ordinary", on, by=cast.INSPECTOR)

    assert (found is not None) is there


def test_newer_shipped_version_ends_the_older_shipped_one():
    services.load_reference([draft()], by=_loader(), at=cast.NINE)
    newer = [draft(), draft(valid_from=JULY)]

    done = services.load_reference(newer, by=_loader(), at=cast.NINE)

    assert (done.added, done.found) == (("visits.test",), ("visits.test",))
    assert Rule.objects.get(valid_from=NEW_YEAR).valid_to == JULY


@pytest.mark.parametrize("decide", [verify, lambda _rule: add(valid_from=TODAY)])
def test_newer_shipped_version_never_overtakes_a_person(decide):
    services.load_reference([draft()], by=_loader(), at=cast.NINE)
    decide(Rule.objects.get())
    before = list(Rule.objects.values())

    newer = [draft(valid_from=date(2027, 1, 1), legal_basis="shipped later")]
    done = services.load_reference(newer, by=_loader(), at=cast.NINE)

    assert done.left_alone == ("visits.test",)
    assert list(Rule.objects.values()) == before


def _load() -> str:
    out = StringIO()
    call_command("load_reference", stdout=out)
    return out.getvalue()


def _loader():
    return replace(cast.ADMINISTRATOR, name=services.SHIPPED)


def test_change_is_seen_at_once_though_rules_are_kept(settings):
    settings.DARBAZA_RULES_KEPT_SECONDS = 60
    rule = add()
    assert not in_force(TODAY)["visits.test"].verified

    verify(rule)

    assert in_force(TODAY)["visits.test"].verified
    rulebook.forget()


def test_rules_are_read_once_while_they_are_kept(settings, django_assert_num_queries):
    settings.DARBAZA_RULES_KEPT_SECONDS = 60
    rulebook.forget()

    with django_assert_num_queries(1):
        for day in (TODAY, JULY, TODAY):
            in_force(day)

    rulebook.forget()
