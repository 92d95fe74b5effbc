"""Lists of prisoners, contacts, bans and users, taken over from CSV and XLSX.

One file is one ``ImportBatch``; each of its lines an ``ImportRow``. Three walks go
over the rows in chunks of 200, each chunk one transaction with its audit events:
*check* (what would happen), *make* (do it) and *undo* (withdraw what was made). A walk
takes the rows that still wait for it, so one that was cut off goes on where it stopped,
and one that is repeated finds nothing to do. A row that is in the register already is
found by its number, document or name and birth date: the same file again changes
nothing. Every row leaves the same events as if it had been typed.
"""
