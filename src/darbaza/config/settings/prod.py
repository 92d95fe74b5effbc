"""An installation with its certificate: everything over HTTPS."""

from darbaza.config import env
from darbaza.config.settings.base import *  # noqa: F403

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
ALLOWED_HOSTS = env.words(
    "DARBAZA_HOSTS",
    default=env.certified_hosts(HOME),  # noqa: F405
)
CSRF_TRUSTED_ORIGINS = env.words("DARBAZA_ORIGINS", default=[])
