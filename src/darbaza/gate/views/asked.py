"""What a step of the desk asks of its request."""

from uuid import UUID

from django.utils import timezone

from darbaza.accounts import services as accounts
from darbaza.accounts.types import Actor
from darbaza.gate import forms
from darbaza.kernel.errors import NotFound
from darbaza.pages.requests import Request


def key(request: Request, name: str) -> UUID:
    """Return a key that was sent.

    Raises:
        NotFound: It is none.
    """
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise NotFound from None


def session_key(request: Request, name: str) -> UUID | None:
    """Return a key that the session keeps, or None."""
    try:
        return UUID(request.session.get(name, ""))
    except ValueError:
        return None


def whole(request: Request, name: str) -> int | None:
    """Return a whole number that was sent, None for anything else."""
    text = request.POST.get(name, "").strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isdecimal() and len(digits) < 7 else None


def rank(request: Request) -> Actor | None:
    """Return the colleague who gave name and password, None for one's own rank."""
    form = forms.Vouching(request.POST)
    if not form.is_valid() or not form.cleaned_data["username"]:
        return None
    given = form.cleaned_data
    return accounts.vouch(
        request, given["username"], given["password"], by=request.actor,
        at=timezone.now(),
    )  # fmt: skip
