"""Institutions, and what a database is."""

from dataclasses import replace
from datetime import date

import pytest

from darbaza.accounts import types as accounts
from darbaza.accounts.permissions import Role
from darbaza.audit.models import Event
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.sites import selectors, services
from darbaza.sites.models import Institution
from darbaza.sites.types import InstitutionDraft, Names
from tests import cast

pytestmark = pytest.mark.django_db
DRAFT = InstitutionDraft(
    code="903", kind="colony", names=Names("№ 903", "№ 903", "No. 903")
)
INIT = {"by": accounts.system("darbaza init"), "at": cast.NINE}
HERE = {"by": cast.ADMINISTRATOR, "at": cast.NINE}
ABOVE = {"by": cast.actor(Role.ADMINISTRATOR, at=cast.HEAD_OFFICE), "at": cast.NINE}


def test_first_institution_is_opened_by_the_system_in_its_own_chain(db):
    row = services.create_institution(DRAFT, **INIT)

    event = Event.objects.get()
    assert (event.type, event.institution_id) == ("institution.opened", row.pk)


def test_same_draft_again_gives_the_first(db):
    first = services.create_institution(DRAFT, **INIT)

    assert services.create_institution(DRAFT, **INIT).pk == first.pk
    with pytest.raises(Conflict):
        services.create_institution(replace(DRAFT, kind="women"), **INIT)


def test_only_headquarters_open_institutions(colony, head_office):
    with pytest.raises(Forbidden):
        services.create_institution(DRAFT, **HERE)

    assert services.create_institution(DRAFT, **ABOVE).code == "903"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": " "}, "code"),
        ({"kind": "castle"}, "kind"),
        ({"names": Names("", "x", "y")}, "name_ky"),
        ({"paper_language": "de"}, "paper_language"),
        ({"shared_minutes": 0}, "shared_minutes"),
        ({"shared_minutes": 481}, "shared_minutes"),
        ({"entrance_capacity": -1}, "entrance_capacity"),
    ],
)
def test_impossible_draft_names_the_field(db, change, field):
    with pytest.raises(Invalid) as refused:
        services.create_institution(replace(DRAFT, **change), **INIT)

    assert refused.value.figures["field"] == field


def test_change_is_recorded_with_old_and_new(colony):
    changed = replace(DRAFT, code="901", phone="+996312000000")

    services.change_institution(colony.pk, changed, **HERE)
    services.change_institution(colony.pk, changed, **HERE)

    event = Event.objects.get(type="institution.changed")
    assert event.facts["changes"]["phone"] == ["", "+996312000000"]


def test_change_cannot_take_anothers_number(colony, other_colony):
    with pytest.raises(Conflict):
        services.change_institution(colony.pk, replace(DRAFT, code="902"), **HERE)


def test_administrator_changes_only_where_they_serve(colony, other_colony):
    with pytest.raises(NotFound):
        services.change_institution(other_colony.pk, DRAFT, **HERE)
    with pytest.raises(NotFound):
        services.close_institution(other_colony.pk, on=date(2026, 12, 1), **HERE)


def test_institution_is_closed_from_a_day_and_opened_again(colony):
    ends = date(2026, 12, 1)
    services.close_institution(colony.pk, on=ends, **HERE)
    services.close_institution(colony.pk, on=ends, **HERE)
    with pytest.raises(Conflict):
        services.close_institution(colony.pk, on=date(2027, 1, 1), **HERE)
    assert not selectors.institutions(by=cast.INSPECTOR).exists()
    assert selectors.institutions(by=cast.INSPECTOR, closed=True).exists()

    services.reopen_institution(colony.pk, **HERE)

    assert selectors.institutions(by=cast.INSPECTOR).get() == colony
    assert Event.objects.count() == 2


def test_institution_of_others_does_not_exist(colony, other_colony):
    with pytest.raises(NotFound):
        selectors.institution(other_colony.pk, by=cast.INSPECTOR)


@pytest.mark.parametrize("demonstration", [True, False])
def test_installation_is_founded_once_and_never_changes(db, demonstration):
    first = services.found_installation(demonstration=demonstration, at=cast.NINE)
    again = services.found_installation(demonstration=demonstration, at=cast.NINE)
    assert first.pk == again.pk

    with pytest.raises(Conflict) as refused:
        services.found_installation(demonstration=not demonstration, at=cast.NINE)

    assert refused.value.code == "installation_is_other"
    assert Event.objects.count() == 1


def test_database_with_institutions_is_not_founded_after_the_fact(colony):
    with pytest.raises(Conflict):
        services.found_installation(demonstration=True, at=cast.NINE)


def test_guards_let_only_their_own_kind_pass(db):
    for guard in (services.must_be_real, services.must_be_demonstration):
        with pytest.raises(Conflict) as refused:
            guard()
        assert refused.value.code == "installation_missing"

    services.found_installation(demonstration=True, at=cast.NINE)

    services.must_be_demonstration()
    with pytest.raises(Conflict) as refused:
        services.must_be_real()
    assert refused.value.code == "installation_is_demonstration"


def test_guard_of_demonstrations_stops_at_a_real_database(db):
    services.found_installation(demonstration=False, at=cast.NINE)

    services.must_be_real()
    with pytest.raises(Conflict) as refused:
        services.must_be_demonstration()
    assert refused.value.code == "installation_is_real"
    assert Institution.objects.count() == 0
