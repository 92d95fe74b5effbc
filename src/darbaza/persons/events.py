"""What is written down about people's records."""

from darbaza.audit.types import Erasure, EventType

REGISTERED = EventType("person.registered", Erasure.UNLINK)
CORRECTED = EventType("person.corrected", Erasure.UNLINK)
DOCUMENT_ADDED = EventType("person.document_added", Erasure.UNLINK)
PHOTO_STORED = EventType("person.photo_stored", Erasure.UNLINK)
NOTICE_GIVEN = EventType("person.notice_given", Erasure.UNLINK)
MERGED = EventType("person.merged", Erasure.UNLINK)
MERGE_UNDONE = EventType("person.merge_undone", Erasure.UNLINK)
READ = EventType("person.read", Erasure.UNLINK)
