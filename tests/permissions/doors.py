"""What the program itself says: every address, every door, and who may pass."""

import inspect
from collections.abc import Iterator
from importlib import import_module, util
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from darbaza.accounts.permissions import ROLES, Permission, Role
from tests.architecture import house

BELOW_PERMISSIONS = {"audit"}


def addresses() -> dict[str, URLPattern]:
    """Return every named address of the project by its full name."""
    return dict(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, inner)
        else:
            assert entry.name, f"an address without a name: {entry.pattern}"
            arguments = "/".join(sorted(entry.pattern.converters))
            yield f"{space}{entry.name} {arguments}".strip(), entry


def doors() -> dict[str, Permission | None]:
    """Return every public service and selector with the permission it asks for."""
    found = {}
    for room in house.ROOMS:
        for kind in ("services", "selectors"):
            if room in BELOW_PERMISSIONS or not util.find_spec(
                f"darbaza.{room}.{kind}"
            ):
                continue
            found |= _of(f"{room}.{kind}")
    return found


def _of(name: str) -> dict[str, Permission | None]:
    module = import_module(f"darbaza.{name}")
    return {
        f"{name}.{member}": getattr(door, "permission", None)
        for member, door in inspect.getmembers(module, inspect.isfunction)
        if not member.startswith("_") and door.__module__.startswith(module.__name__)
    }


def admitted(permission: Permission | None) -> str:
    """Return who passes a door, as the matrix writes it."""
    if permission is None:
        return "everybody, about themselves"
    return " ".join(role.value for role in Role if permission in ROLES[role])


def matrix() -> dict[str, Any]:
    """Return the whole matrix as it ought to stand in ``matrix.yml``."""
    lines = {name: admitted(needed) for name, needed in sorted(doors().items())}
    return {"addresses": sorted(addresses()), "doors": lines}
