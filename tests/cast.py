"""Who appears in the tests: seven at one institution, and an outsider at another.

The people are values, so a test of a policy or a service needs no rows for them; the
fixtures ``colony``, ``other_colony`` and ``sign_in`` make the rows where a test does.
"""

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from darbaza.accounts.permissions import ROLES, Role
from darbaza.accounts.types import Actor

BISHKEK = ZoneInfo("Asia/Bishkek")
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=BISHKEK)
"""An ordinary Monday, nine in the morning, Bishkek time."""
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

COLONY = UUID("01900000-0000-7000-8000-000000000001")
OTHER_COLONY = UUID("01900000-0000-7000-8000-000000000002")
HEAD_OFFICE = UUID("01900000-0000-7000-8000-000000000003")


def actor(role: Role, *, at: UUID = COLONY, number: int = 0) -> Actor:
    """Return somebody with one role at one institution; the same one every time."""
    key = list(Role).index(role) * 16 + number + 1
    sees = {COLONY, OTHER_COLONY, HEAD_OFFICE} if role is Role.HEADQUARTERS else {at}
    return Actor(
        id=UUID(int=(at.int & ~0xFFFF) | 0xA000 | (at.int & 0xF) << 8 | key),
        name=f"{role.value.replace('_', ' ')} {number}".removesuffix(" 0"),
        institution_id=at,
        sees=frozenset(sees),
        permissions=frozenset(ROLES[role]),
        roles=frozenset({role}),
        language="en",
    )


GATE_OFFICER = actor(Role.GATE_OFFICER)
SECOND_GATE_OFFICER = actor(Role.GATE_OFFICER, number=1)
SHIFT_SUPERVISOR = actor(Role.SHIFT_SUPERVISOR)
REGISTRAR = actor(Role.REGISTRAR)
DIRECTOR = actor(Role.DIRECTOR)
HEADQUARTERS = actor(Role.HEADQUARTERS, at=HEAD_OFFICE)
INSPECTOR = actor(Role.INSPECTOR)
ADMINISTRATOR = actor(Role.ADMINISTRATOR)
OUTSIDER = actor(Role.DIRECTOR, at=OTHER_COLONY)
"""May do almost everything, but elsewhere: must fail everywhere here."""

INSIDERS = (
    GATE_OFFICER,
    SHIFT_SUPERVISOR,
    REGISTRAR,
    DIRECTOR,
    INSPECTOR,
    ADMINISTRATOR,
)
EVERYBODY = (*INSIDERS, HEADQUARTERS, OUTSIDER)
