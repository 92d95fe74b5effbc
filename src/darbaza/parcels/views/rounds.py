"""The store, rounds out of it, handing over, and what cannot be handed over."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from darbaza.accounts.permissions import Permission
from darbaza.kernel.errors import Conflict, DarbazaError, Forbidden, Invalid
from darbaza.pages import papers
from darbaza.pages.forms import Form
from darbaza.pages.requests import Request
from darbaza.parcels import leaflets, selectors, services, tables, words
from darbaza.parcels.delivery import Missed
from darbaza.parcels.forms import delivering as forms
from darbaza.parcels.models import Bag
from darbaza.parcels.selectors import store as lying
from darbaza.parcels.selectors.store import NOWHERE, Lying
from darbaza.parcels.views import files, printers
from darbaza.sites import selectors as sites
from darbaza.sites.types import Paper


@require_GET
def store(request: Request) -> HttpResponseBase:
    """List what lies here, late perishable goods first; ``format`` gives a file."""
    by, now = request.actor, timezone.now()
    blocks = sites.blocks(by.institution_id, by=by)
    named = [(str(b.pk), b.code) for b in blocks] + [(NOWHERE, _("without a block"))]
    form = forms.Lying(request.GET, blocks=named)
    form.is_valid()
    wanted = Lying(**form.cleaned_data)
    rows = selectors.lying(wanted, by=by, at=now)
    kind = request.GET.get("format", "")
    if kind:
        return files.give(request, tables.STORE, rows, kind=kind, name="store")
    late = selectors.lying(Lying(late=True), by=by, at=now)
    context = {
        "form": form,
        "table": tables.STORE.view(rows, {**request.GET.dict(), "q": ""}),
        "narrowed": any(form.cleaned_data.values()),
        "late": late.count(),
        "rotting": late.filter(perishable=True).count(),
        "hours": selectors.hours(now, by=by),
        "url": reverse("parcels:store"),
        "export_url": files.address(request, "parcels:store"),
    }
    return render(request, "parcels/store.html", context)


@require_http_methods(["GET", "POST"])
def round_(request: Request) -> HttpResponse:
    """Show what is out on a round, and take more blocks out."""
    by, now = request.actor, timezone.now()
    form = _round_form(request)
    if form.is_valid():
        data = form.cleaned_data
        try:
            taken = services.take_out(
                data["blocks"], request_id=data["request_id"], by=by, at=now
            )
        except Conflict as error:
            form.refuse(error)
        else:
            words_ = _("Out on a round now: %(count)s bags.") % {"count": len(taken)}
            messages.success(request, words_)
            return redirect("parcels:round")
    context = {
        "form": form,
        "waiting": selectors.waiting_blocks(by=by, at=now),
        "bags": [_shown(bag) for bag in selectors.on_round(by=by, at=now)],
        "unsigned": selectors.unsigned(by=by).count(),
        "may_deliver": by.may(Permission.PARCEL_DELIVER),
        "printer": printers.list_printer(request),
    }
    status = 422 if form.is_bound else 200
    return render(request, "parcels/round.html", context, status=status)


def _round_form(request: Request) -> forms.Round:
    found = selectors.waiting_blocks(by=request.actor, at=timezone.now())
    named = [(one.key, _block_words(one)) for one in found]
    return forms.Round(request.POST or None, blocks=named)


def _block_words(one: lying.OfBlock) -> str:
    name = (
        _("Block %(code)s") % {"code": one.code} if one.code else _("without a block")
    )
    count = _("bags: %(count)s") % {"count": one.bags}
    soft = _("perishable: %(count)s") % {"count": one.perishable}
    return f"{name} · {count}" + (f" · {soft}" if one.perishable else "")


def _shown(bag: Bag) -> dict[str, Any]:
    alarm = tables.alarm_of(bag)
    return {
        "bag": bag,
        "cell": tables.cell_of(bag),
        "alarm": alarm,
        "alarm_words": words.ALARM.get(alarm, ""),
        "due": tables.due(bag),
    }


@require_GET
def round_pdf(request: Request) -> HttpResponse:
    """Give the list of the round on A4 with a column to sign in."""
    data = leaflets.round_list(by=request.actor, at=timezone.now())
    return papers.answer("parcels", "round", data, name="round")


@require_POST
def round_send(request: Request) -> HttpResponse:
    """Print the list of the round at the printer of this post; else give the PDF."""

    def made() -> printers.Made:
        now = timezone.now()
        title = f"round-{timezone.localtime(now):%Y%m%d-%H%M}"
        return leaflets.round_list(by=request.actor, at=now), title

    if printers.sent(request, "round", Paper.PAPER, made, rolls=False):
        return redirect("parcels:round")
    return redirect("parcels:round_pdf")


@require_http_methods(["GET", "POST"])
def deliver(request: Request, bag_id: UUID) -> HttpResponse:
    """Hand one bag over: signed on the screen, or on the paper list."""
    bag = _bag(request, bag_id)
    form = forms.Delivery(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        receipt = services.Receipt(data["taker"], data["signature"])

        def act() -> object:
            return services.deliver(
                bag.pk, receipt, request_id=data["request_id"], by=request.actor,
                at=timezone.now(),
            )  # fmt: skip

        if _done(request, form, act, _("Handed over, and signed for.")):
            return redirect("parcels:round")
    return _deliver_page(request, bag, form, forms.NotDelivered(initial=_guess(bag)))


@require_http_methods(["GET", "POST"])
def miss(request: Request, bag_id: UUID) -> HttpResponse:
    """Bring one bag back from its round, and say why."""
    bag = _bag(request, bag_id)
    form = forms.NotDelivered(request.POST or None, initial=_guess(bag))
    if form.is_valid():
        data = form.cleaned_data

        def act() -> object:
            return services.miss(
                bag.pk, Missed(data["why"]), reason=data["reason"],
                request_id=data["request_id"], by=request.actor, at=timezone.now(),
            )  # fmt: skip

        if _done(request, form, act, _("Brought back to the store.")):
            return redirect("parcels:round")
    return _deliver_page(request, bag, forms.Delivery(), form)


def _guess(bag: Bag) -> dict[str, str]:
    return {"why": lying.missed(bag).value}


def _deliver_page(
    request: Request, bag: Bag, form: Form, not_form: Form
) -> HttpResponse:
    wrong = form.is_bound or not_form.is_bound
    context = {
        "form": form,
        "not_form": not_form,
        **_shown(bag),
        "sending": bag.sending,
        "out": bag.where == "round",
        "next": words.NEXT[lying.next_of(bag)],
        "lines": bag.lines.select_related("item"),
    }
    status = 422 if wrong else 200
    return render(request, "parcels/deliver.html", context, status=status)


def _bag(request: Request, bag_id: UUID) -> Bag:
    if not request.actor.may(Permission.PARCEL_DELIVER):
        raise Forbidden(permission=Permission.PARCEL_DELIVER.value)
    return selectors.stored_bag(bag_id, by=request.actor, at=timezone.now())


def _done(request: Request, form: Form, act: Callable[[], object], words_: str) -> bool:
    """Take a step; tell whether it was taken, else its reason stands in the form."""
    try:
        act()
    except (Conflict, Invalid) as error:
        form.refuse(error)
        return False
    messages.success(request, words_)
    return True


@require_http_methods(["GET", "POST"])
def give_back(request: Request, bag_id: UUID) -> HttpResponse:
    """Give one bag back to its sender, or to whoever collects it."""
    bag = _bag(request, bag_id)
    form = forms.GivenBack(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data

        def act() -> object:
            return services.hand_back(
                bag.pk, taker=data["taker"], reason=data["reason"],
                request_id=data["request_id"], by=request.actor, at=timezone.now(),
            )  # fmt: skip

        if _done(request, form, act, _("Given back, and signed for.")):
            return redirect("parcels:sending", bag.sending_id)
    title = gettext_lazy("Give back to the sender")
    hint = gettext_lazy("A sending that goes back whole gives its allowance back.")
    return _step(request, bag, form, title, hint)


@require_http_methods(["GET", "POST"])
def send_on(request: Request, bag_id: UUID) -> HttpResponse:
    """Send one bag on to the institution where the prisoner's file is."""
    bag = _bag(request, bag_id)
    form = forms.Once(request.POST or None)
    if form.is_valid():
        key = form.cleaned_data["request_id"]

        def act() -> object:
            return services.send_on(
                bag.pk, request_id=key, by=request.actor, at=timezone.now()
            )

        if _done(request, form, act, _("Sent on; here its way has ended.")):
            return redirect("parcels:sending", bag.sending_id)
    title = gettext_lazy("Send on to the other institution")
    hint = gettext_lazy("The sender reads only that it is on its way.")
    return _step(request, bag, form, title, hint)


def _step(
    request: Request, bag: Bag, form: Form, title: Promise, hint: Promise
) -> HttpResponse:
    context = {
        "form": form,
        "sending": bag.sending,
        "bag": bag,
        "title": title,
        "hint": hint,
    }
    status = 422 if form.is_bound else 200
    return render(request, "parcels/step.html", context, status=status)


@require_http_methods(["GET", "POST"])
def paper(request: Request) -> HttpResponse:
    """Keep the scan of a list that prisoners signed."""
    rows = list(selectors.unsigned(by=request.actor)[:200])
    named = [
        (
            str(b.pk),
            f"{b.label} · {b.sending.prisoner.person.name}" if b.sending else "",
        )
        for b in rows
    ]
    form = forms.Paper(request.POST or None, request.FILES or None, bags=named)
    if form.is_valid():
        data = form.cleaned_data
        keys = [UUID(key) for key in data["bags"]]
        try:
            count = services.add_paper(
                keys, data["image"].read(), by=request.actor, at=timezone.now()
            )
        except DarbazaError as error:
            if isinstance(error, Forbidden):
                raise
            form.refuse(error)
        else:
            told = _("The signed list is kept with %(count)s bags.") % {"count": count}
            messages.success(request, told)
            return redirect("parcels:round")
    status = 422 if form.is_bound else 200
    context = {"form": form, "rows": rows}
    return render(request, "parcels/paper.html", context, status=status)
