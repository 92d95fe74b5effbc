"""A paper goes to a printer, or the reason why not comes back. No database here.

Nothing in this package may be called inside a transaction: a printer that does not
answer must never keep the write lock. Every wait has a limit (``channels``).
"""

from darbaza.sites.printing.sending import ask, send

__all__ = ["ask", "send"]
