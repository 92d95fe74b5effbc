"""For founders at work: error pages that show everything."""

from darbaza.config.settings.base import *  # noqa: F403

DEBUG = True
