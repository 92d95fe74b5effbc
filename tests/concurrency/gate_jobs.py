"""What a desk does, as a job for a thread or for a process of its own."""

import os
import signal
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from darbaza.accounts.permissions import ROLES, Role
from darbaza.accounts.types import Actor
from darbaza.gate import services as gate
from darbaza.gate.queueing import Step
from darbaza.gate.services.tickets import Wanted
from darbaza.gate.types import DepositDraft, ItemDraft
from darbaza.kernel.errors import Conflict
from darbaza.visits import services as visits
from darbaza.visits.models import Visit
from darbaza.visits.types import Party, Registration
from tests.visits import builders

NOW = builders.at(10)


def officer(institution: str, name: str = "А. Токтоев") -> Actor:
    key = UUID(institution)
    role = Role.SHIFT_SUPERVISOR
    return Actor(
        UUID(int=7), name, key, frozenset({key}), ROLES[role], frozenset({role})
    )


def register(
    *, institution: str, prisoner: str, session: str, people: list[list[str]],
    request: str = "",
) -> list[str]:  # fmt: skip
    """Register each person (with document) on their own; return the outcomes."""
    by = officer(institution)
    return [
        gate.register(
            Registration(
                UUID(request) if request else uuid4(),
                UUID(prisoner),
                "short",
                (Party(UUID(person), "lead", UUID(document)),),
                session_id=UUID(session),
            ),
            by=by,
            at=NOW,
        ).registered.status
        for person, document in people
    ]


def register_and_tell(**arguments: Any) -> list[str]:
    """The same, printing each acknowledged registration: until somebody kills it."""
    people = arguments.pop("people")
    for one in people:
        before = set(Visit.objects.values_list("reference", flat=True))
        register(people=[one], **arguments)
        after = set(Visit.objects.values_list("reference", flat=True))
        print((after - before).pop(), flush=True)  # noqa: T201 - the acknowledgement
    os.kill(os.getpid(), signal.SIGKILL)
    return []


def admit(*, institution: str, visitor: str, scan: str) -> list[str]:
    """Let a visitor in; return the codes that stand against it."""
    by = officer(institution)
    done = visits.admit(UUID(visitor), scan_id=UUID(scan), by=by, at=NOW)
    return [g.code for g in done.blocking]


def write_note(*, institution: str, visit: str, words: str) -> str:
    """Write the note of a visit, as this officer."""
    by = officer(institution, words)
    visits.note(UUID(visit), words, by=by, at=NOW)
    return words


def set_end(*, institution: str, visit: str, minutes: int) -> int:
    """Correct the end of a visit to so many minutes after noon."""
    end = builders.at(12) + timedelta(minutes=minutes)
    correction = visits.Correction(ends_at=end)
    by = officer(institution)
    visits.correct(UUID(visit), correction, reason="race", by=by, at=NOW)
    return minutes


def call_off(*, institution: str, visit: str, cause: str) -> str:
    """Cancel a visit for one of several causes; return what came of it."""
    by = officer(institution)
    try:
        visits.cancel(UUID(visit), cause, reason="race", by=by, at=NOW)
    except Conflict as refused:
        return refused.code
    return cause


def move(*, institution: str, visit: str, session: str) -> str:
    """Move a visit to another session; return what came of it."""
    to, by = visits.MoveTo(uuid4(), UUID(session)), officer(institution)
    try:
        done = visits.move(UUID(visit), to, reason="race", by=by, at=NOW)
    except Conflict as refused:
        return refused.code
    return "moved" if done.registered else "refused"


def let_in(*, institution: str, code: str, scan: str) -> list[str]:
    """Let in by the pass; return the codes that stand against it."""
    by = officer(institution)
    _row, done = gate.let_in_by_code(code, scan_id=UUID(scan), by=by, at=NOW)
    return [g.code for g in done.blocking]


def lay_in(*, institution: str, locker: str, name: str) -> str:
    """Lay something of somebody into a locker; return the tag, or why not."""
    draft = DepositDraft((ItemDraft("phone"),), UUID(locker), name=name, document="AN1")
    by = officer(institution, name)
    try:
        return gate.take(draft, request_id=uuid4(), by=by, at=NOW).tag
    except Conflict as refused:
        return f"{refused.code} {refused.figures['name']}"


def open_shift(*, institution: str, name: str) -> str:
    """Open the shift; return who has it."""
    by = officer(institution, name)
    try:
        return gate.open_shift(request_id=uuid4(), by=by, at=NOW).officer
    except Conflict as refused:
        return f"{refused.code} {refused.figures['name']}"


def take_numbers(*, institution: str, lane: str, times: int) -> list[str]:
    """Take numbers one after another, as a kiosk does; return what stands on them."""
    by = officer(institution)
    wanted = Wanted(UUID(lane), "kiosk")
    return [
        gate.take_ticket(wanted, request_id=uuid4(), by=by, at=NOW).label
        for _n in range(times)
    ]


def call_all(*, institution: str, window: str) -> list[str]:
    """Call and finish until nobody waits, as one window does; return the numbers."""
    by, called = officer(institution), []
    while (row := gate.call_next(UUID(window), by=by, at=NOW)) is not None:
        called.append(row.label)
        gate.step_ticket(row.pk, Step.DONE, by=by, at=NOW)
    return called
