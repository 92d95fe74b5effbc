"""What happens to somebody's own sign-in, written down for the record."""

from datetime import datetime
from typing import Any

from django.db import transaction

from darbaza.accounts import events
from darbaza.accounts.models import User
from darbaza.accounts.permissions import for_oneself
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.audit.types import EventType
from darbaza.kernel.errors import Invalid

NOBODY = ("user", "")


@for_oneself
@transaction.atomic
def note_sign_in(type: EventType, *, by: Actor, at: datetime, **facts: Any) -> None:  # noqa: A002
    """Record a step of the actor's own sign-in in the chain of their institution."""
    audit.record(type, target=("user", str(by.id)), by=by, at=at, **facts)


@for_oneself
@transaction.atomic
def note_trouble(type: EventType, *, by: Actor, at: datetime, **facts: Any) -> None:  # noqa: A002
    """Record a failed sign-in under a name that nobody has.

    What was typed is not kept: people type passwords into the wrong box.
    """
    audit.record(type, target=NOBODY, by=by, at=at, known=False, **facts)


@for_oneself
@transaction.atomic
def choose_language(language: str, *, by: Actor, at: datetime) -> None:  # noqa: ARG001
    """Keep the language of the actor's own pages. Not an event: it harms nobody.

    Raises:
        Invalid: No such language.
    """
    if language not in User.Language.values:
        raise Invalid("language_unknown", field="language")
    User.objects.filter(pk=by.id).update(language=language)


@for_oneself
@transaction.atomic
def lock_screen(*, by: Actor, at: datetime, chosen: bool) -> None:
    """Record that the actor's session was locked, by choice or by time."""
    target = ("user", str(by.id))
    audit.record(events.SCREEN_LOCKED, target=target, by=by, at=at, chosen=chosen)


@for_oneself
@transaction.atomic
def enter_again(*, by: Actor, at: datetime) -> None:
    """Record that the actor opened their locked session with the password."""
    target = ("user", str(by.id))
    audit.record(events.SCREEN_OPENED, target=target, by=by, at=at)
