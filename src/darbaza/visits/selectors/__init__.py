"""What other rooms and pages may read of visits."""

from darbaza.visits.selectors.presence import visitor, visitors_inside
from darbaza.visits.selectors.refusals import (
    Tally,
    complaints,
    override_tallies,
    overrides,
    refusal,
    refusal_by_number,
    refusals,
)
from darbaza.visits.selectors.slots import Slot
from darbaza.visits.selectors.timetable import (
    closures,
    free_seats,
    now_or_next,
    session,
    sessions_between,
    sessions_on,
    slot,
    template,
    templates,
)
from darbaza.visits.selectors.visits import (
    Filters,
    HeadCount,
    call_list,
    conflicts,
    found,
    head_count,
    history,
    missed_visits,
    visit,
    visits,
)

__all__ = [
    "Filters",
    "HeadCount",
    "Slot",
    "Tally",
    "call_list",
    "closures",
    "complaints",
    "conflicts",
    "found",
    "free_seats",
    "head_count",
    "history",
    "missed_visits",
    "now_or_next",
    "override_tallies",
    "overrides",
    "refusal",
    "refusal_by_number",
    "refusals",
    "session",
    "sessions_between",
    "sessions_on",
    "slot",
    "template",
    "templates",
    "visit",
    "visitor",
    "visitors_inside",
    "visits",
]
