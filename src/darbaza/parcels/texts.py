"""What people read for each code of parcels: grounds, refused steps, the record."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from darbaza.audit import texts as audit
from darbaza.pages import grounds
from darbaza.pages.grounds import Text
from darbaza.parcels import events

SENDING: dict[str, Text] = {
    "parcel_released": Text(
        _("The prisoner has been released."),
        _("The sending cannot be taken here."),
    ),
    "parcel_transferred": Text(
        _("The prisoner is not held in this institution."),
        _("The sending cannot be taken here."),
        _("Ask the register where the file is; the sender is told nothing of it."),
    ),
    "parcel_in_hospital": Text(
        _("The prisoner is in hospital: perishable goods may wait too long."),
        _("Delivery may take longer than usual."),
    ),
    "sender_barred": Text(
        _("An order forbids sendings (until %(until)s)."),
        _("A restriction does not allow a sending at present."),
        _("The head of the institution may set it aside."),
    ),
    "sender_banned_from_visits": Text(
        _("The sender is banned from visits. That alone stops no sending."),
        "",
    ),
    "parcel_no_allowance_needed": Text(
        _("No allowance is needed."), _("It is not counted.")
    ),
    "parcel_no_quota_rule": Text(
        _("No rule says how many sendings this regime allows."), ""
    ),
    "parcel_quota_unlimited": Text(_("No limit of number."), ""),
    "parcel_quota_left": Text(
        _("Allowance left: %(left)s, in the period before %(until)s."),
        _("Sendings left in this period: %(left)s."),
    ),
    "parcel_quota_used": Text(
        _("The allowance of %(granted)s is used up. Next possible: %(next_on)s."),
        _("The number of sendings for this period is used up. Next: %(next_on)s."),
        _("The head of the institution may allow one more, with the reason."),
    ),
    "parcel_too_heavy": Text(
        _("%(grams)s g weigh more than the %(most_g)s g of one sending."),
        _("The sending is too heavy: at most %(most_g)s g."),
        _("Take something out, or the shift supervisor allows it."),
    ),
    "parcel_weight_within": Text(_("%(grams)s g of at most %(most_g)s g."), ""),
}

GOODS: dict[str, Text] = {
    "category_without_rule": Text(
        _("No rule is in force for this category: look at it yourself."), ""
    ),
    "item_allowed": Text(_("Allowed."), ""),
    "item_on_advice": Text(_("Allowed on medical advice."), ""),
    "item_needs_advice": Text(
        _("Only on medical advice."),
        _("Medicines come in on a doctor's advice only."),
        _("Enter the number of the advice."),
    ),
    "item_prohibited": Text(
        _("Prohibited."),
        _("This is not on the list of what may be brought."),
        _("It goes back to the sender."),
    ),
    "item_criminal": Text(
        _("Passing this is an offence: keep it, call a second officer."),
        _("This is not on the list of what may be brought."),
        _("It is never given back over the counter."),
    ),
    "item_too_many": Text(
        _("%(quantity)s pieces, at most %(most)s are allowed."),
        _("Too many of one kind: at most %(most)s."),
        _("The rest goes back."),
    ),
    "item_too_heavy": Text(
        _("%(grams)s g of this kind, at most %(most_g)s g are allowed."),
        _("Too much of one kind: at most %(most_g)s g."),
        _("Take something out, or the shift supervisor allows it."),
    ),
    "item_within_limit": Text(_("Within the limit."), ""),
    "item_sent_back": Text(
        _("Sent back by the officer's decision."),
        _("The officer could not let this in. Ask at the entrance for the reason."),
        _("Correct the line once more to let it in."),
    ),
    "perishables_suspended": Text(
        _("Perishable goods are suspended by order %(order)s until %(until)s."),
        _("Perishable food cannot be brought at present."),
        _("The head of the institution may set it aside."),
    ),
}


LISTS: dict[str, Text] = {
    "list_unreadable": Text(
        _("This is no list of goods, or the code was damaged: scan it once more."),
        _("This code is no list. Compare it, or make the list once more."),
    ),
    "list_too_long": Text(
        _("A list holds at most %(most)s kinds of goods: make a second one."),
        _("A list holds at most %(most)s kinds of goods: make a second one."),
    ),
    "list_empty": Text(
        _("Choose something for the list first."),
        _("Choose something for the list first."),
    ),
    "list_goods_unknown": Text(
        _("Some goods or pieces on the list are not possible. Check the numbers."),
        _("Some goods or pieces on the list are not possible. Check the numbers."),
    ),
}


def _steps(words: Mapping[str, Promise]) -> dict[str, Text]:
    return {code: Text(text, "") for code, text in words.items()}


STEPS: dict[str, Text] = _steps(
    {
        "sender_missing": _("Say who sends it: scan the document or write the name."),
        "too_many_goods": _(
            "At most %(most)s lines: register the rest as a second one."
        ),
        "no_lines": _("Nothing is entered yet: type or scan the first item."),
        "advice_missing": _("Write the number of the medical advice."),
        "quantity_impossible": _(
            "Line %(line)s: give whole pieces from 1 to %(most)s."
        ),
        "weight_impossible": _(
            "This weight is not possible. Give grams, or kilograms with a comma: 4,5."
        ),
        "barcode_unknown_kind": _("%(read)s is no barcode of goods from a shop."),
        "item_unknown": _(
            "Nothing in the catalogue begins like “%(words)s”. Choose “Other”, or"
            " write it in another language."
        ),
        "kept_never_goes_back": _("What is kept as evidence never goes back."),
        "goods_gone_already": _(
            "Line %(line)s: %(gone)s pieces have gone or lie under seal; they stay as"
            " they were written down."
        ),
        "sending_came_to_its_end": _(
            "Only what was taken in and not yet handed over can be corrected."
        ),
        "sending_on_round": _("A bag of it is on a round: bring it back first."),
        "corrected_meanwhile": _(
            "Somebody else has corrected it meanwhile: look at it again."
        ),
        "correction_not_accepted": _(
            "As corrected it may not go in: let rank set the ground aside, or give it"
            " back."
        ),
        "nothing_corrected": _("Nothing is different from what stands already."),
        "sending_cancelled": _("This sending was cancelled already."),
        "sending_went_on": _(
            "Something of it has gone further than the counter. Give it back instead."
        ),
        "bag_has_left": _("This bag has left the house; its chain is closed."),
        "split_impossible": _(
            "Line %(line)s: there are not so many pieces in the bag."
        ),
        "split_of_nothing": _("Say which pieces go into the other bag."),
    }
)

CATALOGUE: dict[str, Text] = _steps(
    {
        "goods_code_signs": _(
            "Only small Latin letters, digits, _, - and a full stop."
        ),
        "goods_code_taken": _("There are goods with this code already."),
        "bundle_empty": _("Choose at least one kind of goods."),
        "suspension_ends_too_early": _("The last day comes before the first."),
        "suspension_ended": _("This suspension was ended before."),
    }
)

DELIVERY: dict[str, Text] = _steps(
    {
        "round_empty": _("Nothing in the store waits for these blocks."),
        "not_on_round": _("This bag is not out on a round."),
        "not_transferred": _("The file is not in another institution."),
        "not_delivered_yet": _("One of these bags was not delivered."),
        "paper_for_nothing": _("Choose the bags that stand on the list."),
        "signature_too_large": _("The picture is larger than %(megabytes)s MB."),
        "signature_no_picture": _("This is no picture that can be read."),
        "signature_empty": _("Nothing is drawn or written on it. Sign once more."),
    }
)

CHAIN: dict[str, Text] = _steps(
    {
        "chain_begins_at_counter": _("A bag begins at the counter."),
        "no_way_there": _("From where it is now the bag cannot go there."),
        "before_the_last_step": _("This step is earlier than the one before it."),
        "not_in_these_hands": _("The bag is in the hands of %(holder)s."),
        "seal_or_place_missing": _(
            "Write the number of the seal and the place where it is kept."
        ),
        "second_person_missing": _(
            "A second person must confirm it, neither giver nor receiver."
        ),
        "protocol_missing": _("Write the number of the protocol or order."),
        "signature_missing": _("Whoever receives it must sign."),
        "seal_not_accounted_for": _(
            "Seal %(seal)s was on the bag: say that it was opened, or leave it."
        ),
        "same_moment_in_two_hands": _("At one moment in two hands."),
    }
)

INSPECTION: dict[str, Text] = _steps(
    {
        "store_after_inspection": _(
            "Goods go to the store when somebody has looked into them."
        ),
        "letter_stays_closed": _("A lawyer's letter is never opened."),
        "device_missing": _("Write the device or the name of the dog."),
        "say_what_was_seen": _("Write in a few words what was seen."),
        "place_missing": _("Write the shelf or place in the store."),
        "bag_not_at_inspection": _("This bag is not at the inspection."),
        "bag_label_unknown": _("No bag here has this label. Look at it again."),
        "bag_is_no_longer_here": _("This bag has left, or is evidence already."),
        "sealed_bag_is_seized_whole": _(
            "The bag is sealed: seize it whole, or let it be looked into first."
        ),
        "search_reason_missing": _("Write why the person is searched."),
        "officer_of_the_same_sex": _(
            "By hand only an officer of the same sex may search."
        ),
        "search_found_nothing": _("This search found nothing."),
        "second_officer_missing": _(
            "A second officer must confirm it with name and password."
        ),
        "second_officer_is_first": _("The second officer must be somebody else."),
        "second_officer_may_not": _("This colleague may not inspect here."),
        "finding_incomplete": _("This is needed for the protocol."),
        "protocol_taken": _("There is a protocol %(protocol)s already."),
        "finding_stands": _("This finding was not withdrawn: what it seized stays."),
        "bag_not_seized": _("This bag is not seized any more."),
        "released_only_to_sender": _(
            "Nothing of this sending goes in: it can only go back to the sender."
        ),
        "finding_withdrawn": _("This finding was withdrawn already."),
        "picture_too_large": _(
            "The picture is too large: at most %(megabytes)s MB and 50 million points."
        ),
        "picture_too_small": _("The picture is smaller than %(pixels)s points."),
        "picture_unreadable_here": _(
            "This file is no picture, or it is damaged. Take JPEG, PNG, WebP or BMP."
        ),
        "picture_of_another_bag": _("This picture belongs to another bag already."),
    }
)

EVENTS: dict[str, Promise] = {
    events.REGISTERED.code: _("Sending registered"),
    events.REFUSED.code: _("Sending refused"),
    events.CANCELLED.code: _("Sending cancelled"),
    events.CORRECTED.code: _("Sending corrected"),
    events.RECEIPT_PRINTED.code: _("Receipt of a sending printed"),
    events.LABEL_PRINTED.code: _("Label of a bag printed"),
    events.MOVED.code: _("Bag handed over"),
    events.SPLIT.code: _("Goods put into another bag"),
    events.INSPECTED.code: _("Bag inspected"),
    events.SEARCHED.code: _("Person searched"),
    events.FOUND.code: _("Prohibited thing found"),
    events.FINDING_WITHDRAWN.code: _("Finding withdrawn"),
    events.PROTOCOL_PRINTED.code: _("Protocol printed"),
    events.PICTURE_ADDED.code: _("Picture added"),
    events.DELIVERED.code: _("Sending delivered"),
    events.NOT_DELIVERED.code: _("Sending not delivered"),
    events.EXPORTED.code: _("List of sendings or findings taken as a file"),
    events.ITEM_ADDED.code: _("Goods added to the catalogue"),
    events.ITEM_CHANGED.code: _("Goods of the catalogue changed"),
    events.BARCODE_LEARNED.code: _("Barcode learned"),
    events.BUNDLE_CHANGED.code: _("Bundle of goods changed"),
    events.CATALOGUE_LOADED.code: _("Shipped catalogue loaded"),
    events.SUSPENDED.code: _("Perishable goods suspended"),
    events.SUSPENSION_ENDED.code: _("Suspension of perishable goods ended"),
}

SEARCHES: dict[str, Text] = {
    "search_not_consented": Text(
        _("No consent to a search today: no entry. Nothing else follows from it."),
        _("Without your consent to the search you cannot come in today."),
        _("A new search with consent changes it."),
    ),
}

TEXTS: dict[str, Text] = {
    **SENDING,
    **GOODS,
    **LISTS,
    **STEPS,
    **DELIVERY,
    **CATALOGUE,
    **CHAIN,
    **INSPECTION,
    **SEARCHES,
}


def register() -> None:
    """Give our codes and events their words."""
    grounds.register(TEXTS)
    audit.register(EVENTS)
