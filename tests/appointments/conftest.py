"""What the tests of this room share."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from darbaza.accounts.types import Actor
from tests.appointments import entrance as plain
from tests.appointments.families import Entrance
from tests.visits import builders


@pytest.fixture
def place(db: None) -> Entrance:
    return Entrance(builders.house())


@pytest.fixture
def entrance(db: None) -> Iterator[plain.Entrance]:
    """An entrance with a plan, where the clock stands."""
    with time_machine.travel(plain.NOW, tick=False):
        yield plain.Entrance()


@pytest.fixture
def officer(entrance: plain.Entrance, sign_in: Callable[[Actor], Client]) -> Client:
    """A browser of an officer there."""
    return sign_in(entrance.officer)
