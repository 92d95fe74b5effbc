"""Two records of one person become one, and apart again.

Every row that points at a person, in whatever room, is found through the models
themselves, so a new room needs no word here. A row that may not move, because the kept
person has its like, stays with the absorbed record and is named in the merge.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ForeignObjectRel, Manager

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.persons import events, matching
from darbaza.persons.models import Merge, Person
from darbaza.persons.types import RENAMED

FILLED = ("birth_on", "personal_number", "citizenship", "phone", "patronymic")
FILLED_TOO = ("surname_latin", "given_names_latin", "photo_id", "notice_given_at")


@requires(Permission.PERSON_MERGE)
@transaction.atomic
def merge(
    kept_id: UUID, absorbed_id: UUID, *, reason: str, by: Actor, at: datetime
) -> Merge:
    """Make one record of two; everything that pointed at the second moves to the first.

    Empty fields of the kept record are filled from the other. A repeated request
    returns the merge that stands. ``selectors.merge_decision`` shows the grounds first.

    Raises:
        NotFound: One of the two does not exist.
        Invalid: No reason, or the two are one record already.
        Conflict: One of the two was merged into a third, or the rules stand against
            it (``codes``).
    """
    if not reason.strip():
        raise Invalid("say_why", field="reason")
    done = Merge.objects.filter(
        kept_id=kept_id, absorbed_id=absorbed_id, undone_at=None
    ).first()
    if done:
        return done
    kept, absorbed = _both(kept_id, absorbed_id)
    decision = matching.decide(kept, absorbed)
    if not decision:
        raise Conflict("merge_refused", codes=decision.codes)
    absorbed.merged_into = kept
    absorbed.save(update_fields=["merged_into"])
    moved = {"rows": _move_all(absorbed, kept), "filled": _fill(kept, absorbed)}
    row = Merge.objects.create(
        institution_id=by.institution_id,
        kept=kept,
        absorbed=absorbed,
        reason=reason.strip()[:300],
        moved=moved,
        merged_at=at,
        merged_by=by.name,
    )
    _renamed(kept, absorbed)
    facts = {"absorbed_id": absorbed.pk, "codes": decision.codes}
    audit.record(events.MERGED, target=kept, by=by, at=at, **facts)
    return row


@requires(Permission.PERSON_MERGE)
@transaction.atomic
def undo_merge(merge_id: UUID, *, by: Actor, at: datetime) -> Merge:
    """Part two records again, exactly as they were; done once, repeated harmlessly.

    What was added to the kept record since stays there.

    Raises:
        NotFound: There is no such merge.
        Conflict: A later merge of the kept record must be undone first.
    """
    row = Merge.objects.select_for_update().filter(pk=merge_id).first()
    if row is None:
        raise NotFound("merge")
    if row.undone_at:
        return row
    kept, absorbed = row.kept, row.absorbed
    if kept.merged_into_id:
        raise Conflict("merge_undo_later_first")
    _unfill(kept, row.moved["filled"])
    absorbed.merged_into = None
    try:
        absorbed.save(update_fields=["merged_into"])
        _move_back(row)
    except IntegrityError:
        raise Conflict("merge_cannot_be_undone") from None
    row.undone_at, row.undone_by = at, by.name
    row.save(update_fields=["undone_at", "undone_by"])
    _renamed(kept, absorbed)
    facts = {"absorbed_id": absorbed.pk, "merge_id": row.pk}
    audit.record(events.MERGE_UNDONE, target=kept, by=by, at=at, **facts)
    return row


def _renamed(*people: Person) -> None:
    for person in people:
        for listener in RENAMED:
            listener(person.pk)


def _both(kept_id: UUID, absorbed_id: UUID) -> tuple[Person, Person]:
    if kept_id == absorbed_id:
        raise Invalid("merge_with_itself", field="absorbed")
    rows = Person.objects.select_for_update().in_bulk([kept_id, absorbed_id])
    if len(rows) < 2:
        raise NotFound("person")
    kept, absorbed = rows[kept_id], rows[absorbed_id]
    if kept.merged_into_id or absorbed.merged_into_id:
        raise Conflict("merge_of_merged_record")
    return kept, absorbed


def _name(relation: ForeignObjectRel) -> str:
    return f"{matching.rows(relation).model._meta.label}:{relation.field.name}"


def _move_all(absorbed: Person, kept: Person) -> dict[str, dict[str, list[str]]]:
    moved = {}
    for relation in matching.relations():
        parts = _move(relation, absorbed, kept)
        if any(parts.values()):
            moved[_name(relation)] = parts
    return moved


def _move(
    relation: ForeignObjectRel, absorbed: Person, kept: Person
) -> dict[str, list[str]]:
    """Move rows one by one where the database refuses to move them together."""
    field, rows = relation.field.name, matching.rows(relation)
    keys = list(rows.filter(**{field: absorbed}).values_list("pk", flat=True))
    parts: dict[str, list[str]] = {"moved": [], "left": []}
    if not keys:
        return parts
    if _update(rows, keys, {field: kept}):
        parts["moved"] = [str(key) for key in keys]
        return parts
    for key in keys:
        to = "moved" if _update(rows, [key], {field: kept}) else "left"
        parts[to].append(str(key))
    return parts


def _update(rows: "Manager[Any]", keys: list[Any], change: dict[str, Any]) -> bool:
    try:
        with transaction.atomic():
            rows.filter(pk__in=keys).update(**change)
    except IntegrityError:
        return False
    return True


def _move_back(row: Merge) -> None:
    by_name = {_name(relation): relation for relation in matching.relations()}
    for name, parts in row.moved["rows"].items():
        relation = by_name[name]
        field = relation.field.name
        mine = matching.rows(relation).filter(
            pk__in=parts["moved"], **{field: row.kept}
        )
        mine.update(**{field: row.absorbed})


def _fill(kept: Person, absorbed: Person) -> dict[str, Any]:
    """Fill what the kept record lacks; return each field's value after filling."""
    filled = {}
    for name in (*FILLED, *FILLED_TOO):
        value = getattr(absorbed, name)
        if not getattr(kept, name) and value:
            filled[name] = str(value)
            setattr(kept, name, value)
    if kept.sex == "X" and absorbed.sex != "X":
        kept.sex = filled["sex"] = absorbed.sex
    if filled:
        kept.save(update_fields=[name.removesuffix("_id") for name in filled])
    return filled


def _unfill(kept: Person, filled: dict[str, str]) -> None:
    """Take back what was filled, unless somebody corrected it since."""
    changed = []
    for name, value in filled.items():
        if str(getattr(kept, name)) != value:
            continue
        field = Person._meta.get_field(name.removesuffix("_id"))
        empty = None if field.null else ""
        setattr(kept, name, "X" if name == "sex" else empty)
        changed.append(name.removesuffix("_id"))
    if changed:
        kept.save(update_fields=changed)
