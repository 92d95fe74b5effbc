"""Who is let in, who is never let in whatever the password, and who is there."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from darbaza.accounts import places
from darbaza.accounts.models import User
from darbaza.kernel.db import PreparedObjects


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


class SignIn(AuthenticationBackend):
    """The library's sign-in; who sits there is read with one prepared statement."""

    def get_user(self, user_id: object) -> User | None:
        """Return the user of a session, None where they may not sign in any more."""
        user = _user.one(key=User._meta.pk.to_python(user_id))
        return user if user and self.user_can_authenticate(user) else None


_user = PreparedObjects(lambda key: User.objects.filter(pk=key))
