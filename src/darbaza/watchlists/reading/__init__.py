"""Files of lists: the United Nations' XML, and tables with a column mapping.

Plain Python: no Django, no database. Every file counts as hostile.
"""

from darbaza.watchlists.reading.tables import FIELDS, guess, head, table
from darbaza.watchlists.reading.united_nations import united_nations

__all__ = ["FIELDS", "guess", "head", "table", "united_nations"]
