"""What the audit record says about sendings, bags and what was found."""

from darbaza.audit.types import Erasure, EventType

REGISTERED = EventType("parcel.registered", Erasure.UNLINK)
REFUSED = EventType("parcel.refused", Erasure.UNLINK)
CANCELLED = EventType("parcel.cancelled", Erasure.UNLINK)
CORRECTED = EventType("parcel.corrected", Erasure.UNLINK)
RECEIPT_PRINTED = EventType("parcel.receipt_printed", Erasure.UNLINK)
LABEL_PRINTED = EventType("parcel.label_printed", Erasure.UNLINK)

MOVED = EventType("parcel.bag_moved", Erasure.UNLINK)
SPLIT = EventType("parcel.bag_split", Erasure.UNLINK)
INSPECTED = EventType("parcel.inspected", Erasure.UNLINK)
SEARCHED = EventType("parcel.person_searched", Erasure.UNLINK)
FOUND = EventType("parcel.found", Erasure.UNLINK)
FINDING_WITHDRAWN = EventType("parcel.finding_withdrawn", Erasure.UNLINK)
PROTOCOL_PRINTED = EventType("parcel.protocol_printed", Erasure.UNLINK)
PICTURE_ADDED = EventType("parcel.picture_added", Erasure.UNLINK)
DELIVERED = EventType("parcel.delivered", Erasure.UNLINK)
NOT_DELIVERED = EventType("parcel.not_delivered", Erasure.UNLINK)
EXPORTED = EventType("parcel.exported")

ITEM_ADDED = EventType("catalogue.item_added")
ITEM_CHANGED = EventType("catalogue.item_changed")
BARCODE_LEARNED = EventType("catalogue.barcode_learned")
BUNDLE_CHANGED = EventType("catalogue.bundle_changed")
CATALOGUE_LOADED = EventType("catalogue.loaded")
SUSPENDED = EventType("catalogue.perishables_suspended")
SUSPENSION_ENDED = EventType("catalogue.suspension_ended")
