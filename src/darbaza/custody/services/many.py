"""Admit many prisoners at once, and withdraw files that were entered in error."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ForeignKey, ForeignObjectRel, Model
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.custody import events
from darbaza.custody.models import Change, Prisoner
from darbaza.custody.models.prisoner import new_stamp
from darbaza.custody.services import steps
from darbaza.custody.types import Admission, Order
from darbaza.kernel.errors import Conflict, Invalid

WITHDRAWN = {
    "status": Prisoner.Status.WITHDRAWN.value,
    "block_id": None,
    "cell_id": None,
}


@dataclass(frozen=True, slots=True)
class _Step:
    """What one step of many turned, and on which paper."""

    code: str
    before: dict[str, Any]
    after: dict[str, Any]


@requires(Permission.PRISONER_MANAGE)
@transaction.atomic
def admit_many(
    admissions: Sequence[tuple[Admission, Order]], *, by: Actor, at: datetime
) -> list[Prisoner]:
    """Open many files; each leaves the step and the event that ``admit`` leaves.

    Block and cell must be the institution's own: the caller has looked them up.

    Raises:
        Invalid: An order without number or with a day in the future.
        Conflict: A number is taken, or a person is held already; then nobody is.
    """
    for _, order in admissions:
        steps.needs_number(order)
        steps.check(order, not_before=None, at=at)
    _free([draft for draft, _ in admissions])
    files = Prisoner.objects.bulk_create(
        Prisoner(
            institution_id=by.institution_id,
            admitted_on=order.in_force_on,
            **_columns(draft),
        )
        for draft, order in admissions
    )
    papers = [
        (file, _opened(file), order)
        for file, (_, order) in zip(files, admissions, strict=True)
    ]
    _record(papers, by=by, at=at)
    return files


@requires(Permission.PRISONER_MANAGE)
@transaction.atomic
def withdraw_many(
    prisoner_ids: Collection[UUID], reason: str, *, by: Actor, at: datetime
) -> list[UUID]:
    """Mark files as entered in error; number and person are free again.

    The file, its steps and its events stay readable. Withdrawn already: left alone.

    Returns:
        The files that were withdrawn now.

    Raises:
        Invalid: No reason.
        Conflict: Later work stands on one of them (``prisoners``).
    """
    if not reason.strip():
        raise Invalid("say_why", field="reason")
    held = Prisoner.objects.select_for_update().filter(
        pk__in=prisoner_ids,
        institution_id=by.institution_id,
        status=Prisoner.Status.HELD,
    )
    files = list(held)
    later = worked_on([file.pk for file in files])
    if later:
        raise Conflict("later_work", prisoners=sorted(map(str, later)))
    order = Order("", timezone.localdate(at), reason=reason)
    papers = []
    for file in files:
        before = {name: steps.plain(getattr(file, name)) for name in WITHDRAWN}
        turned = {n: v for n, v in WITHDRAWN.items() if before[n] != v}
        step = _Step("withdrawn", {n: before[n] for n in turned}, turned)
        papers.append((file, step, order))
    keys = [file.pk for file in files]
    Prisoner.objects.filter(pk__in=keys).update(**WITHDRAWN, stamp=new_stamp())
    _record(papers, by=by, at=at)
    return keys


def worked_on(prisoner_ids: Collection[UUID]) -> set[UUID]:
    """Return the files on which anything stands but their admission, in any room."""
    found = set(
        Change.objects.filter(prisoner__in=prisoner_ids)
        .exclude(step=Change.Step.ADMITTED)
        .values_list("prisoner_id", flat=True)
    )
    for model, field in _pointing_here():
        rows = model._base_manager.filter(**{f"{field}__in": prisoner_ids})  # noqa: SLF001
        found.update(rows.values_list(f"{field}_id", flat=True))
    moved = Prisoner.objects.filter(pk__in=prisoner_ids).exclude(status="held")
    return found | set(moved.values_list("pk", flat=True))


def _pointing_here() -> list[tuple[type[Model], str]]:
    relations = Prisoner._meta.get_fields(include_hidden=True)
    pointing = [r.field for r in relations if isinstance(r, ForeignObjectRel)]
    return [
        (field.model, field.name)
        for field in pointing
        if isinstance(field, ForeignKey) and field.model is not Change
    ]


def _free(drafts: Sequence[Admission]) -> None:
    numbers = {draft.number for draft in drafts}
    people = {draft.person_id for draft in drafts}
    known = Prisoner.objects.exclude(status=Prisoner.Status.WITHDRAWN)
    if len(numbers) < len(drafts) or known.filter(number__in=numbers).exists():
        raise Conflict("number_taken", field="number")
    held = Prisoner.objects.filter(status=Prisoner.Status.HELD, person__in=people)
    if len(people) < len(drafts) or held.exists():
        raise Conflict("held_already", field="person")


def _columns(draft: Admission) -> dict[str, Any]:
    return {
        "person_id": draft.person_id,
        "number": draft.number,
        "legal_status": draft.legal_status,
        "regime": draft.regime,
        "conditions": draft.conditions,
        "identity_confirmed": draft.identity_confirmed,
        "block_id": draft.block_id,
        "cell_id": draft.cell_id,
        "term_ends_on": draft.term_ends_on,
        "demanded_by": draft.demanded_by.strip()[:160],
    }


def _opened(file: Prisoner) -> _Step:
    after = {k: v for k, v in steps.state(file).items() if v not in (None, "")}
    return _Step("admitted", {}, after)


def _record(
    papers: Sequence[tuple[Prisoner, _Step, Order]], *, by: Actor, at: datetime
) -> None:
    """Write steps down as ``steps.record`` does, many at once."""
    Change.objects.bulk_create(
        Change(
            institution_id=by.institution_id,
            prisoner=file,
            step=step.code,
            on=order.in_force_on,
            order_number=order.number.strip()[:60],
            order_on=order.signed_on,
            before=step.before,
            after=step.after,
            reason=order.reason.strip()[:300],
            recorded_at=at,
            recorded_by=by.name,
            request_id=order.request_id,
        )
        for file, step, order in papers
    )
    newest = audit.head(by.institution_id)
    for file, step, order in papers:
        facts = {"on": order.in_force_on, "order": order.number.strip()[:60]}
        facts |= {"before": step.before, "after": step.after}
        event = events.STEPS[step.code]
        newest = audit.append(newest, event, target=file, by=by, at=at, facts=facts)
