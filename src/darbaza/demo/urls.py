"""Addresses of the demonstration; each answers 404 in a real database."""

from django.urls import path

from darbaza.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.try_it, name="try_it"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("specimens/<slug:key>.jpg", views.specimen, name="specimen"),
]
