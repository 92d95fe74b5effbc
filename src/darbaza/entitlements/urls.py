"""Addresses of this room."""

from django.urls import path

from darbaza.entitlements.views import ledger, rules

app_name = "entitlements"
urlpatterns = [
    path("", rules.rules, name="rules"),
    path("sheet/", rules.sheet, name="sheet"),
    path("versions/<uuid:rule_id>/verify/", rules.verify, name="verify"),
    path("versions/<uuid:rule_id>/end/", rules.end, name="end"),
    path("ledger/<uuid:prisoner_id>/", ledger.ledger, name="ledger"),
    path("ledger/<uuid:prisoner_id>/post/", ledger.post, name="post"),
    path("rule/<str:code>/", rules.rule, name="rule"),
    path("rule/<str:code>/new/", rules.add, name="add_version"),
]
