"""Which change a visit admits in which state, and what it means for the allowance."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

OPEN = frozenset({"booked", "registered"})
RETURN_RULE = "visits.allowance_return"
COMPLAINT_RULE = "visits.complaint"
ANSWER_DAYS = 30
"""Days for the answer to a complaint until a lawyer has verified the rule."""

CANCEL_FROM: Mapping[str, frozenset[str]] = {
    "by_family": OPEN,
    "by_prisoner": OPEN,
    "by_institution": OPEN,
    "not_come": OPEN,
    "moved": OPEN,
    "entered_in_error": OPEN | {"ended"},
}
"""From which status each cause of cancelling is possible."""

OUTCOME_FROM: Mapping[str, frozenset[str]] = {
    "completed": frozenset({"ended"}),
    "ended_early_staff": frozenset({"inside", "ended"}),
    "ended_early_family": frozenset({"inside", "ended"}),
    "ended_early_prisoner": frozenset({"inside", "ended"}),
    "prisoner_refused": frozenset({"registered", "inside", "ended"}),
    "prisoner_ill": frozenset({"registered", "inside", "ended"}),
    "prisoner_absent": frozenset({"registered", "inside", "ended"}),
}
"""From which status each outcome may be set by hand."""

EARLY = frozenset({"ended_early_staff", "ended_early_family", "ended_early_prisoner"})

OF_CALL: Mapping[str, str] = {
    "refused": "prisoner_refused",
    "ill": "prisoner_ill",
    "absent": "prisoner_absent",
}
"""The outcome of the visit when the prisoner is not brought."""

RETURNED: frozenset[str] = frozenset(
    {
        "by_family",
        "by_prisoner",
        "by_institution",
        "entered_in_error",
        "moved",
        "prisoner_refused",
        "prisoner_ill",
        "prisoner_absent",
        "visitor_refused",
    }
)
"""Causes that give the allowance back (rule ``visits.allowance_return``, unverified).

Nobody came, and visits that took place in part, count as used.
"""


def may_cancel(status: str, cause: str) -> bool:
    """Tell whether a visit in ``status`` may be cancelled for ``cause``."""
    return status in CANCEL_FROM.get(cause, frozenset())


def may_set_outcome(status: str, outcome: str) -> bool:
    """Tell whether ``outcome`` may be set on a visit in ``status``."""
    return status in OUTCOME_FROM.get(outcome, frozenset())


def gives_back(cause: str, *, returned: Collection[str] = RETURNED) -> bool:
    """Tell whether a sub-status or outcome returns the allowance of the visit."""
    return cause in returned


def answer_due_on(received_on: date, *, days: int = ANSWER_DAYS) -> date:
    """Return the last day for the answer to a complaint."""
    return received_on + timedelta(days=days)


NOTICE_RULE = "visits.notice"
NOTICE: Mapping[str, tuple[int, int]] = {
    "gate": (0, 0),
    "staff": (0, 60),
    "family": (2, 28),
}
"""Days before the visit within which each channel may book, both included.

The window belongs to the channel, not to the prison; at the gate it is today.
"""


def in_notice(
    day: date, today: date, channel: str, *, windows: Mapping[str, Collection[int]]
) -> bool:
    """Tell whether ``channel`` may book a visit on ``day`` today."""
    first, last = windows.get(channel, NOTICE[channel])
    return first <= (day - today).days <= last
