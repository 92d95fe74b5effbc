"""The page that shows every component; only in a demonstration or at work on them."""

from django.urls import path

from darbaza.pages import styleguide

app_name = "pages"
urlpatterns = [
    path("styleguide/", styleguide.show, name="styleguide"),
    path("styleguide/desk/", styleguide.desk, name="desk"),
    path("styleguide/progress/", styleguide.progress, name="progress"),
    path("styleguide/public/", styleguide.public, name="public"),
]
