"""Building blocks of every model: the one part of the kernel that knows Django."""

from darbaza.kernel.db.direct import Insert, Statement, key, together
from darbaza.kernel.db.prepared import Prepared, PreparedObjects
from darbaza.kernel.db.rows import Row, never

__all__ = [
    "Insert",
    "Prepared",
    "PreparedObjects",
    "Row",
    "Statement",
    "key",
    "never",
    "together",
]
