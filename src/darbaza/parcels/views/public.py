"""Pages for families, without signing in: state of a sending, list, what to bring."""

from datetime import timedelta
from typing import Any

from axes.helpers import get_client_ip_address
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from darbaza.kernel.errors import Invalid
from darbaza.kernel.tries import Tries
from darbaza.pages import papers
from darbaza.parcels import leaflets, lists, selectors, words
from darbaza.parcels.forms import public as forms
from darbaza.parcels.selectors.family import PAGE, Shelf
from darbaza.sites import selectors as sites

QUARTER = timedelta(minutes=15)
BY_ADDRESS = Tries(most=20, within=QUARTER)
BY_RECEIPT = Tries(most=10, within=QUARTER)
"""Per typed number, whether there is such a receipt or not."""
SIZES = ("a5", "80mm")


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def state(request: HttpRequest) -> HttpResponse:
    """Say how a sending stands to whoever has its receipt and the code on it."""
    now = timezone.now()
    # Receipts lead here with both behind the # (state.js puts them into the boxes);
    # those printed before 2026-11-27 have them in the address. A press asks.
    given = {name: request.GET.get(name, "")[:12] for name in ("number", "code")}
    form = forms.State(request.POST or None, initial=given)
    context: dict[str, Any] = {"form": form}
    if not form.is_valid():
        return _state(request, context, 422 if form.is_bound else 200)
    number, code = form.cleaned_data["number"], form.cleaned_data["code"]
    keys = ((BY_ADDRESS, get_client_ip_address(request)), (BY_RECEIPT, number))
    if any(attempts.full(str(key), at=now) for attempts, key in keys):
        return _state(request, {"form": forms.State(), "too_often": True}, 429)
    found = selectors.state(number, code)
    if found is None:
        for attempts, key in keys:
            attempts.note(str(key), at=now)
        return _state(request, {"form": forms.State(), "unknown": True}, 422)
    context |= {"state": found, "words": words.STATE[found.code], "back": words.BACK}
    return _state(request, {**context, "number": number}, 200)


def _state(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    return render(request, "parcels/public/state.html", context, status=status)


@login_not_required
@require_GET
def goods_list(request: HttpRequest) -> HttpResponse:
    """Let a family choose goods for its list; nothing is kept."""
    shelves, form = _form(request)
    return _list_page(request, shelves, form)


def _form(request: HttpRequest) -> tuple[list[Shelf], forms.Goods]:
    shelves = selectors.shelves(timezone.localdate())
    items = [item for shelf in shelves if shelf.choosable for item in shelf.items]
    form = forms.Goods(request.GET, items=items)
    form.is_valid()
    return shelves, form


def _list_page(
    request: HttpRequest,
    shelves: list[Shelf],
    form: forms.Goods,
    *,
    told: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "shelves": [
            (s, [form[i.code] for i in s.items]) for s in shelves if s.choosable
        ],
        "never": [shelf for shelf in shelves if not shelf.choosable],
        "told": told,
        "most": lists.MOST,
        "back": _back(request),
    }
    status = 422 if told else 200
    return render(request, "parcels/public/list.html", context, status=status)


@login_not_required
@require_GET
def list_code(request: HttpRequest) -> HttpResponse:
    """Show the list with its code, to be shown at the window or printed."""
    shelves, form = _form(request)
    try:
        data = leaflets.family_list(shelves, form, at=timezone.now())
    except Invalid as error:
        form.refuse(error)
        return _list_page(request, shelves, form, told=True)
    chosen = {code: count for code, count in form.cleaned_data.items() if count}
    context = {
        "paper": data,
        "chosen": _query(form, chosen),
        "back": _back(request),
        "listed": "".join(code["text"] for code in data["codes"]),
    }
    return render(request, "parcels/public/code.html", context)


def _back(request: HttpRequest) -> str:
    """Return the page here that waits for a list, or nothing."""
    given = request.GET.get("back", "")[:200]
    ours = given.startswith("/") and url_has_allowed_host_and_scheme(given, None)
    return given if ours else ""


@login_not_required
@require_GET
def list_pdf(request: HttpRequest) -> HttpResponse:
    """Give the same list as PDF."""
    shelves, form = _form(request)
    try:
        data = leaflets.family_list(shelves, form, at=timezone.now())
    except Invalid as error:
        form.refuse(error)
        return _list_page(request, shelves, form, told=True)
    return _pdf("list", data, "list")


def _query(form: forms.Goods, chosen: dict[str, int]) -> str:
    pairs = ((form.add_prefix(code), count) for code, count in chosen.items())
    return "?" + "&".join(f"{name}={count}" for name, count in pairs)


@login_not_required
@require_GET
def may_bring(request: HttpRequest) -> HttpResponse:
    """Say what may be brought, how much and how often, and whom to ask."""
    prisons = list(sites.prisons(by=PAGE))
    form = forms.Prison(request.GET, prisons=[(p.code, p.name) for p in prisons])
    form.is_valid()
    data = leaflets.may_bring(_prison(request), at=timezone.now())
    context = {"form": form, "paper": data, "several": len(prisons) > 1}
    return render(request, "parcels/public/may_bring.html", context)


@login_not_required
@require_GET
def may_bring_pdf(request: HttpRequest) -> HttpResponse:
    """Give the same on paper, A5 or 80 mm, in the language that is asked for."""
    wanted = request.GET.get("language", "")
    language = wanted if wanted in leaflets.LANGUAGES else translation.get_language()
    with translation.override(language):
        data = leaflets.may_bring(_prison(request), at=timezone.now())
    size = request.GET.get("size", "")
    data["size"] = size if size in SIZES else SIZES[0]
    return _pdf("may_bring", data, "may-bring")


def _prison(request: HttpRequest) -> Any:
    """Return the prison that is asked for, or the only one, or None."""
    prisons = list(sites.prisons(by=PAGE))
    wanted = request.GET.get("at", "")
    named = [prison for prison in prisons if prison.code == wanted]
    if not named and len(prisons) == 1:
        named = prisons
    return named[0] if named else None


def _pdf(sheet: str, data: dict[str, Any], name: str) -> HttpResponse:
    return papers.answer("parcels", sheet, data, name=name)
