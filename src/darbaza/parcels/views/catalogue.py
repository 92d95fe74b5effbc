"""The catalogue: goods, barcodes, bundles; orders that suspend what does not keep."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from darbaza.accounts.permissions import Permission
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.pages import exports
from darbaza.pages.requests import Request
from darbaza.parcels import selectors, services, tables
from darbaza.parcels.forms import catalogue as forms

MANAGE = Permission.CATALOGUE_MANAGE


@require_GET
def goods(request: Request) -> HttpResponseBase:
    """List the goods of the catalogue; ``format`` answers with a file."""
    rows = selectors.all_items(by=request.actor)
    kind = request.GET.get("format", "")
    if kind in exports.KINDS:
        query, sort = request.GET.get("q", ""), request.GET.get("sort", "")
        chosen = tables.GOODS.select(rows, query=query, sort=sort)
        return exports.respond(tables.GOODS.lines(chosen), kind=kind, name="goods")
    context = {
        "table": tables.GOODS.view(rows, request.GET),
        "url": reverse("parcels:goods"),
        "may_manage": request.actor.may(MANAGE),
    }
    return render(request, "parcels/catalogue/goods.html", context)


@require_http_methods(["GET", "POST"])
def item_add(request: Request) -> HttpResponse:
    """Add goods."""
    _must_manage(request)
    form = forms.Added(request.POST or None, categories=_categories())
    if form.is_valid():
        code = form.cleaned_data["code"]
        try:
            services.add_item(form.draft(code), by=request.actor, at=timezone.now())
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Added; every desk is offered it."))
            return redirect("parcels:goods")
    return _form(request, form, _("Add goods"), back="parcels:goods")


@require_http_methods(["GET", "POST"])
def item(request: Request, item_id: UUID) -> HttpResponse:
    """Change goods."""
    _must_manage(request)
    row = selectors.one_item(item_id, by=request.actor)
    form = forms.Changed(
        request.POST or None,
        initial=forms.Changed.of(row),
        categories=_categories(row.category),
    )
    if form.is_valid():
        draft = form.draft(row.code)
        services.change_item(row.pk, draft, by=request.actor, at=timezone.now())
        messages.success(request, _("The change is in force at once."))
        return redirect("parcels:goods")
    return _form(request, form, row.name, back="parcels:goods", item=row)


@require_POST
def item_close(request: Request, item_id: UUID) -> HttpResponse:
    """Close goods, or open closed ones again."""
    on = None if request.POST.get("open") else timezone.localdate()
    services.close_item(item_id, on=on, by=request.actor, at=timezone.now())
    messages.success(request, _("Done, and on record."))
    return redirect("parcels:goods")


@require_GET
def barcodes(request: Request) -> HttpResponse:
    """List the barcodes that the desks have learned."""
    rows = selectors.barcodes(by=request.actor)
    context = {
        "table": tables.BARCODES.view(rows, request.GET),
        "may_manage": request.actor.may(MANAGE),
    }
    return render(request, "parcels/catalogue/barcodes.html", context)


@require_http_methods(["GET", "POST"])
def barcode(request: Request, barcode_id: UUID) -> HttpResponse:
    """Correct what a barcode stands for."""
    _must_manage(request)
    row = selectors.barcodes(by=request.actor).filter(pk=barcode_id).first()
    if row is None:
        raise NotFound("barcode")
    initial = {"item": str(row.item_id), "piece_g": row.piece_g}
    items = [(str(pk), name) for pk, _code, name in _items(request)]
    form = forms.Corrected(request.POST or None, initial=initial, items=items)
    if form.is_valid():
        data = form.cleaned_data
        services.correct_barcode(
            barcode_id, UUID(data["item"]), piece_g=data["piece_g"],
            by=request.actor, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("The change is in force at once."))
        return redirect("parcels:barcodes")
    title = _("Barcode %(code)s") % {"code": row.code}
    return _form(request, form, title, back="parcels:barcodes")


@require_GET
def bundles(request: Request) -> HttpResponse:
    """List the bundles: goods that often come together."""
    context = {
        "bundles": selectors.all_bundles(by=request.actor),
        "may_manage": request.actor.may(MANAGE),
    }
    return render(request, "parcels/catalogue/bundles.html", context)


@require_http_methods(["GET", "POST"])
def bundle(request: Request, bundle_id: UUID | None = None) -> HttpResponse:
    """Add a bundle, or change one."""
    _must_manage(request)
    row = selectors.bundle(bundle_id, by=request.actor) if bundle_id else None
    form: forms.BundleNames = (
        forms.BundleNames(request.POST or None, initial=forms.BundleNames.of(row))
        if row
        else forms.BundleAdded(request.POST or None)
    )
    found = row.lines.all() if row else []
    at_first = [
        {"item": line.item.code, "quantity": line.quantity, "grams": line.grams}
        for line in found
    ]
    items = [(code, name) for _pk, code, name in _items(request)]
    lines = forms.BundleLines(
        request.POST or None, initial=at_first, prefix="line",
        form_kwargs={"items": items},
    )  # fmt: skip
    if form.is_valid() and lines.is_valid():
        code = row.code if row else form.cleaned_data["code"]
        wanted = filter(None, (line.line() for line in lines.forms))
        try:
            services.save_bundle(
                form.draft(code, wanted), by=request.actor, at=timezone.now()
            )
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, _("The change is in force at once."))
            return redirect("parcels:bundles")
    title = row.name if row else _("Add a bundle")
    return _form(request, form, title, back="parcels:bundles", lines=lines, bundle=row)


@require_POST
def bundle_close(request: Request, bundle_id: UUID) -> HttpResponse:
    """Close a bundle."""
    on = timezone.localdate()
    services.close_bundle(bundle_id, on=on, by=request.actor, at=timezone.now())
    messages.success(request, _("Done, and on record."))
    return redirect("parcels:bundles")


@require_http_methods(["GET", "POST"])
def suspensions(request: Request) -> HttpResponse:
    """List the orders that suspend what does not keep, and enter one."""
    by, today = request.actor, timezone.localdate()
    form = forms.Suspended(request.POST or None, initial={"first": today})
    if form.is_valid():
        key = form.cleaned_data["request_id"]
        try:
            services.suspend(form.order(), request_id=key, by=by, at=timezone.now())
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, _("The order is entered; desks follow it."))
            return redirect("parcels:suspensions")
    rows = selectors.suspensions(by=by)[:200]
    context = {
        "form": form,
        "rows": [(row, row.holds_on(today)) for row in rows],
        "may_manage": by.may(MANAGE),
        "here": by.institution_id,
    }
    status = 422 if form.is_bound else 200
    template = "parcels/catalogue/suspensions.html"
    return render(request, template, context, status=status)


@require_POST
def suspension_end(request: Request, suspension_id: UUID) -> HttpResponse:
    """End a suspension early."""
    services.end_suspension(suspension_id, by=request.actor, at=timezone.now())
    messages.success(request, _("What does not keep is taken again."))
    return redirect("parcels:suspensions")


def _form(
    request: Request, form: Any, title: str, *, back: str, **more: Any
) -> HttpResponse:
    context = {"form": form, "title": title, "back": reverse(back), **more}
    status = 422 if form.is_bound else 200
    return render(request, "parcels/catalogue/form.html", context, status=status)


def _must_manage(request: Request) -> None:
    if not request.actor.may(MANAGE):
        raise Forbidden(permission=MANAGE.value)


def _categories(*more: str) -> list[tuple[str, str]]:
    """Return the categories with a rule in force, and those already in use."""
    named = {s.category: s.name for s in selectors.shelves(timezone.localdate())}
    found = dict.fromkeys([*named, *more])
    return [(code, named.get(code, code)) for code in found]


def _items(request: Request) -> list[tuple[UUID, str, str]]:
    rows = selectors.all_items(by=request.actor).filter(closed_on=None)
    found = [(row.pk, row.code, row.name) for row in rows]
    return sorted(found, key=lambda one: one[2].casefold())
