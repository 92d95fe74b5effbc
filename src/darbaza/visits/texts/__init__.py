"""What people read for each ground code of this room, as officer and as family."""

from darbaza.pages.grounds import Text
from darbaza.visits.texts import steps, visitors, whole

TEXTS: dict[str, Text] = {
    **whole.PRISONER,
    **whole.ALLOWANCE,
    **whole.SESSION,
    **visitors.RESTRICTIONS,
    **visitors.CONTACT,
    **visitors.DOCUMENTS,
    **visitors.AGE,
    **steps.GATE,
    **steps.CHANGES,
}
