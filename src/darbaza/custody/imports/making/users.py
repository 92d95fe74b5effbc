"""Rows that are users of this institution; passwords are handed out afterwards."""

from collections.abc import Collection, Hashable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from darbaza.accounts import selectors as accounts
from darbaza.accounts import services
from darbaza.accounts.permissions import Role
from darbaza.accounts.types import Actor, UserDraft
from darbaza.custody.imports.types import Entry, Outcome, wrong
from darbaza.kernel.errors import DarbazaError


class Maker:
    """Walks over rows of users."""

    def __init__(self, *, by: Actor, at: datetime) -> None:
        self.by, self.at = by, at
        self.taken: dict[Hashable, int] = {}

    def judge(self, entries: Sequence[Entry]) -> list[Outcome]:
        """Say what would become of each row."""
        names = {_plain(e.values["username"]) for e in entries}
        rows = accounts.users(by=self.by).filter(username__in=names)
        known = {row.username: row for row in rows}
        return [self._one(entry, known) for entry in entries]

    def make(self, entries: Sequence[Entry]) -> list[Outcome]:
        """Make the accounts; roles are given at the importer's institution only."""
        outcomes = self.judge(entries)
        return [
            self._create(entry) if outcome.status == "new" else outcome
            for entry, outcome in zip(entries, outcomes, strict=True)
        ]

    def worked_on(self, targets: Collection[UUID]) -> set[UUID]:
        """Return users who signed in since, or whose account was closed."""
        rows = accounts.users(by=self.by).filter(pk__in=targets)
        return {
            row.pk
            for row in rows
            if row.last_login
            or row.ended_at
            or not row.must_change_password
            or accounts.management(row.pk, by=self.by).elsewhere
        }

    def withdraw(self, targets: Collection[UUID], reason: str) -> None:  # noqa: ARG002
        """Close the accounts; accounts keep no reasons, the batch does."""
        for target in targets:
            services.end_user(target, by=self.by, at=self.at)

    def _one(self, entry: Entry, known: dict[str, Any]) -> Outcome:
        name = _plain(entry.values["username"])
        row = known.get(name)
        if row and row.ended_at:
            return wrong("account_closed_before", column="username", value=name)
        if row and row.full_name.casefold() == entry.values["full_name"].casefold():
            return Outcome("present", target_id=row.pk)
        if row:
            return wrong("username_taken", column="username")
        first = self.taken.setdefault(name, entry.line)
        if first != entry.line:
            return wrong("twice_in_file", column="username", line=first)
        return Outcome("new")

    def _create(self, entry: Entry) -> Outcome:
        values = entry.values
        draft = UserDraft(
            entry.id,
            _plain(values["username"]),
            values["full_name"],
            frozenset(Role(code) for code in values["role"]),
            rank=values.get("rank", ""),
            language=values.get("language", "ky"),
        )
        try:
            made = services.create_user(draft, by=self.by, at=self.at)
        except DarbazaError as error:
            column = "username" if error.code.startswith("username") else "role"
            return wrong(error.code, column=column)
        return Outcome("made", target_id=made.id)


def _plain(name: str) -> str:
    return name.strip().casefold()
