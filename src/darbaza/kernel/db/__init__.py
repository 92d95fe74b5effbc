"""Building blocks of every model: the one part of the kernel that knows Django."""

from darbaza.kernel.db.direct import Insert, Statement, key, together
from darbaza.kernel.db.rows import Row, never

__all__ = ["Insert", "Row", "Statement", "key", "never", "together"]
