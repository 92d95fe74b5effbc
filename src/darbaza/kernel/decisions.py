"""A decision carries all its grounds; each ground names its rule and its figures.

Policies return these; services act on them and record them; pages turn the codes
into words. No text for people stands here.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from types import MappingProxyType
from typing import Any

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Effect(IntEnum):
    """What a ground does: speaks for, asks for care, or stands against."""

    ALLOW = 0
    WARN = 1
    BLOCK = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """Reference to a rule row: its stable code and whether a lawyer has verified it."""

    code: str
    verified: bool = False
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason, by code, with the rule under it and the figures it used.

    ``lift`` names the permission that may override a blocking ground; empty means
    that nobody may.
    """

    code: str
    effect: Effect
    rule: str = ""
    verified: bool = True
    figures: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    lift: str = ""

    def as_facts(self) -> dict[str, Any]:
        """Return the ground as plain values for storing and for the audit record."""
        return {
            "code": self.code,
            "effect": self.effect.name.lower(),
            "rule": self.rule,
            "verified": self.verified,
            "figures": {n: _plain(v) for n, v in self.figures.items()},
            "lift": self.lift,
        }

    @classmethod
    def of_facts(cls, facts: Mapping[str, Any]) -> "Ground":
        """Build the ground again from :meth:`as_facts`, also after a trip as JSON."""
        figures = {name: _day(value) for name, value in facts["figures"].items()}
        effect = Effect[facts["effect"].upper()]
        return cls(**{**facts, "effect": effect, "figures": figures})


@dataclass(frozen=True, slots=True)
class Decision:
    """Every ground that speaks for, for care, or against. True when nothing blocks."""

    grounds: tuple[Ground, ...] = ()

    @property
    def effect(self) -> Effect:
        """The gravest effect of all grounds; ALLOW when there is none."""
        return max((g.effect for g in self.grounds), default=Effect.ALLOW)

    @property
    def codes(self) -> list[str]:
        """The codes of all grounds, in the order of the policy."""
        return [g.code for g in self.grounds]

    @property
    def blocking(self) -> tuple[Ground, ...]:
        """The grounds that stand against."""
        return tuple(g for g in self.grounds if g.effect is Effect.BLOCK)

    def __bool__(self) -> bool:
        return self.effect < Effect.BLOCK

    def __add__(self, other: "Decision") -> "Decision":
        return Decision(self.grounds + other.grounds)

    def lifted(self, codes: Iterable[str]) -> "Decision":
        """Return the decision after an override: the named blocks become warnings.

        A ground that nobody may lift stays a block, whatever ``codes`` says.
        """
        wanted = set(codes)
        return Decision(
            tuple(
                Ground(g.code, Effect.WARN, g.rule, g.verified, g.figures, g.lift)
                if g.effect is Effect.BLOCK and g.lift and g.code in wanted
                else g
                for g in self.grounds
            )
        )

    def as_facts(self) -> list[dict[str, Any]]:
        """Return all grounds as plain values."""
        return [g.as_facts() for g in self.grounds]

    @classmethod
    def of_facts(cls, facts: Iterable[Mapping[str, Any]]) -> "Decision":
        """Build the decision again from :meth:`as_facts`."""
        return cls(tuple(Ground.of_facts(f) for f in facts))


def allow(code: str, *, rule: Rule | None = None, **figures: Any) -> Ground:
    """A ground that speaks for."""
    return _ground(code, Effect.ALLOW, rule, "", figures)


def warn(code: str, *, rule: Rule | None = None, **figures: Any) -> Ground:
    """A ground that asks for care and never refuses."""
    return _ground(code, Effect.WARN, rule, "", figures)


def block(
    code: str, *, rule: Rule | None = None, lift: str = "", **figures: Any
) -> Ground:
    """A ground that stands against, whoever verified its rule.

    For orders and facts (a ban, a full hall), not for figures of law: see ``by_law``.
    """
    return _ground(code, Effect.BLOCK, rule, lift, figures)


def by_law(code: str, *, rule: Rule, lift: str = "", **figures: Any) -> Ground:
    """A ground from a figure of law: blocks where verified, else only warns."""
    effect = Effect.BLOCK if rule.verified else Effect.WARN
    return _ground(code, effect, rule, lift, figures)


def _ground(
    code: str, effect: Effect, rule: Rule | None, lift: str, figures: dict[str, Any]
) -> Ground:
    if rule is None:
        return Ground(code, effect, figures=figures, lift=lift)
    return Ground(code, effect, rule.code, rule.verified, figures, lift)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _day(value: Any) -> Any:
    """Return a calendar day that JSON turned into text as a day again."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(value)
    return value
