"""Every page of which a picture is taken, with who may open it and the way to it."""

from urllib.parse import urlencode

STANDARD_DAY = urlencode(
    {
        "families": 120, "hours": 4, "parcels": 45, "known": 70,
        "clerks": 3, "inspectors": 2, "search_officers": 2, "seats": 20,
        "paper": 9, "scan": 1.5, "first_time": 4, "express": 0.75,
        "inspection": 5, "inspection_listed": 3.75, "search": 3, "visit": 40,
        "appointments": "even", "window": "on", "lists": "on", "opens": "09:00",
        "slot_minutes": 15,
        "target_mean": 10, "target_p95": 30,
    }
)  # fmt: skip
"""The day of ``docs/waiting-times.md``: at the demonstration's hardly anybody waits."""

PAGES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("gate-27", (("home", "/"), ("keys", "/keys/"), ("notice", "/gate/notice/"))),
    (
        "shift-27",
        (
            ("board", "/gate/board/"),
            ("evacuation", "/gate/evacuation/"),
            ("shift-report", "/gate/shift/"),
            ("belongings", "/gate/belongings/"),
            ("deposit", "/gate/belongings/ table tbody a"),
            ("lockers", "/gate/lockers/"),
            ("money", "/gate/money/"),
            ("everyone", "/gate/inside/"),
            ("badges", "/gate/badges/"),
            ("vehicles", "/gate/vehicles/"),
            ("vehicle", "/gate/vehicles/ table tbody a"),
            ("vehicle-in", "/gate/vehicles/new/"),
            ("shift", "/gate/shifts/"),
            ("what-if", f"/gate/what-if/?{STANDARD_DAY}"),
            ("parcels", "/parcels/"),
            ("sending", "/parcels/ table tbody a"),
            ("parcel-store", "/parcels/store/"),
            ("parcel-round", "/parcels/round/"),
            ("inspection", "/parcels/inspection/"),
            ("inspection-bag", "/parcels/inspection/ table tbody a"),
            ("findings", "/parcels/findings/"),
            ("finding", "/parcels/findings/ table tbody a"),
            ("search", "/persons/?q=асан table tbody a > a[href*='/parcels/search/']"),
            ("parcel-shift", "/parcels/shift/"),
            ("parcel-chains", "/parcels/chain/"),
            ("day", "/visits/"),
            ("visit", "/visits/ table tbody a"),
            ("calendar", "/visits/calendar/{month}/"),
            ("timetable", "/visits/timetable/"),
            ("closures", "/visits/closures/"),
            ("overrides", "/visits/overrides/"),
            ("refusals", "/visits/refusals/"),
            ("persons", "/persons/?q=асан"),
            ("contacts-waiting", "/prisoners/contacts/"),
            ("appointments-day", "/appointments/?on={booked}"),
            ("appointments-plan", "/appointments/plan/"),
            ("appointments-messages", "/appointments/messages/"),
            ("appointments-calls", "/appointments/messages/calls/"),
            ("appointments-second-looks", "/appointments/second-looks/"),
            ("likenesses", "/watch-lists/likenesses/"),
            ("likeness", "/watch-lists/likenesses/ table tbody a"),
        ),
    ),
    (
        "registrar-27",
        (
            ("register", "/prisoners/"),
            ("prisoner", "/prisoners/ table tbody a"),
            ("ledger", "/prisoners/ table tbody a > a[href*='/rules/ledger/']"),
            ("restrictions", "/prisoners/restrictions/"),
            ("import", "/prisoners/import/"),
        ),
    ),
    (
        "director-27",
        (
            ("home-director", "/"),
            ("record", "/record/"),
            ("goods", "/parcels/goods/"),
            ("bundles", "/parcels/bundles/"),
            ("suspensions", "/parcels/suspensions/"),
        ),
    ),
    (
        "headquarters",
        (
            ("rules", "/rules/"),
            ("rule", "/rules/rule/visits.quota.short/"),
            ("watch-lists", "/watch-lists/"),
        ),
    ),
    ("call-centre", (("appointments-centre", "/appointments/centre/"),)),
    (
        "admin-27",
        (
            ("users", "/accounts/"),
            ("devices", "/accounts/devices/"),
            ("institution", "/sites/"),
            ("rooms", "/sites/places/room/"),
            ("chains", "/record/chains/"),
            ("printers", "/sites/printers/"),
            ("readers", "/gate/readers/"),
        ),
    ),
)


IN_EVERY_LANGUAGE = frozenset(
    {
        "parcel-store", "inspection", "inspection-bag", "findings", "finding",
        "search", "parcel-shift", "shift-report", "what-if", "readers",
        "likenesses", "likeness", "watch-lists", "appointments-day",
        "appointments-plan", "appointments-messages", "appointments-calls",
        "appointments-second-looks", "appointments-centre",
    }
)  # fmt: skip
"""Pages of the guides that are translated; all others are shown in English."""
