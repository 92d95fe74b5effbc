"""Bring the shipped rules into the database, without touching what people decided."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.entitlements import events, rulebook
from darbaza.entitlements.models import Rule
from darbaza.entitlements.services import rules
from darbaza.entitlements.types import Loaded, RuleDraft

SHIPPED = "darbaza load-reference"
"""Name under which shipped rows are added; any other name is a person."""


@requires(Permission.RULE_MANAGE)
@transaction.atomic
def load_reference(drafts: Iterable[RuleDraft], *, by: Actor, at: datetime) -> Loaded:
    """Add the shipped versions that are missing; change no row that exists.

    A version ships once, by code and first day. Where a person has added or verified
    the newest version of a rule, a newer shipped one is left out and named, so that
    nobody's decision is overtaken by an update.

    Raises:
        Invalid: A draft is impossible.
    """
    added, found, left = [], [], []
    for draft in sorted(drafts, key=lambda d: (d.code, d.valid_from)):
        newest = Rule.objects.filter(code=draft.code).order_by("-valid_from").first()
        if Rule.objects.filter(code=draft.code, valid_from=draft.valid_from).exists():
            found.append(draft.code)
        elif newest and (newest.verified or newest.added_by != SHIPPED):
            left.append(draft.code)
        else:
            rules.write_version(draft, by=by, at=at)
            added.append(draft.code)
    if added:
        audit.record(events.REFERENCE_LOADED, target=None, by=by, at=at, codes=added)
        rulebook.forget()
    return Loaded(tuple(added), tuple(found), tuple(left))
