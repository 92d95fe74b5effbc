"""Take a list over: upload, match columns, check, make, undo; hand out passwords."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from darbaza.accounts import services as accounts
from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.custody import events
from darbaza.custody.imports import columns, reading, rights, walking
from darbaza.custody.imports.types import Upload
from darbaza.custody.models import ImportBatch, ImportHead, ImportRow
from darbaza.kernel.errors import Conflict, Invalid, NotFound

AT_ONCE = 25
"""Passwords handed out at once: each costs a slow hash on purpose."""
Status = ImportBatch.Status


@requires(Permission.REGISTER_IMPORT)
@transaction.atomic
def upload(
    kind: str, file: Upload, *, request_id: UUID, by: Actor, at: datetime
) -> ImportBatch:
    """Read a file and keep its lines; nothing of the register changes yet.

    Raises:
        Forbidden: The actor may not write what such a list holds.
        Invalid: The file cannot be read, or is too large.
    """
    rights.must(kind, by=by)
    for done in ImportBatch.objects.filter(request_id=request_id):
        return done
    sheet = reading.sheet(file)
    guessed = columns.guess(kind, sheet.head, _remembered(kind, by))
    batch = ImportBatch.objects.create(
        institution_id=by.institution_id,
        kind=kind,
        file_name=file.name[-120:],
        digest=sha256(file.data).hexdigest(),
        head=list(sheet.head),
        columns=guessed,
        total=len(sheet.lines),
        uploaded_at=at,
        uploaded_by=by.name,
        request_id=request_id,
    )
    where = {"institution_id": by.institution_id, "batch": batch}
    ImportRow.objects.bulk_create(
        (ImportRow(line=n, cells=list(cells), **where) for n, cells in sheet.lines),
        batch_size=500,
    )
    return batch


@requires(Permission.REGISTER_IMPORT)
@transaction.atomic
def match(
    batch_id: UUID, chosen: Mapping[str, int], *, by: Actor, at: datetime
) -> ImportBatch:
    """Say which column means what, remember it, and begin to check every row.

    Raises:
        NotFound: No such batch here.
        Conflict: The rows are being taken over already.
        Invalid: A required column is missing, or one is used twice.
    """
    batch = locked(batch_id, by=by)
    if batch.status not in (Status.UPLOADED, Status.CHECKING, Status.CHECKED):
        raise Conflict("import_begun")
    fields = columns.fields(batch.kind)
    for field in fields.values():
        if field.required and field.name not in chosen:
            raise Invalid("column_missing", field=field.name)
    if len(set(chosen.values())) < len(chosen):
        raise Invalid("column_twice", field="columns")
    batch.columns = {name: chosen[name] for name in fields if name in chosen}
    _remember(batch, by=by)
    batch.rows.update(status=ImportRow.Status.WAITING, problems=[])
    rights.hand_over(batch, Status.CHECKING, by=by, at=at)
    return batch


@requires(Permission.REGISTER_IMPORT)
@transaction.atomic
def begin(batch_id: UUID, *, by: Actor, at: datetime) -> ImportBatch:
    """Begin to take the checked rows over; begun already: nothing.

    Raises:
        NotFound: No such batch here.
        Conflict: It is not checked yet, or undone.
    """
    batch = locked(batch_id, by=by)
    if batch.status in (Status.MAKING, Status.DONE):
        return batch
    if batch.status != Status.CHECKED:
        raise Conflict("import_not_checked")
    rights.hand_over(batch, Status.MAKING, by=by, at=at)
    facts = {"kind": batch.kind, "lines": batch.total, "digest": batch.digest}
    audit.record(events.IMPORT_STARTED, target=batch, by=by, at=at, **facts)
    return batch


@requires(Permission.REGISTER_IMPORT)
@transaction.atomic
def undo(
    batch_id: UUID, reason: str, *, keep_worked: bool, by: Actor, at: datetime
) -> ImportBatch:
    """Begin to withdraw what a batch made; undone already: nothing.

    Args:
        batch_id: The batch.
        reason: Why, for the record.
        keep_worked: Leave rows on which later work stands, instead of refusing.

    Raises:
        NotFound: No such batch here.
        Invalid: No reason.
        Conflict: It is not finished, or later work stands on rows (``lines``).
    """
    batch = locked(batch_id, by=by)
    if batch.status in (Status.UNDOING, Status.UNDONE):
        return batch
    if batch.status != Status.DONE:
        raise Conflict("import_not_done")
    if not reason.strip():
        raise Invalid("say_why", field="reason")
    worked = walking.worked_on(batch, by=by, at=at)
    if worked and not keep_worked:
        raise Conflict("later_work", count=len(worked), lines=worked[:20])
    batch.undo_reason = reason.strip()[:300]
    rights.hand_over(batch, Status.UNDOING, by=by, at=at)
    return batch


@requires(Permission.REGISTER_IMPORT)
@transaction.atomic
def walk(batch_id: UUID, *, by: Actor, at: datetime) -> bool:
    """Take the next chunk of rows; tell whether there is more to do.

    Raises:
        NotFound: No such batch here.
    """
    return walking.step(locked(batch_id, by=by), by=by, at=at)


@requires(Permission.USER_MANAGE)
@transaction.atomic
def hand_passwords(
    batch_id: UUID, *, by: Actor, at: datetime
) -> list[tuple[UUID, str]]:
    """Return (user, one-time password) of the next 25 who have not had theirs.

    Passwords are nowhere but in this answer. Whoever signed in is passed over.

    Raises:
        NotFound: No such batch of users here.
    """
    batch = locked(batch_id, by=by)
    waiting = batch.rows.filter(status="made", handed_at=None).order_by("line")
    rows = list(waiting[:AT_ONCE])
    ids = [row.target_id for row in rows if row.target_id]
    used = walking.maker(batch, by=by, at=at).worked_on(ids)
    made = [
        accounts.reset_password(key, by=by, at=at) for key in ids if key not in used
    ]
    batch.rows.filter(pk__in=[row.pk for row in rows]).update(handed_at=at)
    if made:
        facts = {"users": [one.id for one in made]}
        audit.record(events.PASSWORDS_HANDED, target=batch, by=by, at=at, **facts)
    return [(one.id, one.secret) for one in made]


def locked(batch_id: UUID, *, by: Actor) -> ImportBatch:
    """Return a batch of the actor's institution, to be written to."""
    rows = ImportBatch.objects.select_for_update(of=("self",))
    here = {"pk": batch_id, "institution_id": by.institution_id}
    batch = rows.filter(**here).first()
    if batch is None:
        raise NotFound("import")
    rights.must(batch.kind, by=by)
    return batch


def _remembered(kind: str, by: Actor) -> dict[str, str]:
    rows = ImportHead.objects.filter(institution_id=by.institution_id, kind=kind)
    return dict(rows.values_list("head", "field"))


def _remember(batch: ImportBatch, *, by: Actor) -> None:
    meaning = {index: name for name, index in batch.columns.items()}
    heads = {
        columns.plain(head)[:80]: meaning.get(i, "")
        for i, head in enumerate(batch.head)
        if head
    }
    own = {"institution_id": by.institution_id, "kind": batch.kind}
    ImportHead.objects.bulk_create(
        [ImportHead(head=head, field=name, **own) for head, name in heads.items()],
        update_conflicts=True,
        unique_fields=["institution", "kind", "head"],
        update_fields=["field"],
    )


__all__ = ["begin", "hand_passwords", "match", "undo", "upload", "walk"]
