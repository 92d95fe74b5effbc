"""What the shell of every page shows: place, navigation, who is inside."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation for this actor."""
    return {"nav_items": []}
