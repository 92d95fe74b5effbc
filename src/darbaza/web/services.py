"""Checks of the record, begun and continued from its page."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import NotFound
from darbaza.web import selectors

if TYPE_CHECKING:
    from darbaza.audit.models import Check


@requires(Permission.AUDIT_SEE)
@transaction.atomic
def start_check(institution_id: UUID, *, by: Actor, at: datetime) -> "Check":
    """Begin a walk along a chain that the actor may read.

    Raises:
        NotFound: There is no such chain for this actor.
    """
    known = {chain.institution_id for chain in selectors.chains(by=by)}
    if institution_id not in known:
        raise NotFound(kind="chain")
    return audit.start_check(institution_id, by=by, at=at)


@requires(Permission.AUDIT_SEE)
@transaction.atomic
def continue_check(check_id: UUID, *, by: Actor, at: datetime) -> "Check":
    """Take the next step of a walk. Finished already: nothing.

    Raises:
        NotFound: There is no such walk for this actor.
    """
    return audit.continue_check(selectors.check(check_id, by=by), at=at)
