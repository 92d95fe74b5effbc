"""Words of entitlements: codes of rules and ledgers, events, refusals."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from darbaza.entitlements import events
from darbaza.pages import grounds
from darbaza.pages.grounds import Text

EVENTS: dict[str, Promise] = {
    events.GRANTED.code: _("Allowance granted"),
    events.USED.code: _("Allowance used"),
    events.RETURNED.code: _("Allowance returned"),
    events.CORRECTED.code: _("Allowance corrected"),
    events.EXTRA_GIVEN.code: _("Extra allowance given"),
    events.RULE_ADDED.code: _("New version of a rule"),
    events.RULE_VERIFIED.code: _("Rule verified"),
    events.RULE_SECOND_LOOK.code: _("Verified rule looked at again"),
    events.RULE_ENDED.code: _("Rule ended"),
    events.REFERENCE_LOADED.code: _("Shipped rules loaded"),
}

COUNTRIES: dict[str, Promise] = {
    "KG": _("Kyrgyz Republic"),
    "RU": _("Russia, stands in for Kyrgyz law that could not be read"),
    "UN": _("United Nations"),
}

REGIMES: dict[str, Promise] = {
    "colony_general": _("general regime"),
    "colony_strict": _("strict regime"),
    "colony_special": _("special regime"),
    "prison_regime": _("prison regime"),
    "juvenile_general": _("juvenile, general regime"),
    "juvenile_strengthened": _("juvenile, strengthened regime"),
    "sizo": _("remand prison"),
    "medical": _("treatment institution"),
    "isolator": _("punishment isolator"),
    "cell_type": _("cell-type rooms"),
    "settlement": _("settlement (abolished)"),
}

CONDITIONS: dict[str, Promise] = {
    "ordinary": _("ordinary conditions"),
    "eased": _("eased conditions"),
    "strict": _("strict conditions"),
    "privileged": _("privileged conditions"),
}

VERDICTS: dict[str, Promise] = {
    "allowed": _("may be brought"),
    "limited": _("may be brought up to a limit"),
    "medical": _("only on medical advice"),
    "prohibited": _("may not be brought"),
    "criminal": _("may not be brought: passing it is an offence"),
}
"""What a rule says of a category of goods."""

FIGURES: dict[str, Promise] = {
    "verdict": _("What holds for these goods"),
    "most": _("Pieces in one sending at most"),
    "most_g": _("Grams at most"),
    "hours": _("Hours until delivery"),
    "hours_perishable": _("Hours until delivery of perishable goods"),
    "prisoners": _("Prisoners from which on a supervisor looks"),
    "senders": _("Senders from which on a supervisor looks"),
    "near_limit_times": _("Times near the limit of weight"),
    "units": _("Fine in calculation units"),
    "som": _("Fine in som"),
    "years": _("Years of imprisonment"),
    "hours_work": _("Hours of community work"),
    "days": _("Days for the answer"),
    "days_at_most": _("Days at most"),
    "adult_from_years": _("Of age from (years)"),
    "returned": _("Reasons that give the allowance back"),
    "gate": _("Booked at the window: days ahead, from and to"),
    "staff": _("Booked by staff: days ahead, from and to"),
    "family": _("Booked by the family: days ahead, from and to"),
}

NOTES: dict[str, Promise] = {
    "by_family": _("cancelled by the family"),
    "by_prisoner": _("declined by the prisoner"),
    "by_institution": _("cancelled by the institution"),
    "not_come": _("nobody came"),
    "entered_in_error": _("entered in error"),
    "moved": _("moved to another time"),
    "ended_early_staff": _("ended early by staff"),
    "ended_early_family": _("ended early by the visitor"),
    "ended_early_prisoner": _("ended early by the prisoner"),
    "prisoner_refused": _("prisoner did not want the visit"),
    "prisoner_ill": _("prisoner was ill"),
    "prisoner_absent": _("prisoner was not available"),
    "visitor_refused": _("visitor was refused"),
    "kind_corrected": _("kind of visit corrected"),
}
"""Codes that rooms above give as the note of a returned allowance."""

SENDING_NOTES: dict[str, Promise] = {
    "sending_returned": _("the whole sending went back to the sender"),
    "channel_corrected": _("it came another way than was written down"),
}
"""The same, of sendings: no rule of visits may choose them."""

REFUSALS: dict[str, Promise] = {
    "allowance_used_up": _(
        "Nothing is left of the allowance (%(granted)s). Next possible: %(next_on)s."
    ),
    "allowance_kind": _("This kind uses no allowance."),
    "allowance_amount": _("Give a number from 1 to 50; a correction may be negative."),
    "reason_missing": _("Give the reason."),
    "rule_day_taken": _("Another version begins on %(valid_from)s already."),
    "rule_verified_later": _("This day has not come yet."),
    "rule_ends_too_early": _("The end must come after the first day."),
    "rule_ended": _("This version ends on %(valid_to)s already."),
    "quota_twice": _("One line of the table stands there twice."),
    "quota_impossible": _("One line of the table is not possible."),
}


def say(words: dict[str, Promise], code: str) -> str:
    """Return the words of a code; an unknown code as it is."""
    return str(words.get(code, code))


def figure(value: object) -> str:
    """Return a figure of a rule in words: a number, or a list of codes or numbers."""
    if isinstance(value, list):
        return ", ".join(say(NOTES, str(part)) for part in value)
    return say(VERDICTS, str(value))


def register() -> None:
    """Tell the pages why something was refused."""
    grounds.register({code: Text(words, words) for code, words in REFUSALS.items()})
