"""Who may give what to whom, and when a screen locks: facts in, answers out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from darbaza.accounts.permissions import (
    DEVICES_ONLY,
    NEEDS_SECOND_FACTOR,
    SEES_ALL,
    Role,
)
from darbaza.kernel.decisions import Decision, Ground, block

LONGEST_STAFF_SESSION = timedelta(minutes=60)
LONGEST_TOKEN = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Management:
    """Facts about one act on one user.

    ``other_administrators`` counts active administrators here besides the user;
    ``elsewhere`` are institutions where the user serves and the actor may not manage.
    """

    oneself: bool
    role: Role | None = None
    here_is_headquarters: bool = False
    other_administrators: int = 1
    elsewhere: Collection[UUID] = ()


def may_give(facts: Management) -> Decision:
    """Decide on giving ``facts.role`` at the actor's institution."""
    grounds: list[Ground] = []
    if facts.oneself:
        grounds.append(block("role_to_oneself"))
    if facts.role in SEES_ALL and not facts.here_is_headquarters:
        grounds.append(block("role_only_at_headquarters"))
    if facts.role in DEVICES_ONLY:
        grounds.append(block("role_for_devices_only"))
    return Decision(tuple(grounds))


def may_take(facts: Management) -> Decision:
    """Decide on ending ``facts.role`` at the actor's institution."""
    if facts.role is Role.ADMINISTRATOR and facts.other_administrators < 1:
        return Decision((block("last_administrator"),))
    return Decision()


def may_end(facts: Management) -> Decision:
    """Decide on closing an account."""
    grounds: list[Ground] = []
    if facts.oneself:
        grounds.append(block("end_oneself"))
    return Decision(tuple(grounds)) + may_take(facts) + may_reset(facts)


def may_reset(facts: Management) -> Decision:
    """Decide on replacing somebody's password or second factor.

    Whoever serves at an institution that the actor does not administer stays out of
    reach: else a reset here would open the doors there.
    """
    if facts.elsewhere:
        return Decision((block("serves_elsewhere", count=len(facts.elsewhere)),))
    return Decision()


def may_carry(role: Role, valid_for: timedelta, post_id: UUID | None) -> Decision:
    """Decide on giving a device a token of ``role``, at a post or anywhere."""
    grounds: list[Ground] = []
    if (role in DEVICES_ONLY) is (post_id is None):
        grounds.append(block("agent_and_post"))
    if role in NEEDS_SECOND_FACTOR:
        grounds.append(block("role_needs_a_person"))
    if not timedelta(0) < valid_for <= LONGEST_TOKEN:
        grounds.append(block("token_too_long", days=LONGEST_TOKEN.days))
    return Decision(tuple(grounds))


def must_lock(seen_at: datetime, *, at: datetime, minutes: int) -> bool:
    """Has a shared computer been left alone for ``minutes`` (1 or more)?"""
    return at - seen_at >= timedelta(minutes=minutes)
