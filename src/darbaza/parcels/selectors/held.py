"""What lies here unfinished, in two counts for whoever hands over a shift."""

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.parcels.chain import SEALED
from darbaza.parcels.models import Bag
from darbaza.parcels.selectors import inspecting


@requires(Permission.PARCEL_SEE)
def held_bags(*, by: Actor) -> int:
    """Return how many bags lie under seal in the actor's institution."""
    places = [str(place) for place in SEALED]
    rows = Bag.objects.filter(institution_id=by.institution_id, where__in=places)
    return rows.count()


@requires(Permission.PARCEL_SEE)
def unfinished_inspections(*, by: Actor) -> int:
    """Return how many bags in the actor's institution still wait to be looked into."""
    return inspecting.waiting(by=by).count()
