"""What the tests of this room share."""

import pytest

from tests.appointments.entrance import Entrance
from tests.visits import builders


@pytest.fixture
def place(db: None) -> Entrance:
    return Entrance(builders.house())
