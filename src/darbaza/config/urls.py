"""All addresses: each room brings its own."""

from django.urls import include, path

from darbaza.config import api
from darbaza.web.views import house

urlpatterns = [
    path("language/", house.language, name="set_language"),
    path("account/", include("darbaza.accounts.library_urls")),
    path("", include("darbaza.web.urls")),
    path("", include("darbaza.pages.urls")),
    path("accounts/", include("darbaza.accounts.urls")),
    path("sites/", include("darbaza.sites.urls")),
    path("persons/", include("darbaza.persons.urls")),
    path("prisoners/", include("darbaza.custody.urls")),
    path("rules/", include("darbaza.entitlements.urls")),
    path("appointments/", include("darbaza.appointments.urls")),
    path("visits/", include("darbaza.visits.urls")),
    path("parcels/", include("darbaza.parcels.urls")),
    path("family/", include("darbaza.appointments.family_urls")),
    path("watch-lists/", include("darbaza.watchlists.urls")),
    path("gate/", include("darbaza.gate.urls")),
    path("api/v1/", api.addresses()),
    path("try-it/", include("darbaza.demo.urls")),
]

handler400 = "darbaza.pages.views.bad_request"
handler403 = "darbaza.pages.views.forbidden"
handler404 = "darbaza.pages.views.not_found"
handler500 = "darbaza.pages.views.server_error"
