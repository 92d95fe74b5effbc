"""Home: what this actor can do here, one step away."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from darbaza.pages.requests import Request


@require_GET
def home(request: Request) -> HttpResponse:
    """Show the rooms that the actor may enter."""
    return render(request, "web/home.html")
