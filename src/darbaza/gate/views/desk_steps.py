"""The steps of the desk by the name in their address: shape in, one service call."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils import timezone

from darbaza.gate import forms, services, texts
from darbaza.gate.selectors import desk as reading
from darbaza.gate.services import desk as steps
from darbaza.gate.views import asked, parcel_steps
from darbaza.kernel.errors import DarbazaError, Invalid, NotFound
from darbaza.pages import grounds
from darbaza.pages.requests import Request
from darbaza.persons.mrz import reading as pictures

Shown = dict[str, Any] | None
SAID = frozenset({"picture_unreadable"})
CLEAR_LEAD = 0.2
"""How much likelier the first of several prisoners must be to be taken by Enter."""
LANGUAGES = ("ky", "ru", "en")


def said(error: DarbazaError) -> str:
    """Return what happened, what was kept, what to do."""
    if error.code == "picture_unreadable":
        return texts.unreadable(str(error.figures.get("reason", "")))
    if error.figures.get("reason") == "too_long":
        return grounds.officer(Invalid("scan_too_long"))
    return grounds.officer(error)


def looks_on(request: Request, error: DarbazaError) -> bool:
    """Say whether this was one of many frames of a camera, of which most show nothing.

    The officer is told nothing and nothing changes; the next frame comes at once.
    """
    return _camera(request) and error.code == "picture_unreadable"


def _camera(request: Request) -> bool:
    return request.POST.get("source") == "camera"


def _now(request: Request) -> dict[str, Any]:
    return {"by": request.actor, "at": timezone.now()}


def _scan(request: Request, draft: UUID) -> Shown:
    steps.scan(draft, request.POST.get("text", ""), **_now(request))
    return None


def _picture(request: Request, draft: UUID) -> Shown:
    form = forms.Picture(request.POST, request.FILES)
    if not form.is_valid():
        return {"trouble": str(form.errors["image"][0])}
    read = pictures.read(form.cleaned_data["image"].read())
    if _camera(request):
        return {"looks_on": not steps.frame(draft, read, **_now(request))}
    steps.picture(draft, read, **_now(request))
    return None


def _inbox(request: Request, draft: UUID) -> Shown:
    post = asked.session_key(request, "post_id")
    brought = services.take_pictures(post, **_now(request)) if post else []
    for one in brought[-1:]:  # the newest: whatever came before it was put aside
        if one.reading is not None:
            steps.picture(draft, one.reading, **_now(request))
            return None
    steps.next_in_inbox(draft, **_now(request))
    return None


def _form(request: Request, draft: UUID) -> Shown:
    steps.ask_form(draft, request.POST.get("part", "")[:8], **_now(request))
    return None


def _wants(request: Request, draft: UUID) -> Shown:
    steps.wants(draft, request.POST.get("part", "")[:8], **_now(request))
    return None


def _type(request: Request, draft: UUID) -> Shown:
    form = forms.Typed(request.POST)
    if not form.is_valid():
        return {"form": form}
    try:
        paper = form.cleaned_data["paper"]
        steps.type_in(
            draft, form.person(), form.document(), paper=paper, **_now(request)
        )
    except Invalid as error:
        field = str(error.figures.get("field", ""))
        named = field if field in form.fields else None
        form.add_error(named, grounds.officer(error))
        return {"form": form}
    return None


def _choose(request: Request, draft: UUID) -> Shown:
    new = request.POST.get("person") == "new"
    steps.choose(draft, None if new else asked.key(request, "person"), **_now(request))
    return None


def _with_person(
    step: Callable[..., None],
) -> Callable[[Request, UUID], Shown]:
    def do(request: Request, draft: UUID) -> Shown:
        step(draft, asked.key(request, "person"), **_now(request))
        return None

    return do


def _paper(request: Request, draft: UUID) -> Shown:
    shown = request.POST.get("paper", "")[:24]
    steps.paper(draft, asked.key(request, "person"), shown, **_now(request))
    return None


def _photograph(request: Request, draft: UUID) -> Shown:
    form = forms.Photograph(request.POST, request.FILES)
    if not form.is_valid():
        return {"trouble": str(next(iter(form.errors.values()))[0])}
    data = form.cleaned_data["photo"].read()
    steps.photograph(draft, form.cleaned_data["person"], data, **_now(request))
    return None


def _whom(request: Request, draft: UUID) -> Shown:
    if request.POST.get("prisoner"):
        steps.whom(draft, asked.key(request, "prisoner"), **_now(request))
        return None
    text = request.POST.get("q", "").strip()
    found = reading.options(text, by=request.actor)
    if not text:
        return None
    if not found:
        return {"trouble": grounds.officer(Invalid("prisoner_not_found")), "q": text}
    if len(found) == 1 or found[0].score - found[1].score >= CLEAR_LEAD:
        steps.whom(draft, found[0].prisoner_id, **_now(request))
        return None
    return {"options": found, "q": text}


def _forget(request: Request, draft: UUID) -> Shown:
    steps.forget_prisoner(draft, **_now(request))
    return None


def _details(request: Request, draft: UUID) -> Shown:
    form = forms.Details(request.POST)
    if not form.is_valid():
        raise Invalid("kind_unknown")
    steps.details(draft, form.wanted(), **_now(request))
    return None


def _booked(request: Request, draft: UUID) -> Shown:
    steps.take_booked(draft, asked.key(request, "visit"), **_now(request))
    return None


def _contact(request: Request, draft: UUID) -> Shown:
    form = forms.Contact(request.POST)
    if not form.is_valid():
        raise NotFound
    given = form.cleaned_data
    proof = given["proof"]
    steps.propose_contact(
        draft, given["person"], given["kinship"], proof=proof, **_now(request)
    )
    return None


def _approve(request: Request, draft: UUID) -> Shown:
    rank = asked.rank(request)
    steps.approve_contact(
        draft, asked.key(request, "person"), rank=rank, **_now(request)
    )
    return None


def _aside(request: Request, draft: UUID) -> Shown:
    pairs = [g.partition("|") for g in request.POST.getlist("ground")[:40]]
    chosen = [(code, person) for code, _bar, person in pairs]
    reason = request.POST.get("reason", "")[:300]
    rank = asked.rank(request)
    steps.set_aside(draft, chosen, reason, rank=rank, **_now(request))
    return None


def _back(request: Request, draft: UUID) -> Shown:
    steps.take_back(draft, **_now(request))
    return None


def _finish(request: Request, draft: UUID) -> Shown:
    language = request.POST.get("language", "")
    ended = steps.finish(
        draft,
        refuse=request.POST.get("do") == "refuse",
        language=language if language in LANGUAGES else request.actor.language,
        **_now(request),
    )
    return {"ended": ended}


def _undo(request: Request, draft: UUID) -> Shown:  # noqa: ARG001 - as every step
    reason = request.POST.get("reason", "")
    steps.undo(asked.key(request, "visit"), reason, **_now(request))
    return None


def _of_draft(step: Callable[..., object]) -> Callable[[Request, UUID], Shown]:
    def do(request: Request, draft: UUID) -> Shown:
        step(draft, **_now(request))
        return None

    return do


def _resume(request: Request, draft: UUID) -> Shown:  # noqa: ARG001 - as every step
    steps.resume(asked.key(request, "parked"), **_now(request))
    return None


STEPS: dict[str, Callable[[Request, UUID], Shown]] = {
    "scan": _scan,
    "picture": _picture,
    "inbox": _inbox,
    "form": _form,
    "wants": _wants,
    "type": _type,
    "choose": _choose,
    "drop": _with_person(steps.drop),
    "lead": _with_person(steps.lead),
    "notice": _with_person(steps.give_notice),
    "paper": _paper,
    "photograph": _photograph,
    "whom": _whom,
    "forget": _forget,
    "details": _details,
    "booked": _booked,
    "contact": _contact,
    "approve": _approve,
    "aside": _aside,
    "back": _back,
    "finish": _finish,
    "undo": _undo,
    "park": _of_draft(steps.park),
    "clear": _of_draft(steps.clear),
    "resume": _resume,
    **parcel_steps.STEPS,
}
