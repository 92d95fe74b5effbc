"""All addresses: each room brings its own."""

from django.urls import include, path

urlpatterns = [
    path("language/", include("django.conf.urls.i18n")),
    path("account/", include("allauth.account.urls")),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("", include("darbaza.web.urls")),
    path("accounts/", include("darbaza.accounts.urls")),
    path("sites/", include("darbaza.sites.urls")),
    path("persons/", include("darbaza.persons.urls")),
    path("prisoners/", include("darbaza.custody.urls")),
    path("rules/", include("darbaza.entitlements.urls")),
    path("visits/", include("darbaza.visits.urls")),
    path("gate/", include("darbaza.gate.urls")),
]

handler400 = "darbaza.pages.views.bad_request"
handler403 = "darbaza.pages.views.forbidden"
handler404 = "darbaza.pages.views.not_found"
handler500 = "darbaza.pages.views.server_error"
