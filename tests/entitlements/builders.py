"""Rows for the tests of allowances."""

from datetime import date
from uuid import UUID, uuid4

from darbaza.accounts.types import Actor
from darbaza.custody.models import Prisoner
from darbaza.entitlements import services
from darbaza.entitlements.models import Quota, Rule
from darbaza.entitlements.types import VISITS, QuotaDraft, RuleDraft
from darbaza.persons.models import Person
from tests import cast

TODAY = date(2026, 11, 23)
NEW_YEAR = date(2026, 1, 1)


def prisoner(
    *, institution_id: UUID = cast.COLONY, regime: str = "colony_general"
) -> Prisoner:
    person = Person.objects.create(
        institution_id=institution_id,
        surname="Сыноов",
        given_names="Тест",
        registered_at=cast.LONG_AGO,
    )
    return Prisoner.objects.create(
        institution_id=institution_id,
        person=person,
        number=uuid4().hex[:10],
        legal_status=Prisoner.LegalStatus.SENTENCED,
        regime=regime,
        admitted_on=date(2025, 3, 1),
    )


def quota(
    amount: int | None = 6,
    *,
    kind: str = "short",
    regime: str = "colony_general",
    conditions: str = "ordinary",
    period: str = "year",
    valid_from: date = NEW_YEAR,
    verified: bool = False,
) -> Quota:
    """One rule of its own with one row."""
    minutes = 240 if kind in VISITS else 0
    row = QuotaDraft(kind, regime, conditions, amount, period, minutes)
    rule = services.add_version(
        draft(f"test.{uuid4().hex[:8]}", valid_from=valid_from, quotas=(row,)),
        request_id=uuid4(),
        by=cast.ADMINISTRATOR,
        at=cast.NINE,
    )
    if verified:
        verify(rule)
    return rule.quotas.get()


def verify(rule: Rule, *, by: Actor = cast.ADMINISTRATOR) -> Rule:
    return services.verify(rule.pk, name="A. Lawyer", on=TODAY, by=by, at=cast.NINE)


def draft(
    code: str = "visits.test",
    *,
    valid_from: date = NEW_YEAR,
    valid_to: date | None = None,
    quotas: tuple[QuotaDraft, ...] = (),
    legal_basis: str = "Invented act, art. 1",
) -> RuleDraft:
    return RuleDraft(
        code=code,
        name_ky="Сыноо эрежеси",
        name_ru="Пробное правило",
        name_en="Test rule",
        legal_basis=legal_basis,
        valid_from=valid_from,
        valid_to=valid_to,
        quotas=quotas,
    )
