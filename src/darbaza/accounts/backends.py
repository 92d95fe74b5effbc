"""Who is never let in, whatever the password."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from darbaza.accounts import places
from darbaza.accounts.models import User


class DemonstrationOnly:
    """Refuses the published users of the demonstration anywhere else.

    Stands first among the backends and lets everybody else pass to the next.
    """

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002 - Django's signature
        username: str | None = None,
        **_credentials: Any,
    ) -> None:
        """Refuse, or have no opinion.

        Raises:
            PermissionDenied: A user of the demonstration, and this is none.
        """
        if not username or places.is_demonstration():
            return
        published = User.objects.filter(demonstration=True)
        if published.filter(username__iexact=username.strip()).exists():
            raise PermissionDenied
