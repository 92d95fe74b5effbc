"""Restrictions at three levels: enter, lift."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.custody import events, policies
from darbaza.custody.models import Prisoner, Restriction
from darbaza.custody.types import RESTRICTION_GROUNDS, RestrictionDraft
from darbaza.kernel.errors import Invalid, NotFound
from darbaza.persons import selectors as persons

_NEEDED = (
    ("reason", 300, "say_why"),
    ("authority", 160, "authority_missing"),
    ("order_number", 60, "order_missing"),
)


@requires(Permission.RESTRICTION_MANAGE)
@transaction.atomic
def restrict(draft: RestrictionDraft, *, by: Actor, at: datetime) -> Restriction:
    """Enter a restriction; the same request again is the same row.

    Discipline is not among the grounds: a ban on family contact as a punishment
    cannot be entered (Nelson Mandela Rules, rule 43, paragraph 3).

    Raises:
        NotFound: No such person, or no such prisoner here.
        Invalid: A ground outside the list, nobody hit, no reason, authority or order,
            or an end before the start.
    """
    if draft.request_id:
        for again in Restriction.objects.filter(request_id=draft.request_id):
            return again
    values = _checked(draft)
    level = policies.level(
        person=draft.person_id is not None, prisoner=draft.prisoner_id is not None
    )
    person_id, prisoner_id = _hit(draft, by=by)
    row = Restriction.objects.create(
        institution_id=by.institution_id,
        recorded_at=at,
        recorded_by=by.name,
        **(values | {"person_id": person_id, "prisoner_id": prisoner_id}),
    )
    facts = {
        "level": level,
        "kind": row.kind,
        "ground": row.ground,
        "person_id": person_id,
        "prisoner_id": prisoner_id,
        "order": row.order_number,
        "from": row.starts_on,
        "until": row.ends_on,
    }
    audit.record(events.RESTRICTED, target=row, by=by, at=at, **facts)
    return row


@requires(Permission.RESTRICTION_MANAGE)
@transaction.atomic
def lift_restriction(
    restriction_id: UUID, reason: str, *, by: Actor, at: datetime
) -> Restriction:
    """Lift a restriction before its end; lifted once.

    Only where it was entered, or where the prisoner is held now.

    Raises:
        NotFound: No such restriction here.
        Invalid: No reason.
    """
    if not reason.strip():
        raise Invalid("say_why", field="reason")
    rows = Restriction.objects.select_for_update(of=("self",))
    here = {"institution_id": by.institution_id}
    row = rows.filter(pk=restriction_id, **here).first()
    if row is None:
        raise NotFound("restriction")
    if row.lifted_at:
        return row
    row.lifted_at, row.lifted_by = at, by.name
    row.lift_reason = reason.strip()[:300]
    row.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    facts = {"person_id": row.person_id, "prisoner_id": row.prisoner_id}
    audit.record(events.RESTRICTION_LIFTED, target=row, by=by, at=at, **facts)
    return row


def _checked(draft: RestrictionDraft) -> dict[str, Any]:
    values = asdict(draft)
    for name, length, code in _NEEDED:
        values[name] = values[name].strip()[:length]
        if not values[name]:
            raise Invalid(code, field=name)
    if draft.ground not in RESTRICTION_GROUNDS:
        raise Invalid("ground_not_allowed", field="ground")
    if draft.kind not in Restriction.Kind.values:
        raise Invalid("kind_unknown", field="kind")
    if draft.ends_on and draft.ends_on <= draft.starts_on:
        raise Invalid("ends_before_start", field="ends_on")
    if draft.person_id is None and draft.prisoner_id is None:
        raise Invalid("restriction_on_nobody", field="person")
    return values


def _hit(draft: RestrictionDraft, *, by: Actor) -> tuple[UUID | None, UUID | None]:
    person_id = draft.person_id
    if person_id:
        person_id = persons.person(person_id, by=by).pk
    if draft.prisoner_id:
        here = {"pk": draft.prisoner_id, "institution_id": by.institution_id}
        if not Prisoner.objects.filter(**here).exists():
            raise NotFound("prisoner")
    return person_id, draft.prisoner_id
