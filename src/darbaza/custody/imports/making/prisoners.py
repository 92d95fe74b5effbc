"""Rows that are files of prisoners: admitted many at once."""

from collections.abc import Collection, Hashable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from darbaza.accounts.types import Actor
from darbaza.custody import services
from darbaza.custody.imports.making import people
from darbaza.custody.imports.types import Entry, Outcome, wrong
from darbaza.custody.models import Prisoner
from darbaza.custody.services import many
from darbaza.custody.types import Admission, Order
from darbaza.persons.types import Known
from darbaza.sites import selectors as sites

Place = tuple[UUID | None, UUID | None]


class Maker:
    """Walks over rows of prisoners."""

    def __init__(self, *, by: Actor, at: datetime) -> None:
        self.by, self.at = by, at
        self.taken: dict[Hashable, int] = {}
        here = sites.cells(by.institution_id, by=by).select_related("block")
        self.cells = {(c.block.code, c.code): (c.block_id, c.pk) for c in here}
        blocks = sites.blocks(by.institution_id, by=by)
        self.blocks = {block.code: block.pk for block in blocks}

    def judge(self, entries: Sequence[Entry]) -> list[Outcome]:
        """Say what would become of each row."""
        who = people.known(entries, by=self.by)
        return self._judge(entries, who)

    def make(self, entries: Sequence[Entry]) -> list[Outcome]:
        """Admit whoever is new."""
        who = people.known(entries, by=self.by)
        outcomes = self._judge(entries, who)
        new = [e for e, o in zip(entries, outcomes, strict=True) if o.status == "new"]
        persons = people.register(new, who, by=self.by, at=self.at)
        drafts = [self._draft(entry, persons[entry.id]) for entry in new]
        files = services.admit_many(drafts, by=self.by, at=self.at) if new else []
        made = {
            e.id: Outcome("made", target_id=f.pk, person_id=f.person_id)
            for e, f in zip(new, files, strict=True)
        }
        return [
            made.get(e.id, outcome)
            for e, outcome in zip(entries, outcomes, strict=True)
        ]

    def worked_on(self, targets: Collection[UUID]) -> set[UUID]:
        """Return files on which later work stands."""
        return many.worked_on(targets)

    def withdraw(self, targets: Collection[UUID], reason: str) -> None:
        """Mark files as entered in error."""
        services.withdraw_many(targets, reason, by=self.by, at=self.at)

    def _judge(self, entries: Sequence[Entry], who: dict[UUID, Known]) -> list[Outcome]:
        rows = Prisoner.objects.exclude(status=Prisoner.Status.WITHDRAWN)
        rows = rows.select_related("person")
        numbers = {number(e.values["number"]) for e in entries}
        by_number = {f.number: f for f in rows.filter(number__in=numbers)}
        ids = {w.person_id for w in who.values() if w.person_id}
        held = rows.filter(person__in=ids, status=Prisoner.Status.HELD)
        by_person = {f.person_id: f for f in held}
        return [
            self._one(entry, who[entry.id], by_number, by_person) for entry in entries
        ]

    def _one(
        self,
        entry: Entry,
        who: Known,
        by_number: dict[str, Prisoner],
        by_person: dict[UUID, Prisoner],
    ) -> Outcome:
        code = number(entry.values["number"])
        file = by_number.get(code)
        if file:
            return self._same(entry, file, who)
        trouble = people.problem(who) or self._twice(entry, code)
        if trouble:
            return trouble
        other = by_person.get(who.person_id) if who.person_id else None
        if other and other.institution_id == self.by.institution_id:
            return wrong("held_under_number", column="number", number=other.number)
        if other:
            return wrong("held_elsewhere", column="surname")
        if self._place(entry) is None:
            value = entry.values.get("cell") or entry.values.get("block")
            column = "cell" if entry.values.get("cell") else "block"
            return wrong("place_unknown", column=column, value=value)
        return Outcome("new", person_id=who.person_id)

    def _same(self, entry: Entry, file: Prisoner, who: Known) -> Outcome:
        if file.institution_id != self.by.institution_id:
            return wrong("number_elsewhere", column="number")
        if who.person_id == file.person_id or _named_alike(entry, file):
            return Outcome("present", target_id=file.pk, person_id=file.person_id)
        return wrong("number_of_another", column="number", value=file.number)

    def _twice(self, entry: Entry, code: str) -> Outcome | None:
        for key in (code, people.identity(entry.values)):
            if key is None:
                continue
            first = self.taken.setdefault(key, entry.line)
            if first != entry.line:
                return wrong("twice_in_file", column="number", line=first)
        return None

    def _place(self, entry: Entry) -> Place | None:
        block, cell = (entry.values.get(name, "") for name in ("block", "cell"))
        if cell:
            fits = [
                place
                for (b, c), place in self.cells.items()
                if c == cell and block in ("", b)
            ]
            return fits[0] if len(fits) == 1 else None
        if block:
            return (self.blocks[block], None) if block in self.blocks else None
        return None, None

    def _draft(self, entry: Entry, person_id: UUID) -> tuple[Admission, Order]:
        values = entry.values
        block_id, cell_id = self._place(entry) or (None, None)
        more: dict[str, Any] = {"conditions": values.get("conditions", "ordinary")}
        admission = Admission(
            person_id,
            number(values["number"]),
            values["legal_status"],
            values["regime"],
            term_ends_on=values.get("term_ends_on"),
            block_id=block_id,
            cell_id=cell_id,
            **more,
        )
        order = Order(
            values["order_number"], values["admitted_on"], request_id=entry.id
        )
        return admission, order


def number(text: str) -> str:
    """Return a prisoner's number as it is stored."""
    return "".join(text.split()).upper()


def _named_alike(entry: Entry, file: Prisoner) -> bool:
    born = entry.values.get("birth_on"), file.person.birth_on
    if all(born) and born[0] != born[1]:
        return False
    names = [entry.values.get(n, "").casefold() for n in ("surname", "given_names")]
    person = file.person
    return names == [person.surname.casefold(), person.given_names.casefold()]
