"""Machine-readable zones of travel documents: text in, documents out; no Django.

``parse`` reads the one document in a text, ``parse_all`` every one, ``mend`` only
cleans lines, ``write`` makes valid lines, ``condition`` tells what is wrong with a
document on a day. Reading images is ``persons.mrz.reading``'s.
"""

from darbaza.persons.mrz.conditions import condition
from darbaza.persons.mrz.parsing import mend, parse, parse_all
from darbaza.persons.mrz.writing import write

__all__ = ["condition", "mend", "parse", "parse_all", "write"]
