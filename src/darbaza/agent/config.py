"""``agent.toml``: where the server is, which devices this post has."""

import os
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from darbaza.agent import drivers
from darbaza.agent.sending import Server
from darbaza.agent.types import Driver

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
DEVICES_AT_MOST = 16
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_TOP = frozenset({"server", "token", "token_file", "certificate", "local", "devices"})


@dataclass(frozen=True, slots=True)
class Local:
    """Where makers' programs on this computer may deliver."""

    port: int
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Config:
    """Everything in the file."""

    server: Server
    devices: Mapping[str, Driver]
    local: Local | None = None
    exposed: tuple[Path, ...] = ()
    """Files with a token that other users of this computer can read."""


def load(path: Path) -> Config:
    """Return what the file says.

    Raises:
        ValueError: It cannot be read, or something in it cannot be; one line says what.
    """
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise ValueError(message) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{path}: {error}"
        raise ValueError(message) from error
    unknown = sorted(given.keys() - _TOP)
    if unknown:
        message = f"{path}: unknown: {', '.join(unknown)}"
        raise ValueError(message)
    server, local = _server(given, path.parent), _local(given, path)
    return Config(server, _devices(given), local, _exposed(given, path))


def _exposed(given: Mapping[str, Any], path: Path) -> tuple[Path, ...]:
    if os.name != "posix":
        return ()  # rights there are not told by these bits
    tables = (given, given.get("local") or {})
    holders = [
        path.parent / table["token_file"] if "token_file" in table else path
        for table in tables
        if "token_file" in table or "token" in table
    ]
    return tuple(one for one in dict.fromkeys(holders) if one.stat().st_mode & _OTHERS)


def _server(given: Mapping[str, Any], folder: Path) -> Server:
    url = _text(given, "server").rstrip("/")
    where = urlsplit(url)
    if where.scheme not in {"https", "http"} or not where.hostname:
        message = f"server: {url!r} is no address such as https://gate.example:8443"
        raise ValueError(message)
    if where.scheme == "http" and where.hostname not in LOOPBACK:
        message = "server: over a network only https, or the token can be read on it"
        raise ValueError(message)
    certificate = given.get("certificate")
    authority = folder / str(certificate) if certificate else None
    if authority and not authority.is_file():
        message = f"certificate: {authority} is no file"
        raise ValueError(message)
    return Server(url, _token(given, folder), authority)


def _token(given: Mapping[str, Any], folder: Path) -> str:
    if "token_file" not in given:
        return _text(given, "token")
    try:
        return (folder / _text(given, "token_file")).read_text("utf-8").strip()
    except OSError as error:
        message = f"token_file: {error.strerror}"
        raise ValueError(message) from error


def _local(given: Mapping[str, Any], path: Path) -> Local | None:
    local = given.get("local")
    if local is None:
        return None
    if not isinstance(local, dict) or not isinstance(local.get("port"), int):
        message = "local: a table with port and token is wanted"
        raise ValueError(message)
    return Local(local["port"], _token(local, path.parent))


def _devices(given: Mapping[str, Any]) -> dict[str, Driver]:
    rows = given.get("devices", [])
    if not isinstance(rows, list) or len(rows) > DEVICES_AT_MOST:
        message = f"devices: a list of at most {DEVICES_AT_MOST} is wanted"
        raise ValueError(message)
    found: dict[str, Driver] = {}
    for row in rows:
        options = dict(row)
        name, kind = _text(options, "name"), _text(options, "driver")
        if name in found:
            message = f"devices: two have the name {name!r}"
            raise ValueError(message)
        del options["name"], options["driver"]
        found[name] = drivers.made(kind, options)
    return found


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not value.strip():
        message = f"{name}: missing"
        raise ValueError(message)
    return value.strip()
