"""Every component on three pages, with invented people, for looking at and for axe."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from darbaza.kernel.decisions import Decision, Rule, allow, block, by_law, warn
from darbaza.pages import exports, forms, grounds, tables

NOON = datetime(2026, 11, 22, 6, 32, tzinfo=UTC)
RULE = Rule("visits.short.general", basis="…")

TEXTS = {
    "sample_contact": grounds.Text(
        officer=_("Contact approved on %(on)s"),
        family=_("You are on the list of visitors"),
    ),
    "sample_quota": grounds.Text(
        officer=_("Short visits left this year: %(left)s"),
        family=_("Visits left this year: %(left)s"),
    ),
    "sample_document": grounds.Text(
        officer=_("The document expires on %(on)s"),
        family=_("Please renew your document before %(on)s"),
    ),
    "sample_ban": grounds.Text(
        officer=_("Visits stopped by order until %(until)s"),
        family=_("A visit is not possible today"),
        next_step=_("The director may lift this; the family may complain in writing."),
    ),
}


@dataclass(frozen=True, slots=True)
class Person:
    """An invented visitor."""

    name: str
    number: str
    came_at: datetime
    visits: int


PEOPLE = [
    Person(f"{surname} {given}", f"ID00000{n:02}", NOON + timedelta(minutes=7 * n), n)
    for n, (surname, given) in enumerate(
        (surname, given)
        for surname in ("АСАНОВ", "ӨМҮРБЕКОВА", "ТОКТОГУЛОВ", "ҮСӨНБАЕВА")
        for given in ("Бакыт", "Айнура", "Жаңыл", "Эркин")
    )
]
TABLE: tables.Table[Person] = tables.Table(
    columns=(
        tables.Column(
            "name",
            pgettext_lazy("person", "Name"),
            value=lambda p: p.name,
            order="name",
        ),
        tables.Column("number", _("Document"), value=lambda p: p.number),
        tables.Column("came", _("Came"), value=lambda p: p.came_at, order="came"),
        tables.Column(
            "visits", _("Visits"), value=lambda p: p.visits, order="v", numeric=True
        ),
    ),
    search=lambda rows, query: [p for p in rows if query.lower() in p.name.lower()],
    order="name",
    size=10,
)


class Sample(forms.Once):
    """One field of every kind."""

    name = forms.Name(label=_("Surname"), help_text=_("As printed on the document."))
    born = forms.Date(label=_("Date of birth"), past=True)
    at = forms.Time(label=_("Time"), required=False)
    phone = forms.Phone(label=_("Telephone"), required=False)
    weight = forms.Kilograms(label=_("Weight, kg"), required=False)
    kind = forms.Choice(
        label=_("Kind of visit"),
        choices=[("short", _("Short")), ("long", _("Long")), ("video", _("Video"))],
        radios=True,
    )
    room = forms.Choice(
        label=_("Room"), choices=[("1", _("Hall")), ("2", _("Family room"))]
    )
    brings = forms.Several(
        label=_("Brings"),
        choices=[("bag", _("Bag")), ("phone", _("Telephone")), ("child", _("Child"))],
        required=False,
    )
    agreed = forms.Yes(label=_("The privacy notice was shown"))
    file = forms.File(label=_("Scan of the document"), required=False)
    reason = forms.Reason()


def decisions() -> list[Decision]:
    """Return one decision of each effect."""
    good = allow("sample_contact", on=NOON.date())
    left = by_law("sample_quota", rule=RULE, left=1)
    old = warn("sample_document", on=(NOON + timedelta(days=9)).date())
    ban = block("sample_ban", until=(NOON + timedelta(days=30)).date())
    return [Decision((good,)), Decision((good, left, old)), Decision((ban, old))]


@login_not_required
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponseBase:
    """Show all components, or give the sample table as a file."""
    _only_to_look()
    if kind := request.GET.get("format"):
        if kind not in exports.KINDS:
            raise Http404
        rows = TABLE.select(PEOPLE, query=request.GET.get("q", ""))
        return exports.respond(TABLE.lines(rows), kind=kind, name="people")
    form = Sample(request.POST) if request.method == "POST" else Sample()
    return render(request, "pages/styleguide.html", _context(request, form))


@login_not_required
def desk(request: HttpRequest) -> HttpResponse:
    """Show the grid of the officer's desk."""
    _only_to_look()
    tickets = [("V-041", _("visit"), "07:10"), ("V-042", _("visit"), "05:40")]
    context = {"decision": decisions()[1], "tickets": tickets, **_frame()}
    return render(request, "pages/styleguide_desk.html", context)


@login_not_required
def progress(request: HttpRequest) -> HttpResponse:
    """Answer the polling of the sample progress bar: it is finished."""
    _only_to_look()
    done = {"done": 10000, "total": 10000, "words": _("The file is read")}
    context = {"progress": {**done, "finished": True}}
    return render(request, "pages/_progress.html", context)


@login_not_required
def public(request: HttpRequest) -> HttpResponse:
    """Show a page for families."""
    _only_to_look()
    return render(request, "pages/styleguide_public.html", {"form": forms.Search()})


def _only_to_look() -> None:
    if not (settings.DEBUG or getattr(settings, "DARBAZA_DEMO", False)):
        raise Http404


def _frame() -> dict[str, Any]:
    return {
        "institution_name": _("Prison No. 27"),
        "post_name": _("Entrance, window 2"),
        "inside_now": {"inside": 38, "capacity": 60},
    }


def _context(request: HttpRequest, form: Sample) -> dict[str, Any]:
    entries = [
        {"what": _("Registered"), "at": NOON, "who": "А. Турдубаев"},
        {
            "what": _("Moved"),
            "at": NOON + timedelta(minutes=9),
            "who": "А. Турдубаев",
            "reason": _("The hall was full"),
        },
    ]
    facts: list[dict[str, Any]] = [
        {"label": _("number"), "value": "27-0412"},
        {"label": _("born"), "value": "14.05.2001"},
        {"label": _("regime"), "value": _("general"), "why": _("by sentence")},
    ]
    alerts = [{"effect": "warn", "text": _("keep apart")}]
    strip = {"name": "АСАНОВ Нурлан Бакытович", "name_latin": "ASANOV NURLAN"}
    return {
        **_frame(),
        "form": form,
        "decisions": decisions(),
        "table": TABLE.view(PEOPLE, request.GET),
        "entries": entries,
        "strip": {**strip, "facts": facts, "alerts": alerts},
        "rows": [
            {"key": fact["label"], **fact, "url": "#", "action": _("Change")}
            for fact in facts
        ],
        "progress": {"done": 4200, "total": 10000, "words": _("Reading the file")},
        "banners": [{"kind": "warning", "text": _("The printer is out of paper.")}],
        "nav_items": [
            {"label": _("Desk"), "url": "desk/", "count": 3},
            {"label": _("Components"), "url": "#", "active": True},
            {"label": _("For families"), "url": "public/"},
        ],
        "now": NOON,
    }
