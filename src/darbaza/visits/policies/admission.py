"""May this visit take place, and may this visitor take part? Every ground is given.

What an order or a plain fact forbids blocks (a ban, a full hall). What only a rule of
law forbids (a quota, an approval, a paper to be shown) blocks where somebody has
verified the rule, and warns until then (``by_law``). ``lift`` names the rank that may
set a block aside; without it nobody may.
"""

from collections.abc import Iterator

from darbaza.accounts.permissions import Permission
from darbaza.kernel.decisions import Decision, Ground, allow, block, by_law, warn
from darbaza.visits.policies import papers
from darbaza.visits.types import (
    PRIVILEGED,
    USES_ALLOWANCE,
    RestrictionFact,
    Rules,
    VisitFacts,
    VisitorFacts,
)

SHIFT = Permission.OVERRIDE_SHIFT.value
DIRECTOR = Permission.OVERRIDE_DIRECTOR.value
RELATIVES_FOR_LONG = frozenset(
    {
        "spouse", "parent", "child", "adoptive_parent", "adopted_child", "sibling",
        "half_sibling", "grandparent", "grandchild",
    }
)  # fmt: skip
"""Criminal Procedure Code 5(19) and the spouse; Russian proxy 89(2) for long visits."""


def may_hold(facts: VisitFacts, *, rules: Rules) -> Decision:
    """Decide on the visit as such: prisoner, allowance, session, keep-apart."""
    return Decision(
        (
            *_prisoner(facts, rules),
            *_allowance(facts, rules),
            *_slot(facts, rules),
            *_keep_apart(facts, rules),
            *(_prisoners_restriction(facts, r, rules) for r in _prisoner_wide(facts)),
        )
    )


def may_take_part(
    visit: VisitFacts, visitor: VisitorFacts, *, adults: int, rules: Rules
) -> Decision:
    """Decide on one visitor; ``adults`` counts the party's adults who may enter."""
    return Decision(
        (
            *_presence(visitor),
            *(_visitors_restriction(visit, visitor, r, rules)
              for r in visitor.restrictions),
            *_contact(visit, visitor, rules),
            *papers.grounds(visit, visitor, rules=rules),
            *_minor(visit, visitor, adults, rules),
        )
    )  # fmt: skip


def _prisoner(facts: VisitFacts, rules: Rules) -> Iterator[Ground]:
    if not facts.held:
        yield block("released")
    elif not facts.here:
        yield block("transferred")
    for kind, until in facts.separations:
        if kind == "hospital":
            yield block("hospital", lift=SHIFT, until=until)
        elif facts.kind not in PRIVILEGED:
            rule = rules[f"visits.{kind}"]
            yield by_law(kind, rule=rule, lift=DIRECTOR, until=until)


def _allowance(facts: VisitFacts, rules: Rules) -> Iterator[Ground]:
    if facts.kind not in USES_ALLOWANCE:
        yield allow("no_allowance_needed", rule=rules[f"visits.{facts.kind}"])
        if facts.kind == "lawyer":
            yield allow("never_overheard", rule=rules["visits.lawyer"])
        return
    quota = facts.allowance
    if quota is None:
        yield warn("no_quota_rule", rule=rules[f"visits.quota.{facts.kind}"])
    elif quota.amount is None:
        yield allow("quota_unlimited", rule=quota.rule)
    elif quota.left > 0:
        figures = {"left": quota.left, "until": quota.period.ends_on}
        yield allow("quota_left", rule=quota.rule, kind=facts.kind, **figures)
    else:
        figures = {"quota": quota.amount, "next_on": quota.period.ends_on}
        yield by_law(
            "quota_used", rule=quota.rule, lift=DIRECTOR, kind=facts.kind, **figures
        )


def _slot(facts: VisitFacts, rules: Rules) -> Iterator[Ground]:
    slot, rule = facts.slot, rules["visits.capacity"]
    if slot is None:
        if facts.kind in USES_ALLOWANCE:
            yield block("no_session", rule=rule, lift=SHIFT)
        return
    if slot.cancelled:
        yield block("session_closed", rule=rule, lift=DIRECTOR)
    if not facts.block_fits:
        yield block("session_of_other_block", rule=rule, lift=SHIFT)
    places = slot.closed_places if facts.closed else slot.open_places
    taken = slot.closed_taken if facts.closed else slot.open_taken
    if taken >= places:
        yield block("session_full", rule=rule, lift=SHIFT, places=places, taken=taken)
    elif slot.seats and slot.seat_id is None:
        yield block("seat_taken", rule=rule, seats=slot.seats)
    elif slot.seat_people and facts.people > slot.seat_people:
        most = {"people": facts.people, "most": slot.seat_people}
        yield block("too_many_visitors", rule=rule, lift=SHIFT, **most)


def _keep_apart(facts: VisitFacts, rules: Rules) -> Iterator[Ground]:
    rule = rules["visits.keep_apart"]
    if "session" in facts.keep_apart:
        yield block("keep_apart_session", rule=rule)
    elif "day" in facts.keep_apart:
        yield block("keep_apart_day", rule=rule, lift=DIRECTOR)


def _prisoner_wide(facts: VisitFacts) -> Iterator[RestrictionFact]:
    if facts.kind not in PRIVILEGED:
        yield from facts.restrictions


def _prisoners_restriction(
    facts: VisitFacts, restriction: RestrictionFact, rules: Rules
) -> Ground:
    rule, figures = rules["visits.restriction"], _figures(restriction)
    match restriction.kind:
        case "banned":
            return block("prisoner_no_visits", rule=rule, lift=DIRECTOR, **figures)
        case "closed" if not facts.closed:
            return block("closed_only", rule=rule, lift=DIRECTOR, **figures)
        case "no_children" if facts.children:
            return block("no_children", rule=rule, lift=DIRECTOR, **figures)
        case _:
            return warn(_mild(restriction), rule=rule, **figures)


def _visitors_restriction(
    visit: VisitFacts, visitor: VisitorFacts, restriction: RestrictionFact, rules: Rules
) -> Ground:
    rule, figures = rules["visits.restriction"], _figures(restriction)
    match restriction.kind:
        case "banned":
            everywhere = restriction.level == "person"
            code = "banned_everywhere" if everywhere else "banned_pair"
            return block(code, rule=rule, lift=DIRECTOR, **figures)
        case "closed" if not visit.closed:
            return block("closed_only", rule=rule, lift=DIRECTOR, **figures)
        case "no_children" if visitor.part == "child":
            return block("no_children", rule=rule, lift=DIRECTOR, **figures)
        case _:
            return warn(_mild(restriction), rule=rule, **figures)


def _mild(restriction: RestrictionFact) -> str:
    """The code of a restriction that is met already or only asks for care."""
    if restriction.kind in {"supervised", "earlier_information"}:
        return restriction.kind
    return "restriction_met"


def _figures(restriction: RestrictionFact) -> dict[str, object]:
    return {
        "until": restriction.until,
        "order": restriction.order,
        "authority": restriction.authority,
        "level": restriction.level,
    }


def _presence(visitor: VisitorFacts) -> Iterator[Ground]:
    if visitor.inside:
        yield block("already_inside")
    elif visitor.registered_today:
        yield block("already_registered_today", lift=SHIFT)
    if visitor.earlier_visits:
        yield allow("known_visitor", visits=visitor.earlier_visits)
    else:
        yield allow("new_visitor")


def _contact(
    visit: VisitFacts, visitor: VisitorFacts, rules: Rules
) -> Iterator[Ground]:
    if visit.kind not in USES_ALLOWANCE and visit.kind != "video":
        return
    rule = rules["visits.contact_approval"]
    kinship = {"kinship": visitor.kinship}
    match visitor.contact_status:
        case "approved":
            yield allow("contact_approved", rule=rule, **kinship)
        case "pending":
            yield by_law("contact_pending", rule=rule, lift=SHIFT, **kinship)
        case "refused":
            yield block("contact_refused", rule=rule, lift=DIRECTOR, **kinship)
        case _:
            yield by_law("contact_missing", rule=rule, lift=SHIFT)
    if visit.kind == "long" and visitor.kinship not in RELATIVES_FOR_LONG:
        law = rules["visits.long_relatives"]
        yield by_law("not_close_relative", rule=law, lift=DIRECTOR, **kinship)
    if visit.legal_status in {"remand", "awaiting"}:
        yield _permit(visitor, rules)


def _permit(visitor: VisitorFacts, rules: Rules) -> Ground:
    rule = rules["visits.remand_permit"]
    if visitor.permit_left is None:
        return by_law("remand_permit_missing", rule=rule, lift=DIRECTOR)
    if visitor.permit_left <= 0:
        return by_law("remand_permit_used", rule=rule, lift=DIRECTOR)
    return allow("remand_permit_ok", rule=rule, left=visitor.permit_left)


def _minor(
    visit: VisitFacts, visitor: VisitorFacts, adults: int, rules: Rules
) -> Iterator[Ground]:
    if visitor.birth_on is None:
        yield warn("birth_date_unknown", rule=rules["visits.identity"])
    if not papers.is_minor(visitor, on=visit.day):
        return
    rule = rules["visits.minor_with_adult"]
    if not adults:
        yield by_law("minor_alone", rule=rule, lift=SHIFT)
    seen = {visitor.paper, visitor.document_kind}
    if "birth_certificate" not in seen:
        yield warn("minor_without_birth_certificate", rule=rule)
