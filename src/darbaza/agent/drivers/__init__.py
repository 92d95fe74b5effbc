"""Drivers of the local agent, by the name that ``agent.toml`` gives them."""

from collections.abc import Callable, Mapping
from typing import Any

from darbaza.agent.drivers.files import FolderDriver
from darbaza.agent.drivers.kits import KitDriver
from darbaza.agent.drivers.serial_line import SerialReader, SerialScale
from darbaza.agent.types import Driver

DRIVERS: Mapping[str, Callable[..., Driver]] = {
    "serial-reader": SerialReader,
    "serial-scale": SerialScale,
    "folder": FolderDriver,
    "vendor": KitDriver,
}


def made(kind: str, options: Mapping[str, Any]) -> Driver:
    """Return a driver with its options.

    Raises:
        ValueError: There is no such driver, or it has no such option.
    """
    if kind not in DRIVERS:
        message = f"no driver {kind!r}; there are {', '.join(DRIVERS)}"
        raise ValueError(message)
    try:
        return DRIVERS[kind](**options)
    except TypeError as error:
        message = f"driver {kind}: {error}"
        raise ValueError(message) from error
