"""The people of the specimen documents: visitors of prison 27, each with a story."""

from darbaza.demo.agenda import Agenda
from darbaza.demo.history import Planner
from darbaza.demo.house import House


def tell(house: House, agenda: Agenda, planner: Planner) -> None:
    """Enter the people of the specimens."""
