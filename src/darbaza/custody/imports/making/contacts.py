"""Rows that are contacts: proposed, and approved where the list says so."""

from collections.abc import Collection, Hashable, Sequence
from datetime import datetime
from uuid import UUID

from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import Actor
from darbaza.custody import services
from darbaza.custody.imports.making import people
from darbaza.custody.imports.making.prisoners import number
from darbaza.custody.imports.types import Entry, Outcome, wrong
from darbaza.custody.models import Contact, Prisoner
from darbaza.persons.types import Known

_STANDING = (Contact.Status.PENDING, Contact.Status.APPROVED)
Pair = tuple[UUID, UUID]


class Maker:
    """Walks over rows of contacts."""

    def __init__(self, *, by: Actor, at: datetime) -> None:
        self.by, self.at = by, at
        self.taken: dict[Hashable, int] = {}

    def judge(self, entries: Sequence[Entry]) -> list[Outcome]:
        """Say what would become of each row."""
        return self._judge(entries, people.known(entries, by=self.by))

    def make(self, entries: Sequence[Entry]) -> list[Outcome]:
        """Propose whoever is new."""
        who = people.known(entries, by=self.by)
        outcomes = self._judge(entries, who)
        new = [e for e, o in zip(entries, outcomes, strict=True) if o.status == "new"]
        persons = people.register(new, who, by=self.by, at=self.at)
        files = prisoners(new, by=self.by)
        made = {e.id: self._propose(e, files, persons[e.id]) for e in new}
        return [
            made.get(e.id, outcome)
            for e, outcome in zip(entries, outcomes, strict=True)
        ]

    def worked_on(self, targets: Collection[UUID]) -> set[UUID]:
        """Return contacts that somebody decided on since."""
        rows = Contact.objects.filter(pk__in=targets)
        return {
            row.pk
            for row in rows
            if row.decided_at and row.decided_at != row.proposed_at
        }

    def withdraw(self, targets: Collection[UUID], reason: str) -> None:
        """End contacts."""
        for target in targets:
            services.end_contact(target, reason, by=self.by, at=self.at)

    def _judge(self, entries: Sequence[Entry], who: dict[UUID, Known]) -> list[Outcome]:
        files = prisoners(entries, by=self.by)
        ids = {w.person_id for w in who.values() if w.person_id}
        rows = Contact.objects.filter(prisoner__in=files.values(), person__in=ids)
        contacts = {(row.prisoner_id, row.person_id): row for row in rows}
        return [self._one(e, who[e.id], files, contacts) for e in entries]

    def _one(
        self,
        entry: Entry,
        who: Known,
        files: dict[str, Prisoner],
        contacts: dict[Pair, Contact],
    ) -> Outcome:
        code = number(entry.values["prisoner_number"])
        file = files.get(code)
        if file is None:
            return wrong("prisoner_unknown", column="prisoner_number", value=code)
        trouble = people.problem(who)
        if trouble:
            return trouble
        if who.person_id == file.person_id:
            return wrong("contact_with_self", column="surname")
        key = (file.pk, people.identity(entry.values))
        first = self.taken.setdefault(key, entry.line)
        if first != entry.line:
            return wrong("twice_in_file", column="surname", line=first)
        known = contacts.get((file.pk, who.person_id)) if who.person_id else None
        if known is None:
            return Outcome("new", person_id=who.person_id)
        if known.status in _STANDING:
            return Outcome("present", target_id=known.pk, person_id=who.person_id)
        return wrong("contact_decided_before", column="surname")

    def _propose(
        self, entry: Entry, files: dict[str, Prisoner], person_id: UUID
    ) -> Outcome:
        file = files[number(entry.values["prisoner_number"])]
        contact = services.propose_contact(
            file.pk,
            person_id,
            entry.values["kinship"],
            proof=entry.values.get("proof", ""),
            by=self.by,
            at=self.at,
        )
        approved = entry.values.get("approved") == "yes"
        if approved and self.by.may(Permission.CONTACT_APPROVE):
            services.approve_contact(contact.pk, by=self.by, at=self.at)
        return Outcome("made", target_id=contact.pk, person_id=person_id)


def prisoners(entries: Sequence[Entry], *, by: Actor) -> dict[str, Prisoner]:
    """Return the open files here that the rows name, by number."""
    wanted = {number(e.values.get("prisoner_number", "")) for e in entries}
    rows = Prisoner.objects.filter(
        number__in=wanted,
        institution_id=by.institution_id,
        status=Prisoner.Status.HELD,
    )
    return {file.number: file for file in rows}
