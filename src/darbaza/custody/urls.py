"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from darbaza.custody.views import contacts, prisoner, register, restrictions, steps

app_name = "custody"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", register.register, name="register"),
    path("export/", register.export, name="export"),
    path("find/", register.find, name="find"),
    path("new/", prisoner.admit, name="admit"),
    path("import/", include("darbaza.custody.imports.urls")),
    path("contacts/", contacts.waiting, name="waiting"),
    path(
        "contacts/<uuid:contact_id>/approve/",
        contacts.approve,
        name="approve_contact",
    ),
    path("contacts/<uuid:contact_id>/<slug:how>/", contacts.end, name="end_contact"),
    path("restrictions/", restrictions.restrictions, name="restrictions"),
    path("restrictions/new/", restrictions.restrict, name="restrict"),
    path("restrictions/<uuid:restriction_id>/lift/", restrictions.lift, name="lift"),
    path("<uuid:prisoner_id>/", prisoner.prisoner, name="prisoner"),
    path("<uuid:prisoner_id>/step/<slug:name>/", steps.step, name="step"),
    path(
        "<uuid:prisoner_id>/separations/<uuid:separation_id>/end/",
        steps.end_separation,
        name="end_separation",
    ),
    path("<uuid:prisoner_id>/contacts/new/", contacts.propose, name="propose_contact"),
    path("<uuid:prisoner_id>/permits/new/", contacts.permit, name="permit"),
    path(
        "<uuid:prisoner_id>/permits/<uuid:permit_id>/revoke/",
        contacts.revoke,
        name="revoke_permit",
    ),
    path("<uuid:prisoner_id>/keep-apart/new/", contacts.keep_apart, name="keep_apart"),
    path(
        "<uuid:prisoner_id>/keep-apart/<uuid:pair_id>/end/",
        contacts.end_keep_apart,
        name="end_keep_apart",
    ),
]
