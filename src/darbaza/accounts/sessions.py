"""Sessions in the database, as Django keeps them, read with one prepared statement."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from darbaza.kernel.db import Prepared


class SessionStore(db.SessionStore):
    """Django's own store; the name is part of the key that signs what it holds."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; an unknown or expired one holds nothing."""
        row = _session.first(key=str(self.session_key), now=timezone.now())
        if row is None:
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(row[0])
        return held


_session = Prepared(
    lambda key, now: Session.objects.filter(
        session_key=key, expire_date__gt=now
    ).values_list("session_data")
)
