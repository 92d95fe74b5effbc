"""Rows that are bans and conditions."""

from collections.abc import Collection, Hashable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from darbaza.accounts.types import Actor
from darbaza.custody import services
from darbaza.custody.imports.making import people
from darbaza.custody.imports.making.contacts import prisoners
from darbaza.custody.imports.making.prisoners import number
from darbaza.custody.imports.types import Entry, Outcome, wrong
from darbaza.custody.models import Prisoner, Restriction
from darbaza.custody.types import RestrictionDraft
from darbaza.persons.types import Known

Same = tuple[UUID | None, UUID | None, str, str, date]


class Maker:
    """Walks over rows of bans."""

    def __init__(self, *, by: Actor, at: datetime) -> None:
        self.by, self.at = by, at
        self.taken: dict[Hashable, int] = {}

    def judge(self, entries: Sequence[Entry]) -> list[Outcome]:
        """Say what would become of each row."""
        return self._judge(entries, self._known(entries))

    def make(self, entries: Sequence[Entry]) -> list[Outcome]:
        """Enter what is new."""
        who = self._known(entries)
        outcomes = self._judge(entries, who)
        new = [e for e, o in zip(entries, outcomes, strict=True) if o.status == "new"]
        named = [e for e in new if _named(e)]
        persons = people.register(named, who, by=self.by, at=self.at)
        files = prisoners(new, by=self.by)
        made = {e.id: self._restrict(e, files, persons.get(e.id)) for e in new}
        return [
            made.get(e.id, outcome)
            for e, outcome in zip(entries, outcomes, strict=True)
        ]

    def worked_on(self, targets: Collection[UUID]) -> set[UUID]:
        """Return bans that were lifted since."""
        rows = Restriction.objects.filter(pk__in=targets, lifted_at__isnull=False)
        return set(rows.values_list("pk", flat=True))

    def withdraw(self, targets: Collection[UUID], reason: str) -> None:
        """Lift bans."""
        for target in targets:
            services.lift_restriction(target, reason, by=self.by, at=self.at)

    def _known(self, entries: Sequence[Entry]) -> dict[UUID, Known]:
        nobody = {e.id: Known(None) for e in entries}
        return nobody | people.known([e for e in entries if _named(e)], by=self.by)

    def _judge(self, entries: Sequence[Entry], who: dict[UUID, Known]) -> list[Outcome]:
        orders = {e.values["order_number"] for e in entries}
        rows = Restriction.objects.filter(
            institution_id=self.by.institution_id,
            order_number__in=orders,
            lifted_at=None,
        )
        standing: dict[Same, UUID] = {
            (r.person_id, r.prisoner_id, r.kind, r.order_number, r.starts_on): r.pk
            for r in rows
        }
        files = prisoners(entries, by=self.by)
        return [self._one(e, who[e.id], files, standing) for e in entries]

    def _one(
        self,
        entry: Entry,
        who: Known,
        files: dict[str, Prisoner],
        standing: dict[Same, UUID],
    ) -> Outcome:
        values = entry.values
        code = number(values.get("prisoner_number", ""))
        file = files.get(code)
        if code and file is None:
            return wrong("prisoner_unknown", column="prisoner_number", value=code)
        trouble = people.problem(who)
        if trouble:
            return trouble
        person = people.identity(values) if _named(entry) else None
        rest = (values["kind"], values["order_number"], values["starts_on"])
        first = self.taken.setdefault((person, code, *rest), entry.line)
        if first != entry.line:
            return wrong("twice_in_file", column="order_number", line=first)
        if _named(entry) and who.person_id is None:
            return Outcome("new")
        same = standing.get((who.person_id, file.pk if file else None, *rest))
        if same:
            return Outcome("present", target_id=same, person_id=who.person_id)
        return Outcome("new", person_id=who.person_id)

    def _restrict(
        self, entry: Entry, files: dict[str, Prisoner], person_id: UUID | None
    ) -> Outcome:
        values = entry.values
        file = files.get(number(values.get("prisoner_number", "")))
        last_on = values.get("last_on")
        draft = RestrictionDraft(
            kind=values["kind"],
            ground=values["ground"],
            starts_on=values["starts_on"],
            reason=values["reason"],
            authority=values["authority"],
            order_number=values["order_number"],
            ends_on=last_on + timedelta(days=1) if last_on else None,
            person_id=person_id,
            prisoner_id=file.pk if file else None,
            request_id=entry.id,
        )
        row = services.restrict(draft, by=self.by, at=self.at)
        return Outcome("made", target_id=row.pk, person_id=person_id)


def _named(entry: Entry) -> bool:
    return bool(entry.values.get("surname") or entry.values.get("given_names"))
