"""Who is in a cell, as the policy on places wants to know. For this room's doors."""

from datetime import date
from typing import Any, Protocol

from django.db.models import Q

from darbaza.custody import policies
from darbaza.custody.models import KeepApart, Prisoner
from darbaza.custody.types import Cellmate, Placement


class Place(Protocol):
    """What is needed of a cell (``sites.models.Cell``)."""

    @property
    def pk(self) -> Any: ...

    @property
    def places(self) -> int: ...


_REMAND = (Prisoner.LegalStatus.REMAND, Prisoner.LegalStatus.AWAITING)


def placement(prisoner: Prisoner, cell: Place, *, on: date) -> Placement:
    """Return the facts about placing ``prisoner`` in a cell on a day."""
    held = Prisoner.objects.filter(cell_id=cell.pk, status=Prisoner.Status.HELD)
    others = list(held.exclude(pk=prisoner.pk).select_related("person"))
    own = _mate(prisoner, on)
    return Placement(
        sex=own.sex,
        on_remand=own.on_remand,
        juvenile=own.juvenile,
        places=cell.places,
        others=tuple(_mate(other, on) for other in others),
        kept_apart=_kept_apart(prisoner, others),
    )


def _mate(prisoner: Prisoner, on: date) -> Cellmate:
    return Cellmate(
        sex=prisoner.person.sex,
        on_remand=prisoner.legal_status in _REMAND,
        juvenile=policies.juvenile(prisoner.person.birth_on, on),
    )


def _kept_apart(prisoner: Prisoner, others: list[Prisoner]) -> int:
    pairs = KeepApart.objects.filter(ended_at=None)
    return pairs.filter(
        Q(first=prisoner, second__in=others) | Q(second=prisoner, first__in=others)
    ).count()
