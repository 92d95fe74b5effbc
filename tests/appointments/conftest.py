"""What the tests of this room share."""

import pytest

from tests.appointments.families import Entrance
from tests.visits import builders


@pytest.fixture
def place(db: None) -> Entrance:
    return Entrance(builders.house())
