"""Typed readers of the environment that refuse nonsense instead of guessing."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def flag(name: str, *, default: bool) -> bool:
    """Read True or False; anything else is refused."""
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    if value not in {"True", "False"}:
        message = f"{name} must be True or False, not {value!r}"
        raise ImproperlyConfigured(message)
    return value == "True"


def words(name: str, *, default: list[str]) -> list[str]:
    """Read a comma-separated list."""
    value = os.environ.get(name)
    return default if value is None else [w.strip() for w in value.split(",") if w]


def number(name: str, *, default: int) -> int:
    """Read a whole number."""
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    if not value.isascii() or not value.isdigit():
        message = f"{name} must be a whole number, not {value!r}"
        raise ImproperlyConfigured(message)
    return int(value)


def home() -> Path:
    """Return the folder that holds everything of this installation (DARBAZA_HOME)."""
    path = Path(os.environ.get("DARBAZA_HOME") or "var").resolve()
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def secret(folder: Path) -> str:
    """Read the installation's secret from its file; make it at the first start.

    A file that DARBAZA_SECRET_FILE names must exist.
    """
    named = os.environ.get("DARBAZA_SECRET_FILE")
    if named:
        return Path(named).read_text("ascii").strip()
    path = folder / "secret.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(handle, "w") as file:
        made = secrets.token_urlsafe(50)
        file.write(made)
    return made


def certified_hosts(folder: Path) -> list[str]:
    """Return the names that the certificate was made for; this computer before it."""
    path = folder / "tls" / "hosts.txt"
    return path.read_text("utf-8").split() if path.exists() else ["localhost"]


def database(url: str, folder: Path) -> dict[str, Any]:
    """Return Django's settings for ``DATABASE_URL``, or for the embedded database.

    Raises:
        ImproperlyConfigured: The address is neither postgresql:// nor sqlite:///.
    """
    if not url:
        return _sqlite(folder / "darbaza.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(parts.path))
    if parts.scheme not in {"postgresql", "postgres"}:
        message = "DATABASE_URL must start with postgresql:// or sqlite:///"
        raise ImproperlyConfigured(message)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "darbaza.config.sqlite",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
    }
