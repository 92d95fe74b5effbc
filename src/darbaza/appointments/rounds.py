"""What is done again and again beside the pages: texts, second looks, free times.

The server does it by itself (``config.background``); ``darbaza send-messages`` and
``darbaza recheck-appointments`` do the same by hand. Two at once do no harm.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.utils import timezone

from darbaza.accounts.types import Actor, system
from darbaza.appointments import policies, selectors, services
from darbaza.sites import selectors as sites

log = logging.getLogger(__name__)
NAME = "appointments"


def everywhere() -> Iterator[Actor]:
    """Return who acts, at each prison that is open."""
    for house in sites.prisons(by=system(NAME)):
        yield system(NAME, house.pk)


def once() -> None:
    """Send what is due, go on with the walks, settle and offer, at each prison.

    Trouble at one prison is logged and does not keep the others waiting.
    """
    for by in everywhere():
        for work in (send, recheck, settle):
            _guarded(work, by)


def send(by: Actor) -> services.Round:
    """Send all that is due at one prison."""
    sent = not_sent = 0
    more = True
    while more:
        done = services.send_due(by=by, at=timezone.now())
        sent, not_sent = sent + done.sent, not_sent + done.not_sent
        more = done.more
    return services.Round(sent, not_sent)


def recheck(by: Actor) -> None:
    """Decide what is booked at one prison again, if there is a reason to."""
    walk = services.begin_if_due(by=by, at=timezone.now())
    while walk is not None and services.step(walk.pk, by=by, at=timezone.now()):
        pass


def settle(by: Actor) -> None:
    """Follow visits, settle who did not come on days gone by, offer what is free."""
    now = timezone.now()
    if selectors.without_visit(now, by=by).exists():
        services.follow(by=by, at=now)
    today = timezone.localdate(now)
    if selectors.left_over(today, by=by).exists():
        services.miss(today, by=by, at=now)
    if selectors.erasable(now - timedelta(days=policies.KEPT_DAYS), by=by):
        services.erase_old(by=by, at=now)
    if selectors.waiting(by=by).exists():
        services.offer_free(by=by, at=now)


def _guarded(work: Callable[[Actor], object], by: Actor) -> None:
    try:
        work(by)
    except Exception:  # one prison's trouble must not end the work of all
        log.exception("%s at %s", work.__name__, by.institution_id)
