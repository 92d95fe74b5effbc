"""The prisoner's file in its short form: one module an aggregate."""

from darbaza.custody.models.contact import Contact, Permit
from darbaza.custody.models.imports import ImportBatch, ImportHead, ImportRow
from darbaza.custody.models.prisoner import Change, Prisoner, Separation
from darbaza.custody.models.restriction import KeepApart, Restriction

__all__ = [
    "Change",
    "Contact",
    "ImportBatch",
    "ImportHead",
    "ImportRow",
    "KeepApart",
    "Permit",
    "Prisoner",
    "Restriction",
    "Separation",
]
