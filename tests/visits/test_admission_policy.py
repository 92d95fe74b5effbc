"""May this visit take place, may this visitor take part: every ground by name."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from darbaza.kernel.decisions import Effect, Rule
from darbaza.kernel.periods import year_of
from darbaza.visits.policies import admission, papers
from darbaza.visits.types import (
    AllowanceFact,
    RestrictionFact,
    Rules,
    SlotFact,
    VisitFacts,
    VisitorFacts,
)

DAY = date(2026, 11, 23)
NINE = datetime(2026, 11, 23, 3, tzinfo=UTC)
SLOT = SlotFact(NINE, NINE + timedelta(hours=4), 3, 1, 0, 0, seat_id=UUID(int=9))
QUOTA = Rule("visits.quota.short", verified=True)
ALLOWANCE = AllowanceFact(
    UUID(int=1), 6, 1, due=0, granted=True,
    period=year_of(DAY), rule=QUOTA,
)  # fmt: skip
VISIT = VisitFacts(
    "short", DAY, held=True, here=True, legal_status="sentenced", people=1,
    children=0, closed=False, slot=SLOT, allowance=ALLOWANCE,
)  # fmt: skip
VISITOR = VisitorFacts(
    UUID(int=2), "lead", date(1980, 1, 1), 3, "id_card", date(2030, 1, 1),
    contact_status="approved", kinship="sibling",
)  # fmt: skip
VERIFIED = Rules({c: Rule(c, verified=True) for c in (
    "visits.document", "visits.isolation", "visits.quarantine",
    "visits.remand_permit", "visits.long_relatives", "visits.quota.short",
    "visits.contact_approval", "visits.minor_with_adult", "visits.lawyer",
    "visits.official",
)})  # fmt: skip
UNVERIFIED = Rules()


def ban(level: str, kind: str = "banned") -> RestrictionFact:
    return RestrictionFact(kind, level, None, "No. 12", "director")


def hold(rules: Rules = VERIFIED, **changes: object) -> dict[str, Effect]:
    decision = admission.may_hold(replace(VISIT, **changes), rules=rules)
    return {g.code: g.effect for g in decision.grounds}


def take_part(
    *,
    rules: Rules = VERIFIED,
    adults: int = 1,
    visit: VisitFacts = VISIT,
    **changes: object,
) -> dict[str, Effect]:
    decision = admission.may_take_part(
        visit, replace(VISITOR, **changes), adults=adults, rules=rules
    )
    return {g.code: g.effect for g in decision.grounds}


def test_an_ordinary_visit_is_green_and_says_what_is_left():
    assert hold() == {"quota_left": Effect.ALLOW}
    assert take_part() == {
        "known_visitor": Effect.ALLOW,
        "contact_approved": Effect.ALLOW,
    }


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"held": False}, "released"),
        ({"here": False}, "transferred"),
        ({"separations": (("hospital", None),)}, "hospital"),
        ({"separations": (("isolation", DAY),)}, "isolation"),
        ({"separations": (("quarantine", None),)}, "quarantine"),
        ({"slot": None}, "no_session"),
        ({"slot": replace(SLOT, cancelled=True)}, "session_closed"),
        ({"block_fits": False}, "session_of_other_block"),
        ({"slot": replace(SLOT, open_taken=3)}, "session_full"),
        ({"closed": True, "slot": replace(SLOT, closed_taken=1)}, "session_full"),
        ({"slot": replace(SLOT, seats=2, seat_id=None)}, "seat_taken"),
        ({"people": 5, "slot": replace(SLOT, seat_people=4)}, "too_many_visitors"),
        ({"keep_apart": frozenset({"session", "day"})}, "keep_apart_session"),
        ({"keep_apart": frozenset({"day"})}, "keep_apart_day"),
        ({"allowance": replace(ALLOWANCE, left=0)}, "quota_used"),
        ({"allowance": replace(ALLOWANCE, left=-1)}, "quota_used"),
        ({"restrictions": (ban("prisoner"),)}, "prisoner_no_visits"),
        ({"restrictions": (ban("prisoner", "closed"),)}, "closed_only"),
        ({"restrictions": (ban("prisoner", "no_children"),), "children": 1},
         "no_children"),
    ],
)  # fmt: skip
def test_what_stands_against_a_visit_blocks_it(changes, code):
    assert hold(**changes)[code] is Effect.BLOCK


@pytest.mark.parametrize(
    "changes",
    [
        {"slot": replace(SLOT, open_taken=2)},
        {"people": 4, "slot": replace(SLOT, seat_people=4)},
        {"restrictions": (ban("prisoner", "closed"),), "closed": True},
        {"restrictions": (ban("prisoner", "no_children"),)},
        {"restrictions": (ban("prisoner", "supervised"),)},
        {"allowance": replace(ALLOWANCE, amount=None, left=0)},
        {"allowance": None},
    ],
    ids=["last place", "full table", "closed visit", "no child came", "observed",
         "no limit", "no rule"],
)  # fmt: skip
def test_one_step_before_the_boundary_nothing_blocks(changes):
    assert Effect.BLOCK not in hold(**changes).values()


@pytest.mark.parametrize("code", ["isolation", "quarantine"])
def test_an_unverified_rule_warns_and_never_refuses(code):
    found = hold(UNVERIFIED, separations=((code, None),))
    assert found[code] is Effect.WARN


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"contact_status": ""}, "contact_missing"),
        ({"contact_status": "pending"}, "contact_pending"),
        ({"document_kind": ""}, "document_missing"),
        ({"document_expires_on": DAY - timedelta(days=1)}, "document_expired"),
        ({"conditions": ("not_yet_valid",)}, "document_not_yet_valid"),
        ({"visit": replace(VISIT, kind="lawyer")}, "lawyer_without_licence"),
        ({"visit": replace(VISIT, kind="official")}, "official_without_paper"),
        ({"part": "child", "birth_on": date(2018, 5, 5), "adults": 0}, "minor_alone"),
    ],
)
def test_what_only_an_unverified_rule_forbids_a_visitor_warns(changes, code):
    assert take_part(rules=UNVERIFIED, **changes)[code] is Effect.WARN


def test_what_an_order_forbids_blocks_whatever_the_rule_is():
    banned = take_part(rules=UNVERIFIED, restrictions=(ban("person"),))
    assert banned["banned_everywhere"] is Effect.BLOCK
    refused = take_part(rules=UNVERIFIED, contact_status="refused")
    assert refused["contact_refused"] is Effect.BLOCK


def test_used_quota_of_an_unverified_rule_only_warns():
    unverified = replace(ALLOWANCE, left=0, rule=Rule("visits.quota.short"))
    assert hold(allowance=unverified)["quota_used"] is Effect.WARN


def test_a_lawyer_needs_no_allowance_session_or_contact_and_is_never_overheard():
    visit = replace(VISIT, kind="lawyer", slot=None, allowance=None,
                    restrictions=(ban("prisoner"),))  # fmt: skip
    decision = admission.may_hold(visit, rules=VERIFIED)
    assert decision.codes == ["no_allowance_needed", "never_overheard"]
    found = take_part(visit=visit, contact_status="", document_kind="lawyer_licence")
    assert Effect.BLOCK not in found.values()


def test_a_lawyer_without_licence_is_stopped_until_the_supervisor_decides():
    found = take_part(visit=replace(VISIT, kind="lawyer"))
    assert found["lawyer_without_licence"] is Effect.BLOCK


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"inside": True}, "already_inside"),
        ({"registered_today": True}, "already_registered_today"),
        ({"restrictions": (ban("person"),)}, "banned_everywhere"),
        ({"restrictions": (ban("pair"),)}, "banned_pair"),
        ({"restrictions": (ban("pair", "closed"),)}, "closed_only"),
        ({"restrictions": (ban("pair", "no_children"),), "part": "child"},
         "no_children"),
        ({"contact_status": ""}, "contact_missing"),
        ({"contact_status": "pending"}, "contact_pending"),
        ({"contact_status": "refused"}, "contact_refused"),
        ({"document_kind": ""}, "document_missing"),
        ({"document_expires_on": DAY - timedelta(days=1)}, "document_expired"),
        ({"conditions": ("not_yet_valid",)}, "document_not_yet_valid"),
    ],
)  # fmt: skip
def test_what_stands_against_a_visitor_blocks_them(changes, code):
    assert take_part(**changes)[code] is Effect.BLOCK


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"document_expires_on": DAY}, "document_expires_soon"),
        ({"document_expires_on": DAY + timedelta(days=30)}, "document_expires_soon"),
        ({"document_kind": "phone_document"}, "document_by_eye"),
        ({"conditions": ("unknown_issuer",)}, "document_unknown_issuer"),
        ({"conditions": ("damaged",)}, "document_damaged"),
        ({"birth_on": None}, "birth_date_unknown"),
        ({"restrictions": (ban("person", "earlier_information"),)},
         "earlier_information"),
    ],
)  # fmt: skip
def test_what_asks_for_care_only_warns(changes, code):
    assert take_part(**changes)[code] is Effect.WARN


def test_thirty_one_days_before_expiry_nothing_is_said():
    assert "document_expires_soon" not in take_part(
        document_expires_on=DAY + timedelta(days=31)
    )


def test_remand_asks_for_the_permit_of_the_investigator_or_court():
    visit = replace(VISIT, legal_status="remand")
    assert take_part(visit=visit)["remand_permit_missing"] is Effect.BLOCK
    assert take_part(visit=visit, permit_left=0)["remand_permit_used"] is Effect.BLOCK
    assert take_part(visit=visit, permit_left=1)["remand_permit_ok"] is Effect.ALLOW
    unverified = take_part(visit=visit, rules=UNVERIFIED)
    assert unverified["remand_permit_missing"] is Effect.WARN


def test_a_long_visit_asks_for_a_close_relative():
    visit = replace(VISIT, kind="long")
    assert "not_close_relative" not in take_part(visit=visit, kinship="spouse")
    found = take_part(visit=visit, kinship="friend")
    assert found["not_close_relative"] is Effect.BLOCK


@pytest.mark.parametrize(
    ("born", "minor"),
    [
        (date(2008, 11, 23), False),
        (date(2008, 11, 24), True),
        (date(2008, 2, 29), False),
    ],
    ids=["eighteenth birthday", "the day before", "leap day"],
)
def test_who_is_a_minor(born, minor):
    assert papers.is_minor(replace(VISITOR, birth_on=born), on=DAY) is minor


def test_a_child_needs_an_adult_and_shows_a_birth_certificate():
    child = {"part": "child", "birth_on": date(2018, 5, 5), "document_kind": ""}
    alone = take_part(adults=0, **child)
    assert alone["minor_alone"] is Effect.BLOCK
    assert alone["minor_without_birth_certificate"] is Effect.WARN
    with_paper = take_part(**child, paper="birth_certificate")
    assert "minor_without_birth_certificate" not in with_paper
    assert "document_missing" not in with_paper


def test_no_rank_lifts_a_meeting_of_prisoners_kept_apart_nor_a_double_entry():
    apart = admission.may_hold(
        replace(VISIT, keep_apart=frozenset({"session"})), rules=VERIFIED
    )
    inside = admission.may_take_part(
        VISIT, replace(VISITOR, inside=True), adults=1, rules=VERIFIED
    )
    assert not apart.lifted(["keep_apart_session"])
    assert not inside.lifted(["already_inside"])
    full = admission.may_hold(
        replace(VISIT, slot=replace(SLOT, open_taken=3)), rules=VERIFIED
    )
    assert full.lifted(["session_full"])
