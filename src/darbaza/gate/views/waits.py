"""Reports of waiting: picture first, table beside it; and the paper process before."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from darbaza.accounts.permissions import Permission
from darbaza.gate import charts, selectors, services, texts, waits
from darbaza.gate.forms import queue as forms
from darbaza.kernel.errors import Forbidden, Invalid
from darbaza.pages import exports
from darbaza.pages.requests import Request

TIMINGS_SHOWN = 20


@require_GET
def report(request: Request) -> HttpResponseBase:
    """Show how long people waited; ``format`` answers with a file."""
    form = forms.Report(request.GET)
    first, last, cut, stage = form.wanted()
    passed = selectors.passed(first, last, by=request.actor)
    lines = waits.lines(passed, by=cut, stage=stage, targets=_targets(request, stage))
    if request.GET.get("format") in exports.KINDS:
        rows = _file(lines, str(texts.queue.GROUPS[cut]))
        return exports.respond(rows, kind=request.GET["format"], name="waits")
    stages = waits.stages(passed)
    context = {
        "form": forms.Report(
            initial={"first": first, "last": last, "by": cut, "stage": stage.value}
        ),
        "first": first,
        "last": last,
        "group": texts.queue.GROUPS[cut],
        "stage": stage,
        "lines": lines,
        "picture": charts.picture(lines),
        "stages": stages.items(),
        "slowest": waits.slowest(stages),
        "breaches": [line for line in lines if line.breach],
        "accuracy": selectors.accuracy(first, last, by=request.actor),
        "tickets": len(passed),
        "may_manage": request.actor.may(Permission.QUEUE_MANAGE),
        "export": f"?first={first}&last={last}&by={cut}&stage={stage.value}",
    }
    return render(request, "gate/waits/report.html", context)


def _targets(request: Request, stage: waits.Stage) -> dict[str, int]:
    """Return the targets of the lanes; they are about the wait for the call."""
    return selectors.targets(by=request.actor) if stage is waits.Stage.WAIT else {}


def _file(lines: list[waits.Line], group: str) -> Iterator[list[Any]]:
    yield [
        group,
        _("Numbers"),
        _("Mean, minutes"),
        _("Median, minutes"),
        _("95th percentile, minutes"),
        _("Target, minutes"),
        _("Over the target"),
    ]
    for line in lines:
        spread = line.spread
        times = [round(t, 1) for t in (spread.mean, spread.median, spread.p95)]
        yield [line.key, spread.count, *times, line.target or "", line.over]


@require_http_methods(["GET", "POST"])
def paper(request: Request) -> HttpResponse:
    """Enter stop-watch timings of the paper process; compare before and after."""
    by, may_enter = request.actor, request.actor.may(Permission.QUEUE_MANAGE)
    if request.method == "POST" and not may_enter:
        raise Forbidden(permission=Permission.QUEUE_MANAGE.value)
    lanes = selectors.lanes(by=by) if may_enter else ()
    form = forms.TimingForm(request.POST or None, lanes=lanes)
    if form.is_valid():
        try:
            services.enter_timing(
                form.draft(),
                request_id=form.cleaned_data["request_id"],
                by=by,
                at=timezone.now(),
            )
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, _("The timing is entered."))
            return redirect("gate:waits_paper")
    first, last, _by, _stage = forms.Report(request.GET).wanted()
    after = waits.stages(selectors.passed(first, last, by=by))
    timings = selectors.timings(by=by)
    context = {
        "form": form if may_enter else None,
        "count": timings.count(),
        "wanted": waits.STOPWATCH_WANTED,
        "timings": timings[:TIMINGS_SHOWN],
        "changes": waits.compared(selectors.on_paper(by=by), after),
        "first": first,
        "last": last,
    }
    status = 422 if form.is_bound else 200
    return render(request, "gate/waits/paper.html", context, status=status)
