"""Sign-in's own pages that the library does not bring."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Say that there were too many wrong passwords and when to try again."""
    return render(request, "accounts/locked_out.html", status=429)
