"""Words of delivery: what happens next, why not, how it stands; also for families."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from darbaza.audit import texts as audit
from darbaza.pages.templatetags.pages import weight
from darbaza.parcels.delivery import Alarm, Missed, Next
from darbaza.parcels.models import Bag
from darbaza.parcels.types import ItemRule, Verdict

NEXT: dict[Next, Promise] = {
    Next.INSPECT: _("Is inspected, then goes to the store."),
    Next.ROUND: _("Goes out with the next round of the block."),
    Next.HAND_OVER: _("Is out on a round: hand it over, or bring it back."),
    Next.WAIT: _("The prisoner is in hospital: it waits in the store."),
    Next.SEND_ON: _("The file is in another institution: send it on."),
    Next.COLLECT: _("The prisoner was released: kept until it is collected."),
    Next.TO_SENDER: _("Goes back to the sender against a signature."),
    Next.DECIDE: _("Kept under seal until somebody decides."),
    Next.DONE: _("Nothing more: its way has ended."),
}

MISSED: dict[Missed, Promise] = {
    Missed.ABSENT: _("was not there: try the next round"),
    Missed.REFUSED: _("does not want it: back to the sender"),
    Missed.HOSPITAL: _("is in hospital: it waits in the store"),
    Missed.TRANSFERRED: _("was transferred: send it on"),
    Missed.RELEASED: _("was released: kept until it is collected"),
}

ALARM: dict[Alarm, Promise] = {
    Alarm.SOON: _("due soon"),
    Alarm.LATE: _("late"),
}

STATE: dict[str, Promise] = {
    "registered": _("It was handed in and waits for the inspection."),
    "accepted": _("It was inspected and lies in the store. It is handed over soon."),
    "under_way": _("It is on its way to the addressee."),
    "ask": _(
        "It could not be handed over. Please ask at the entrance where you brought it."
    ),
    "delivered": _("It was handed over."),
    "refused": _("It was not accepted. The reasons are on the paper you were given."),
    "returned": _("It went back to the sender."),
    "kept": _("It is kept. Please ask at the entrance where you brought it."),
    "cancelled": _("It was entered by mistake, and nothing was taken."),
}
"""What a sender reads; the same words wherever the prisoner is, and why."""

BACK: Promise = _("Part of it goes back to you: please take it at the entrance.")

VERDICTS: dict[Verdict, Promise] = {
    Verdict.ALLOWED: _("May be brought"),
    Verdict.LIMITED: _("May be brought up to a limit"),
    Verdict.MEDICAL: _("Only on a doctor's advice"),
    Verdict.PROHIBITED: _("May not be brought"),
    Verdict.CRIMINAL: _("May not be brought: passing it on is an offence"),
}
"""What families read of a category of goods."""

CHANNELS: dict[str, Promise] = {
    "package": _("Package handed over at the entrance"),
    "parcel": _("Posted parcel"),
    "packet": _("Small posted packet"),
}

UNVERIFIED: Promise = _(
    "* The institution's lawyer has not yet verified this; ask at the entrance."
)

HOW: dict[str, Promise] = {
    "tablet": _("signed on the screen"),
    "paper": _("signed on the paper list"),
}


def about(rule: ItemRule) -> str:
    """Say to a family what holds for goods of a category."""
    told = str(VERDICTS[rule.verdict])
    more = limit(rule)
    mark = "" if rule.rule.verified else "*"
    return f"{told}{mark}" + (f": {more}" if more else "")


def limit(rule: ItemRule) -> str:
    """Say the limits of a category, "" for none."""
    told = []
    if rule.most is not None:
        told.append(gettext("at most %(most)s pieces") % {"most": rule.most})
    if rule.most_g is not None:
        told.append(gettext("at most %(kg)s kg") % {"kg": weight(rule.most_g)})
    return ", ".join(told)


def entry(event: Any) -> dict[str, Any]:
    """Return one event of the record as ``pages/_history.html`` shows it."""
    facts = event.facts
    return {
        "what": audit.text(event.type),
        "at": event.at,
        "who": event.actor_name,
        "reason": facts.get("reason", ""),
        "detail": _detail(facts),
    }


def _detail(facts: dict[str, Any]) -> str:
    """Say where a bag went, why not, how it was signed for."""
    if facts.get("to"):
        return str(dict(Bag.State.choices).get(facts["to"], facts["to"]))
    for name, words in (("why", MISSED), ("signed", HOW)):
        known: Any = words
        if facts.get(name) in known:
            return str(known[facts[name]])
    return ""
