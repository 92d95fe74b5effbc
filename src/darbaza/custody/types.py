"""Codes of the register. No Django here."""

from enum import StrEnum


class Regime(StrEnum):
    """Regime of the institution by the sentence (Criminal Code, articles 67 and 68)."""

    GENERAL = "colony_general"
    STRICT = "colony_strict"
    SPECIAL = "colony_special"
    PRISON = "prison_regime"
    JUVENILE_GENERAL = "juvenile_general"
    JUVENILE_STRENGTHENED = "juvenile_strengthened"
    REMAND = "sizo"
    MEDICAL = "medical"
    SETTLEMENT = "settlement"
    """Abolished in 2025 and 2026: for old files only."""


class Conditions(StrEnum):
    """Conditions inside an institution."""

    ORDINARY = "ordinary"
    EASED = "eased"
    STRICT = "strict"


class LegalStatus(StrEnum):
    """Where the criminal case stands."""

    REMAND = "remand"
    """Held before the sentence is final."""
    AWAITING = "awaiting"
    """Sentenced, the sentence not yet executed."""
    SENTENCED = "sentenced"
    LIFE = "life"


class Step(StrEnum):
    """What was done to a file; each is a row with an order and an audit event."""

    ADMITTED = "admitted"
    TRANSFERRED = "transferred"
    REGIME_CHANGED = "regime_changed"
    CONDITIONS_CHANGED = "conditions_changed"
    PLACED = "placed"
    SEPARATED = "separated"
    SEPARATION_ENDED = "separation_ended"
    RELEASED = "released"
    CORRECTED = "corrected"


ISOLATION_DAYS_AT_MOST = 15
"""Nelson Mandela Rules 43 and 44: a sixteenth day cannot be entered."""

CLOSE_RELATIVES = frozenset(
    {
        "parent",
        "child",
        "adoptive_parent",
        "adopted_child",
        "sibling",
        "half_sibling",
        "grandparent",
        "grandchild",
        "spouse",
    }
)
"""Criminal Procedure Code, article 5(19), and the spouse, named separately there."""
