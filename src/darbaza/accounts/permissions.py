"""Every permission and every role of the product: one page to audit.

The words speak about higher rooms, but nothing is imported from them. Roles are named
sets in code; who holds which role where is a row (``accounts.Assignment``).
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar, cast

from darbaza.kernel.errors import Forbidden


class Permission(StrEnum):
    """What an actor may do at the institution where they act."""

    # accounts and the record
    USER_SEE = "user.see"
    USER_MANAGE = "user.manage"
    DEVICE_MANAGE = "device.manage"
    AUDIT_SEE = "audit.see"
    STAFF_SESSION = "staff_session.open"
    # sites and rules
    SITE_SEE = "site.see"
    SITE_MANAGE = "site.manage"
    PRINT_SEE = "print.see"
    PRINT_USE = "print.use"
    RULE_SEE = "rule.see"
    RULE_MANAGE = "rule.manage"
    # persons
    PERSON_SEE = "person.see"
    PERSON_REGISTER = "person.register"
    PERSON_MERGE = "person.merge"
    # the register of prisoners
    PRISONER_SEE = "prisoner.see"
    PRISONER_MANAGE = "prisoner.manage"
    CONTACT_PROPOSE = "contact.propose"
    CONTACT_APPROVE = "contact.approve"
    RESTRICTION_SEE = "restriction.see"
    RESTRICTION_MANAGE = "restriction.manage"
    REGISTER_IMPORT = "register.import"
    # allowances
    ALLOWANCE_SEE = "allowance.see"
    ALLOWANCE_USE = "allowance.use"
    ALLOWANCE_CORRECT = "allowance.correct"
    # visits
    TIMETABLE_SEE = "timetable.see"
    TIMETABLE_MANAGE = "timetable.manage"
    VISIT_SEE = "visit.see"
    VISIT_REGISTER = "visit.register"
    VISIT_CHANGE = "visit.change"
    VISIT_EXPORT = "visit.export"
    VISIT_ENTER_LATER = "visit.enter_later"
    COMPLAINT_ANSWER = "complaint.answer"
    # packages and parcels
    PARCEL_SEE = "parcel.see"
    PARCEL_REGISTER = "parcel.register"
    PARCEL_INSPECT = "parcel.inspect"
    PARCEL_DELIVER = "parcel.deliver"
    PARCEL_EXPORT = "parcel.export"
    FINDING_SEE = "finding.see"
    CATALOGUE_MANAGE = "catalogue.manage"
    # watch-lists: which there are; the people on them and the decision; loading
    WATCHLIST_SEE = "watchlist.see"
    WATCHLIST_JUDGE = "watchlist.judge"
    WATCHLIST_MANAGE = "watchlist.manage"
    # appointments: the plan, booking, codes of families; the service's call centre
    APPOINTMENT_SEE = "appointment.see"
    APPOINTMENT_BOOK = "appointment.book"
    APPOINTMENT_PLAN = "appointment.plan"
    APPOINTMENT_SERVE = "appointment.serve"
    CODE_GIVE = "code.give"
    # overrides, by rank
    OVERRIDE_SHIFT = "override.shift"
    OVERRIDE_DIRECTOR = "override.director"
    OVERRIDE_SEE = "override.see"
    # the gate
    GATE_DESK = "gate.desk"
    GATE_ADMIT = "gate.admit"
    GATE_BOARD = "gate.board"
    GATE_BELONGINGS = "gate.belongings"
    GATE_PASSAGE = "gate.passage"
    GATE_SET_UP = "gate.set_up"
    READER_USE = "reader.use"
    READER_DELIVER = "reader.deliver"
    SHIFT_HAND_OVER = "shift.hand_over"
    SHIFT_REPORT = "shift.report"
    WAIT_PLAN = "wait.plan"
    # the queue at the entrance
    QUEUE_SHOW = "queue.show"
    QUEUE_TAKE = "queue.take"
    QUEUE_CALL = "queue.call"
    QUEUE_MANAGE = "queue.manage"
    WAIT_SEE = "wait.see"


class Role(StrEnum):
    """The roles of the entrance; later rooms add theirs."""

    GATE_OFFICER = "gate_officer"
    SHIFT_SUPERVISOR = "shift_supervisor"
    REGISTRAR = "registrar"
    DIRECTOR = "director"
    HEADQUARTERS = "headquarters"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"
    CALL_CENTRE = "call_centre"
    AGENT = "agent"
    """The local agent of a post: no person, it only delivers what a reader read."""


P = Permission

_READING = frozenset(
    {
        P.SITE_SEE,
        P.RULE_SEE,
        P.PERSON_SEE,
        P.PRISONER_SEE,
        P.RESTRICTION_SEE,
        P.ALLOWANCE_SEE,
        P.TIMETABLE_SEE,
        P.VISIT_SEE,
        P.PARCEL_SEE,
    }
)
_GATE = _READING | {
    P.PERSON_REGISTER,
    P.CONTACT_PROPOSE,
    P.VISIT_REGISTER,
    P.VISIT_CHANGE,
    P.ALLOWANCE_USE,
    P.PARCEL_REGISTER,
    P.PARCEL_INSPECT,
    P.PARCEL_DELIVER,
    P.FINDING_SEE,
    P.PRINT_SEE,
    P.PRINT_USE,
    P.GATE_DESK,
    P.GATE_ADMIT,
    P.GATE_BOARD,
    P.GATE_BELONGINGS,
    P.GATE_PASSAGE,
    P.QUEUE_SHOW,
    P.QUEUE_TAKE,
    P.QUEUE_CALL,
    P.READER_USE,
    P.SHIFT_HAND_OVER,
    P.APPOINTMENT_SEE,
    P.APPOINTMENT_BOOK,
    P.APPOINTMENT_SERVE,
    P.CODE_GIVE,
}
_SHIFT = _GATE | {
    P.PERSON_MERGE,
    P.CONTACT_APPROVE,
    P.VISIT_EXPORT,
    P.PARCEL_EXPORT,
    P.VISIT_ENTER_LATER,
    P.OVERRIDE_SHIFT,
    P.OVERRIDE_SEE,
    P.SHIFT_REPORT,
    P.WAIT_PLAN,
    P.APPOINTMENT_PLAN,
    P.GATE_SET_UP,
    P.QUEUE_MANAGE,
    P.WAIT_SEE,
    P.TIMETABLE_MANAGE,
    P.COMPLAINT_ANSWER,
    P.WATCHLIST_SEE,
    P.WATCHLIST_JUDGE,
}
_REGISTRAR = _READING | {
    P.PRINT_SEE,
    P.PRINT_USE,
    P.PERSON_REGISTER,
    P.PRISONER_MANAGE,
    P.CONTACT_PROPOSE,
    P.CONTACT_APPROVE,
    P.RESTRICTION_MANAGE,
    P.REGISTER_IMPORT,
}
_DIRECTOR = (
    _SHIFT
    | _REGISTRAR
    | {
        P.OVERRIDE_DIRECTOR,
        P.ALLOWANCE_CORRECT,
        P.CATALOGUE_MANAGE,
        P.USER_SEE,
        P.AUDIT_SEE,
    }
)

ROLES: dict[Role, frozenset[Permission]] = {
    Role.GATE_OFFICER: frozenset(_GATE),
    Role.SHIFT_SUPERVISOR: frozenset(_SHIFT),
    Role.REGISTRAR: frozenset(_REGISTRAR),
    Role.DIRECTOR: frozenset(_DIRECTOR),
    Role.HEADQUARTERS: _READING
    | {
        P.OVERRIDE_SEE,
        P.AUDIT_SEE,
        P.USER_SEE,
        P.RULE_MANAGE,
        P.CATALOGUE_MANAGE,
        P.FINDING_SEE,
        P.VISIT_EXPORT,
        P.PARCEL_EXPORT,
        P.GATE_BOARD,
        P.WAIT_PLAN,
        P.WAIT_SEE,
        P.PERSON_MERGE,
        P.WATCHLIST_SEE,
        P.WATCHLIST_JUDGE,
        P.WATCHLIST_MANAGE,
    },
    Role.INSPECTOR: _READING
    | {
        P.AUDIT_SEE,
        P.OVERRIDE_SEE,
        P.USER_SEE,
        P.GATE_BOARD,
        P.FINDING_SEE,
        P.WATCHLIST_SEE,
        P.WAIT_SEE,
    },
    Role.ADMINISTRATOR: frozenset(
        {
            P.USER_SEE,
            P.USER_MANAGE,
            P.DEVICE_MANAGE,
            P.SITE_SEE,
            P.SITE_MANAGE,
            P.PRINT_SEE,
            P.RULE_SEE,
            P.RULE_MANAGE,
            P.CATALOGUE_MANAGE,
            P.TIMETABLE_SEE,
            P.GATE_SET_UP,
            P.QUEUE_SHOW,
            P.QUEUE_MANAGE,
            P.READER_USE,
            P.AUDIT_SEE,
            P.STAFF_SESSION,
            P.REGISTER_IMPORT,
            P.WATCHLIST_SEE,
            P.WATCHLIST_MANAGE,
        }
    ),
    Role.CALL_CENTRE: frozenset({P.APPOINTMENT_SERVE}),
    Role.AGENT: frozenset({P.READER_DELIVER}),
}

NEEDS_SECOND_FACTOR = frozenset({Role.HEADQUARTERS, Role.ADMINISTRATOR})
DEVICES_ONLY = frozenset({Role.AGENT})
"""Roles that no person can hold; the token is bound to one post."""
SEES_ALL = frozenset({Role.HEADQUARTERS, Role.CALL_CENTRE})
"""Roles whose holder reads every institution; all others read only their own."""

F = TypeVar("F", bound=Callable[..., Any])


def requires(permission: Permission) -> Callable[[F], F]:
    """Refuse a service or selector to an actor (keyword ``by``) without ``permission``.

    Raises:
        Forbidden: The actor lacks the permission where they act.
    """

    def decorate(door: F) -> F:
        @wraps(door)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if permission not in kwargs["by"].permissions:
                raise Forbidden(permission=permission.value)
            return door(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return cast("F", guarded)

    return decorate


def for_oneself(door: F) -> F:
    """Mark a service or selector that everybody may use, about themselves only."""
    door.permission = None  # type: ignore[attr-defined]
    return door
