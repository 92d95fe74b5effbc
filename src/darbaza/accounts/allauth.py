"""How the sign-in library behaves here: nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse sign-up."""
        return False


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """One-time passwords and recovery codes."""
