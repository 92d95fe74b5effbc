"""WHO: a scan, a picture or typing becomes a person on record, known or new."""

import json
from base64 import b64encode
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.gate import policies, states
from darbaza.gate.models import Draft
from darbaza.gate.services.desk import keeping
from darbaza.gate.states import Comer, Question, State
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.persons import mrz
from darbaza.persons import selectors as persons
from darbaza.persons import services as people
from darbaza.persons.mrz import doubts
from darbaza.persons.mrz.reading import Reading
from darbaza.persons.mrz.types import Document, Error, Trust
from darbaza.persons.types import DocumentDraft, Hit, PersonDraft
from darbaza.watchlists import services as watchlists

SCAN_AT_MOST = 4_096
"""No reader sends more; what is longer is no document."""
KINDS = {"P": "passport", "V": "visa", "I": "id_card", "A": "id_card", "C": "id_card"}
_DAYS = ("birth_on", "issued_on", "expires_on")


@requires(Permission.GATE_DESK)
def scan(draft_id: UUID, text: str, *, by: Actor, at: datetime) -> None:
    """Take what a reader typed or sent.

    Raises:
        Invalid: No document is in the text.
    """
    document = mrz.parse(text[: SCAN_AT_MOST + 1])
    if document.error is Error.SEVERAL:
        raise Invalid("scan_several")
    if document.format is None:
        raise Invalid("scan_unreadable", reason=str(document.error))
    with keeping.kept(draft_id, by=by, at=at) as state:
        _weigh(state, _question(document, "reader", at), by, at)


@requires(Permission.GATE_DESK)
def picture(draft_id: UUID, reading: Reading, *, by: Actor, at: datetime) -> None:
    """Take what was read from a picture.

    Raises:
        Invalid: Nothing was read; ``reading.error`` says why.
    """
    with keeping.kept(draft_id, by=by, at=at) as state:
        _weigh(state, _of_picture(reading, at), by, at)


@requires(Permission.GATE_DESK)
def frame(draft_id: UUID, reading: Reading, *, by: Actor, at: datetime) -> bool:
    """Take one frame of a webcam; True once two in a row say the same.

    Raises:
        Invalid: Nothing that fits its check digits was read.
    """
    asked = _of_picture(reading, at)
    if reading.document.trust is Trust.NONE:
        raise Invalid("picture_unreadable", reason=str(reading.document.error))
    with keeping.kept(draft_id, by=by, at=at) as state:
        agreed = state.glimpse == asked.lines
        state.glimpse = [] if agreed else asked.lines
        if agreed:
            _weigh(state, asked, by, at)
    return agreed


@requires(Permission.GATE_DESK)
@transaction.atomic
def delivered(draft_id: UUID, reading: Reading, *, by: Actor, at: datetime) -> None:
    """Lay a picture from the watched folder into the inbox of somebody's draft.

    ``changed_at`` stays: the officer's own draft in hand does not change by it.

    Raises:
        Invalid: Nothing was read.
        NotFound: No such draft at this institution.
        Conflict: It is done.
    """
    asked = _of_picture(reading, at)
    rows = Draft.objects.select_for_update().filter(institution_id=by.institution_id)
    draft = rows.filter(pk=draft_id).first()
    if draft is None:
        raise NotFound("draft")
    if draft.done_at:
        raise Conflict("draft_done")
    state = states.load(draft.state)
    state.inbox.append(asdict(asked))
    draft.state = state.plain()
    draft.save(update_fields=["state"])


@requires(Permission.GATE_DESK)
def next_in_inbox(draft_id: UUID, *, by: Actor, at: datetime) -> None:
    """Take the oldest picture of the inbox up, unless a question is open."""
    with keeping.kept(draft_id, by=by, at=at) as state:
        if state.inbox and state.question is None:
            _weigh(state, states.question(state.inbox.pop(0)), by, at)


@requires(Permission.GATE_DESK)
def ask_form(draft_id: UUID, part: str, *, by: Actor, at: datetime) -> None:
    """Open the empty form, or put it away again where ``part`` is "close"."""
    with keeping.kept(draft_id, by=by, at=at) as state:
        if part == "close":
            state.question = None
            return
        state.question = Question({}, {}, part=part, confirm=True)


@requires(Permission.GATE_DESK)
def wants(draft_id: UUID, part: str, *, by: Actor, at: datetime) -> None:
    """Say in which part the next person comes: child or adult."""
    if part not in {"", "child", "adult"}:
        raise Invalid("part_unknown", field="part")
    with keeping.kept(draft_id, by=by, at=at) as state:
        state.wants = part


@requires(Permission.GATE_DESK)
def type_in(
    draft_id: UUID,
    person: PersonDraft,
    document: DocumentDraft | None,
    *,
    paper: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Take what the officer typed, or confirmed of what was read.

    Raises:
        Invalid: No name, or a number that cannot be.
    """
    with keeping.kept(draft_id, by=by, at=at) as state:
        asked = state.question or Question({}, {})
        asked.person = _plain(asdict(person))
        asked.document = _plain(asdict(document)) if document else {}
        asked.paper, asked.confirm = paper, False
        if asked.source != "typed" and document:
            asked.document |= {"source": asked.source, "mrz": "\n".join(asked.lines)}
        _weigh(state, asked, by, at)


@requires(Permission.GATE_DESK)
def choose(draft_id: UUID, person_id: UUID | None, *, by: Actor, at: datetime) -> None:
    """Answer who it is: one of those offered, or None for somebody new.

    Raises:
        Conflict: Nobody is asked about any more.
        NotFound: Not one of those offered.
    """
    with keeping.kept(draft_id, by=by, at=at) as state:
        asked = state.question
        if asked is None or asked.confirm:
            raise Conflict("question_answered")
        if person_id is None:
            _register(state, asked, by, at)
        else:
            hit = next(
                (h for h in asked.hits if h["person_id"] == str(person_id)), None
            )
            if hit is None:
                raise NotFound("person")
            _take(state, asked, person_id, by, at, reasons=list(hit["reasons"]))


def _question(document: Document, source: str, at: datetime) -> Question:
    findings = mrz.condition(document, timezone.localdate(at))
    person = PersonDraft(
        surname_latin=document.surname,
        given_names_latin=document.given_names,
        sex=document.sex if document.sex in {"F", "M"} else "X",
        birth_on=document.birth_on,
        citizenship=document.nationality,
        personal_number=document.personal_number,
    )
    paper = DocumentDraft(
        kind=KINDS.get(document.document_code[:1], "other"),
        number=document.document_number,
        issuer=document.issuer,
        expires_on=document.expires_on,
        mrz="\n".join(document.lines),
        source=source,
    )
    return Question(
        person=_plain(asdict(person)),
        document=_plain(asdict(paper)),
        source=source,
        trust=str(document.trust),
        confirm=document.trust is not Trust.SURE,
        conditions=[str(f.code) for f in findings],
        findings=[[str(f.code), f.days] for f in findings],
        repaired=list(document.repaired),
        lines=list(document.lines),
        marks=list(doubts.marks(document)),
        doubted=list(doubts.fields(document)),
    )


def _of_picture(reading: Reading, at: datetime) -> Question:
    if reading.document.format is None:
        reason = reading.error or str(reading.document.error) or "no_zone"
        raise Invalid("picture_unreadable", reason=reason)
    asked = _question(reading.document, "image", at)
    asked.crop = b64encode(reading.crop_png).decode("ascii")
    return asked


def _weigh(state: State, asked: Question, by: Actor, at: datetime) -> None:
    """Find out who it is; ask the officer only where the desk cannot know."""
    if asked.confirm:
        state.question = asked
        return
    draft, paper = _drafts(asked)
    hits = _hits(draft, paper, by)
    sure = policies.taken_at_once(draft, hits)
    if sure:
        _take(state, asked, sure.person_id, by, at, reasons=list(sure.reasons))
    elif hits:
        shown = hits[: policies.OFFERED_AT_MOST]
        asked.hits = [_plain(asdict(hit)) for hit in shown]
        state.question = asked
    else:
        _register(state, asked, by, at)


def _hits(draft: PersonDraft, paper: DocumentDraft | None, by: Actor) -> list[Hit]:
    """Look by document first; names are compared only where that does not settle it."""
    if paper:
        found = persons.by_document(paper.number, paper.issuer, by=by)
        if policies.taken_at_once(draft, found):
            return found
    return persons.known(draft, paper, by=by)


def _register(state: State, asked: Question, by: Actor, at: datetime) -> None:
    draft, _paper = _drafts(asked)
    person = people.register(draft, by=by, at=at)
    _take(state, asked, person.pk, by, at, fresh=True)


def _take(
    state: State,
    asked: Question,
    person_id: UUID,
    by: Actor,
    at: datetime,
    **more: Any,
) -> None:
    """Put the person into the party, or bring up to date who is in it already."""
    person = persons.person(person_id, by=by)
    _draft, paper = _drafts(asked)
    document = people.add_document(person.pk, paper, by=by, at=at) if paper else None
    comer = state.comer(person.pk)
    if comer is None:
        if len(state.people) >= policies.PEOPLE_AT_MOST:
            raise Invalid("party_too_large", most=policies.PEOPLE_AT_MOST)
        minor = policies.minor(person.birth_on, on=timezone.localdate(at))
        part = policies.part(
            wanted=asked.part or state.wants,
            is_minor=minor,
            has_lead=state.lead is not None,
        )
        comer = Comer(str(person.pk), part)
        state.people.append(comer)
    comer.document = str(document.pk) if document else comer.document
    comer.paper = asked.paper or comer.paper
    comer.conditions, comer.findings = asked.conditions, asked.findings
    comer.fresh = more.get("fresh", comer.fresh)
    comer.reasons = more.get("reasons", [])
    watchlists.screen(person.pk, by=by, at=at)
    state.question, state.wants = None, ""


def _drafts(asked: Question) -> tuple[PersonDraft, DocumentDraft | None]:
    person = PersonDraft(**_days(asked.person))
    if not asked.document:
        return person, None
    return person, DocumentDraft(**_days(asked.document))


def _days(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if name in _DAYS and value else value
        for name, value in values.items()
    }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(values, default=str))
    return plain
