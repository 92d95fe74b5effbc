"""One visit of the actor's institution, with everyone else kept away until commit."""

from uuid import UUID

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import NotFound
from darbaza.visits.models import Visit


@requires(Permission.VISIT_CHANGE)
def locked_visit(visit_id: UUID, *, by: Actor) -> Visit:
    """Return the visit; the caller is inside a transaction.

    Raises:
        NotFound: No such visit in the actor's institution.
    """
    audit.lock(by.institution_id)
    rows = Visit.objects.filter(pk=visit_id, institution_id=by.institution_id)
    found = rows.first()
    if found is None:
        raise NotFound
    return found
