"""The one exception of this package: a printer did not print, and why."""

from darbaza.sites.types import Fault


class NotPrintedError(Exception):
    """Carries the fault that a person is told in words."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.value)
