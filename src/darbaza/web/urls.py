"""Addresses of the home page."""

from django.urls import path

from darbaza.web import views

app_name = "web"
urlpatterns = [path("", views.home, name="home")]
