"""Rows of the rooms below that ours lean on: places, blocks, figures of rules."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.kernel.errors import NotFound


@requires(Permission.SITE_SEE)
def ours(model: str, keys: Collection[UUID], *, by: Actor) -> None:
    """Pass when every key is a row of ``model`` at the actor's own institution.

    Args:
        model: A model of the room ``sites``: room, block, seat.
        keys: Keys that somebody sent us.
        by: Who sent them.

    Raises:
        NotFound: At least one is not.
    """
    wanted = set(keys)
    rows = apps.get_model("sites", model)._default_manager.filter(
        pk__in=wanted, institution_id=by.institution_id
    )
    if rows.count() != len(wanted):
        raise NotFound


@requires(Permission.PRISONER_SEE)
def block_of(prisoner_id: UUID, *, by: Actor) -> UUID | None:
    """Return the block in which a prisoner lives, None where nobody said yet.

    Raises:
        NotFound: No such prisoner for this actor.
    """
    files = apps.get_model("custody", "Prisoner")._default_manager
    found = files.filter(pk=prisoner_id, institution_id__in=by.sees)
    row: UUID | None
    for row in found.values_list("block_id", flat=True):
        return row
    raise NotFound


@requires(Permission.RULE_SEE)
def figures(
    code: str,
    on: date,
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> dict[str, Any]:
    """Return the figures of the rule in force on a day; empty where there is none."""
    rows = apps.get_model("entitlements", "Rule")._default_manager.filter(
        Q(valid_to=None) | Q(valid_to__gt=on), code=code, valid_from__lte=on
    )
    row = rows.order_by("-valid_from").values_list("figures", flat=True).first()
    found: dict[str, Any] = row or {}
    return found
