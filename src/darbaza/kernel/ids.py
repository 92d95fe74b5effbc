"""Keys and numbers: UUIDv7 for rows, random codes for what leaves the house."""

import secrets
from uuid import UUID

from uuid_utils.compat import uuid7

# Crockford's alphabet: no I, L, O, U, so a code can be read over the telephone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

NOWHERE = UUID(int=0)
"""Stands for "no institution": the service itself in audit chains."""


def new_id() -> UUID:
    """Return a UUIDv7: unique without a sequence, sorted by the time of creation.

    It shows that time, so it must never serve as a secret.
    """
    return uuid7()


def random_code(length: int) -> str:
    """Return ``length`` unguessable characters of 5 bits each."""
    bits = secrets.randbits(5 * length)
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in range(length))


def spoken(code: str) -> str:
    """Return a code in groups of four, to be read and typed."""
    return " ".join(code[n : n + 4] for n in range(0, len(code), 4))


def reference() -> str:
    """Return a short readable reference such as ``7KQ-3F9X``: 35 bits, no secret."""
    code = random_code(7)
    return f"{code[:3]}-{code[3:]}"
