"""One computer: the demonstration, and an installation before it has a certificate."""

from darbaza.config.settings.base import *  # noqa: F403
