"""The test list in force; one visitor is like an entry, another was told apart.

Everybody on the list is invented, like everybody else here.
"""

from collections.abc import Sequence
from datetime import timedelta
from importlib.resources import files
from typing import Any, Final

from darbaza.accounts.permissions import Role
from darbaza.accounts.types import Actor
from darbaza.demo.house import House
from darbaza.kernel import ids
from darbaza.watchlists import selectors, services
from darbaza.watchlists.selectors import Filters
from darbaza.watchlists.types import ListDraft, Upload

DAY: Final = timedelta(days=1)
FILE: Final = "test-list.xml"
TOLD_APART: Final = "TESTi.002"
_WHY: Final = "Туулган жери жана ата-энеси башка; паспорттун номери дал келбейт"


def tell(head: Actor, built: Sequence[tuple[House, Any]]) -> None:
    """Load the list at headquarters, compare everybody, decide on one likeness."""
    house = next(house for house, _files in built if house.prison.round_the_clock)
    at = house.now - 2 * DAY
    draft = ListDraft(
        name="Test list: invented people",
        kind="un",
        source="Shipped with Darbaza, in the form of the United Nations' list",
        owner="Nobody: a demonstration",
        purpose="To show how a likeness is raised and judged",
        kept_until=house.today + 365 * DAY,
    )
    row = services.make(draft, request_id=ids.new_id(), by=head, at=at)
    data = (files("darbaza.watchlists") / "data" / FILE).read_bytes()
    version = services.offer(
        row.pk, Upload(FILE, data), request_id=ids.new_id(), by=head, at=at
    )
    version = services.take_over(version.pk, by=head, at=at)
    walk = selectors.screenings(by=head).get(why=version)
    while services.walk(walk.pk, by=head, at=at):
        pass
    _tell_apart(house.one_of(Role.SHIFT_SUPERVISOR), at=at + DAY)


def _tell_apart(by: Actor, *, at: Any) -> None:
    for pair in selectors.likenesses(Filters(), by=by).filter(reference=TOLD_APART):
        services.judge(
            pair.pk, "another", reason=_WHY, seen=pair.mark,
            request_id=ids.new_id(), by=by, at=at,
        )  # fmt: skip
