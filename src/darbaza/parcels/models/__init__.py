"""Rows of the parcels room."""

from darbaza.parcels.models.bag import Bag, Line, Step
from darbaza.parcels.models.correction import Correction
from darbaza.parcels.models.goods import Barcode, Bundle, BundleLine, Item, Suspension
from darbaza.parcels.models.inspection import Finding, Inspection, Picture, Search
from darbaza.parcels.models.sending import Override, Sending

__all__ = [
    "Bag",
    "Barcode",
    "Bundle",
    "BundleLine",
    "Correction",
    "Finding",
    "Inspection",
    "Item",
    "Line",
    "Override",
    "Picture",
    "Search",
    "Sending",
    "Step",
    "Suspension",
]
