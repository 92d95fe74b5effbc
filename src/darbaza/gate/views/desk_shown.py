"""What the templates of the desk get: the desk, in the order in which it is read."""

from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID, uuid5

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from darbaza.gate import forms, selectors, sheets, texts
from darbaza.gate.models import Draft
from darbaza.gate.selectors import desk as reading
from darbaza.gate.selectors import parcel
from darbaza.gate.services import desk as steps
from darbaza.gate.states import Question
from darbaza.gate.views import asked
from darbaza.kernel.decisions import Decision, Effect
from darbaza.kernel.errors import NotFound
from darbaza.pages import grounds, printing
from darbaza.pages.requests import Request
from darbaza.persons.types import PersonDraft
from darbaza.sites import selectors as sites
from darbaza.sites.types import Paper
from darbaza.visits.types import Verdict

PAPER_COOKIE = "darbaza_paper"
PREFIX_COOKIE = "darbaza_reader_prefix"


def context(request: Request, row: Draft, *, whole: bool) -> dict[str, Any]:
    """Return everything that the desk needs; the left column for a whole page only."""
    now = timezone.now()
    found = reading.desk(row, by=request.actor, at=now)
    given: dict[str, Any] = {
        "desk": found,
        "draft": row,
        "state": found.state,
        "now": now,
        "today": timezone.localdate(now),
        "inside_now": selectors.occupancy(by=request.actor, at=now),
        "papers": texts.PAPERS,
        "kinships": forms.kinships(),
        "kinds": forms.kinds(),
        "languages": forms.LANGUAGES,
        "language": _language(found),
        "sent": sent(request),
        "last": last(request),
        "paper_size": size(request),
    }
    if found.state.question:
        given |= _asked(found.state.question)
    if found.verdict:
        given |= _decided(found, found.verdict)
    if found.parcel:
        given |= {"parcel": found.parcel, "channels": forms.channels()}
    if found.trouble:
        given["trouble"] = grounds.officer(found.trouble)
    if whole:
        given |= beside(request, row)
    return given


def beside(request: Request, row: Draft) -> dict[str, Any]:
    """Return what the left column needs."""
    now = timezone.now()
    return {
        "beside": reading.beside(row, by=request.actor, at=now),
        "posts": sites.posts(request.actor.institution_id, by=request.actor),
        "post_id": request.session.get("post_id", ""),
        "paper_size": size(request),
        "reader_prefix": request.COOKIES.get(PREFIX_COOKIE, "")[:6],
        "draft": row,
        "now": now,
    }


def size(request: Request) -> str:
    """Return what the printer of this computer takes."""
    return sheets.size_of(request.COOKIES.get(PAPER_COOKIE, ""))


def last(request: Request) -> dict[str, Any] | None:
    """Return what was registered or refused last at this desk, with its papers."""
    try:
        visit = reading.ended(UUID(request.session["desk_done"]), by=request.actor)
    except (KeyError, ValueError, NotFound):
        return None
    printers = sites.printers_for(printing.post(request), by=request.actor)
    sends_refusals = Paper.PAPER in printers
    return {
        "visit": visit,
        "printer": printers.get(Paper.PASS),
        "passes_send": url("gate:passes_send", visit.pk)
        if Paper.PASS in printers
        else "",
        "passes_pdf": sized_url("gate:passes_pdf", visit.pk, request),
        "passes_html": sized_url("gate:passes_print", visit.pk, request),
        "refusals": [
            {
                "number": row.number,
                "pdf": url("gate:refusal_pdf", row.pk),
                "html": sized_url("gate:refusal_print", row.pk, request),
                "send": url("gate:refusal_send", row.pk) if sends_refusals else "",
                "key": row.pk,
            }
            for row in visit.refusals.order_by("id")
        ],
        "cancellable": visit.status in {"registered", "booked"},
    }


def sent(request: Request) -> dict[str, Any] | None:
    """Return what was sent last from this desk, with its receipt, or None."""
    key = asked.session_key(request, "desk_sent")
    if key is None:
        return None
    try:
        row = parcel.sent(key, by=request.actor)
    except NotFound:
        return None
    printers = sites.printers_for(printing.post(request), by=request.actor)
    here = Paper.RECEIPT in printers
    return {
        "sending": row,
        "printer": printers.get(Paper.RECEIPT),
        "receipt_send": url("gate:receipt_send", key) if here else "",
        "receipt_pdf": sized_url("parcels:receipt_pdf", key, request),
        "receipt_html": sized_url("parcels:receipt_print", key, request),
        "back": [b for b in row.bags.all() if b.part == "back" and not b.ended],
        "correct": url("parcels:correct", key) if row.correctable else "",
        "cancellable": row.status in {"registered", "refused"},
    }


def receipts(request: Request) -> list[str]:
    """Return what the desk prints by itself after a sending; as ``prints``."""
    shown = sent(request)
    if shown is None:
        return []
    papers = [(shown["receipt_send"], shown["receipt_html"], shown["sending"].pk)]
    return _first_prints(papers)


def prints(request: Request, ended: steps.Ended) -> list[str]:
    """Return what the desk prints by itself after a step, by its printer if it has one.

    The request of such a print follows from what is printed: the same step sent twice
    prints once.
    """
    done = last(request)
    if done is None:
        return []
    papers = [(row["send"], row["html"], row["key"]) for row in done["refusals"]]
    if ended.passes:
        papers.insert(0, (done["passes_send"], done["passes_html"], ended.visit_id))
    return _first_prints(papers)


def _first_prints(papers: list[tuple[str, str, UUID]]) -> list[str]:
    """Return an address for each paper: (sent by a printer, as a page, of what)."""
    wanted = [
        f"{send}?request={uuid5(key, 'first print')}" if send else page
        for send, page, key in papers
    ]
    return [address for address in wanted if address]


def sized_url(name: str, key: UUID, request: Request) -> str:
    """Return the address of a paper in the size of this printer."""
    address = url(name, key)
    return f"{address}?size={size(request)}" if address else ""


def url(name: str, key: UUID) -> str:
    """Return an address, empty where the page is not there."""
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return ""


def _asked(asked: Question) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "zone": zone(asked),
        "findings": [texts.finding(code, days) for code, days in asked.findings],
        "repaired": [str(texts.FIELDS.get(n, n)) for n in asked.repaired],
        "doubted": {forms.OF_ZONE.get(name, "") for name in asked.doubted},
    }
    if asked.confirm:
        shown["form"] = forms.typed(asked.person, asked.document)
    else:
        draft = PersonDraft(**{n: v for n, v in asked.person.items() if n in _NAMED})
        names = (draft.surname, draft.given_names, draft.patronymic)
        latin = (draft.surname_latin, draft.given_names_latin)
        shown["asked_name"] = " ".join(n for n in (*names, *latin) if n)
        shown["hits"] = [_hit(hit) for hit in asked.hits]
    return shown


_NAMED = frozenset(
    {"surname", "given_names", "patronymic", "surname_latin", "given_names_latin"}
)


def _hit(hit: dict[str, Any]) -> dict[str, Any]:
    words = [texts.REASONS[r] for r in hit["reasons"] if r in texts.REASONS]
    return {**hit, "words": words}


def zone(asked: Question) -> list[list[tuple[str, str]]]:
    """Return the lines of a zone cut where the mark of the characters changes."""
    return [
        [
            ("".join(char for char, _mark in part), mark.strip())
            for mark, part in groupby(zip(line, marks, strict=True), itemgetter(1))
        ]
        for line, marks in zip(asked.lines, asked.marks, strict=False)
    ]


def _decided(found: reading.Desk, verdict: Verdict) -> dict[str, Any]:
    several = len(found.guests) > 1
    own = [(g, sorted_(g.decision)) for g in found.guests if g.decision is not None]
    visit = verdict.visit
    if not several and own:
        visit = verdict.visit + own[0][1]
    effect = max((g.effect for g in verdict.grounds), default=Effect.ALLOW)
    if verdict.takes_place:
        effect = min(effect, Effect.WARN)
    return {
        "takes_place": verdict.takes_place,
        "effect": Effect.BLOCK if not verdict.takes_place else effect,
        "some_refused": verdict.takes_place
        and not all(verdict.visitors[g.person.pk] for g, _d in own),
        "whole_decision": sorted_(visit),
        "own_decisions": own if several else [],
        "by_rank": any(not one.own_rank for one in found.liftables),
        "contact_steps": [g for g in found.guests if g.contact_step],
    }


def sorted_(decision: Decision | None) -> Decision:
    """Return the grounds with what stands against first."""
    if decision is None:
        return Decision()
    return Decision(tuple(sorted(decision.grounds, key=lambda g: -g.effect)))


def _language(found: reading.Desk) -> str:
    lead = next((g for g in found.guests if g.comer.part == "lead"), None)
    return lead.person.language if lead else "ky"
