"""Names of people: one sound key for Cyrillic and Latin, comparison, search.

Plain Python: no Django, no database. The doors are the names below.
"""

from darbaza.persons.names.cleaning import clean
from darbaza.persons.names.comparing import CODES, THRESHOLD, Match, Reason, compare
from darbaza.persons.names.folding import Folded, fold
from darbaza.persons.names.searching import Hit, Index
from darbaza.persons.names.spelling import cyrillic_sort_key, latin

__all__ = [
    "CODES",
    "THRESHOLD",
    "Folded",
    "Hit",
    "Index",
    "Match",
    "Reason",
    "clean",
    "compare",
    "cyrillic_sort_key",
    "fold",
    "latin",
]
