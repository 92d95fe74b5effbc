"""Two records of one person become one, and apart again exactly as they were."""

from datetime import date

import pytest
from django.apps import apps

from darbaza.audit.models import Event
from darbaza.custody import services as custody
from darbaza.custody.models import Contact, Restriction
from darbaza.custody.types import RestrictionDraft
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.persons import selectors, services
from darbaza.persons.models import Merge, Person
from darbaza.persons.types import DocumentDraft
from tests import cast
from tests.custody.files import TODAY, admit
from tests.persons.people import BORN, PASSPORT, register
from tests.persons.pictures import picture

pytestmark = pytest.mark.usefixtures("colony", "other_colony")
WHO = {"by": cast.SHIFT_SUPERVISOR, "at": cast.NINE}
CLERK = {"by": cast.REGISTRAR, "at": cast.NINE}


@pytest.fixture
def kept():
    return register(document=PASSPORT, personal_number="21203198500015")


@pytest.fixture
def other():
    paper = DocumentDraft("id_card", "ID1234567", issuer="KGZ")
    return register("ASANOV", "BAKYT", document=paper, phone="+996700123456")


def snapshot() -> dict[str, list[dict[str, object]]]:
    """Return every row of every model that the two records could touch."""
    models = [m for r in ("persons", "custody") for m in apps.get_app_config(r).models]
    found = {}
    for room in ("persons", "custody"):
        for model in apps.get_app_config(room).get_models():
            if model is not Merge:
                rows = model._base_manager.order_by("pk").values()
                found[model._meta.label] = list(rows)
    assert len(found) == len(models) - 1
    return found


def test_duplicates_are_offered_with_reasons_on_either_side(kept, other):
    register("Асанов", "Бакыт", birth_on=date(1970, 1, 1))

    hits = selectors.duplicates(kept.pk, by=cast.SHIFT_SUPERVISOR)

    assert [hit.person_id for hit in hits] == [other.pk]
    assert hits[0].reasons[:2] == ("name_same", "birth_date_same")


def test_a_shared_document_is_enough_to_offer_another_spelling(kept):
    other = register("Асанов", "Баатыр", birth_on=None, document=PASSPORT)

    hits = selectors.duplicates(kept.pk, by=cast.SHIFT_SUPERVISOR)

    assert [hit.person_id for hit in hits] == [other.pk]
    assert hits[0].reasons[0] == "same_document"


def test_merging_moves_everything_and_undoing_brings_everything_back(kept, other):
    one, two = admit(), admit(register("Үсөнов", "Азамат"))
    custody.propose_contact(one.pk, kept.pk, "friend", **CLERK)
    doubled = custody.propose_contact(one.pk, other.pk, "sibling", **CLERK)
    moved = custody.propose_contact(two.pk, other.pk, "sibling", **CLERK)
    draft = RestrictionDraft(
        "closed", "court", TODAY, "why", "court", "1", person_id=other.pk
    )
    custody.restrict(draft, **CLERK)
    before = snapshot()

    merge = services.merge(kept.pk, other.pk, reason="same face", **WHO)

    assert kept.documents.count() == 2
    assert Restriction.objects.get().person_id == kept.pk
    moved.refresh_from_db()
    doubled.refresh_from_db()
    assert moved.person_id == kept.pk
    assert doubled.person_id == other.pk  # one contact a pair: it stays, and is named
    parts = merge.moved["rows"]["custody.Contact:person"]
    assert parts == {"moved": [str(moved.pk)], "left": [str(doubled.pk)]}
    kept.refresh_from_db()
    assert kept.phone == "+996700123456"

    services.undo_merge(merge.pk, **WHO)
    after = snapshot()
    assert {k: v for k, v in after.items() if v != before[k]} == {}


def test_what_was_added_since_stays_with_the_kept_record(kept, other):
    merge = services.merge(kept.pk, other.pk, reason="same face", **WHO)
    prisoner = admit()
    custody.propose_contact(prisoner.pk, other.pk, "friend", **CLERK)

    services.undo_merge(merge.pk, **WHO)

    assert Contact.objects.get().person_id == kept.pk


def test_a_correction_since_is_not_undone(kept, other):
    merge = services.merge(kept.pk, other.pk, reason="same face", **WHO)
    Person.objects.filter(pk=kept.pk).update(phone="+996555000000")

    services.undo_merge(merge.pk, **WHO)

    kept.refresh_from_db()
    assert kept.phone == "+996555000000"


def test_merging_and_undoing_twice_is_done_once(kept, other):
    first = services.merge(kept.pk, other.pk, reason="same face", **WHO)
    again = services.merge(kept.pk, other.pk, reason="same face", **WHO)
    services.undo_merge(first.pk, **WHO)
    services.undo_merge(first.pk, **WHO)

    assert first == again == Merge.objects.get()
    types = list(Event.objects.values_list("type", flat=True))
    assert types.count("person.merged") == 1
    assert types.count("person.merge_undone") == 1


def test_a_chain_of_merges_is_followed_and_undone_from_its_end(kept, other):
    third = register("Асанов", "Бакыт", patronymic="Асанович")
    first = services.merge(kept.pk, other.pk, reason="same face", **WHO)
    second = services.merge(third.pk, kept.pk, reason="same face", **WHO)

    assert selectors.person(other.pk, by=cast.GATE_OFFICER) == third
    with pytest.raises(Conflict, match="merge_undo_later_first"):
        services.undo_merge(first.pk, **WHO)
    services.undo_merge(second.pk, **WHO)
    services.undo_merge(first.pk, **WHO)
    assert selectors.person(other.pk, by=cast.GATE_OFFICER) == other


def test_two_personal_numbers_are_two_people(kept):
    other = register("ASANOV", "BAKYT", personal_number="21203198500016")

    decision = selectors.merge_decision(kept.pk, other.pk, by=cast.SHIFT_SUPERVISOR)
    with pytest.raises(Conflict) as refused:
        services.merge(kept.pk, other.pk, reason="same face", **WHO)

    assert not decision
    assert refused.value.figures["codes"] == ["merge_personal_numbers_differ"]
    assert kept.documents.count() == 1


def test_two_open_files_are_never_quietly_one():
    one, two = register("Осмонов", "Нурлан"), register("OSMONOV", "NURLAN")
    admit(one)
    admit(two)

    with pytest.raises(Conflict, match="merge_refused"):
        services.merge(one.pk, two.pk, reason="same face", **WHO)


def test_a_merge_that_may_not_be_is_refused(kept, other):
    with pytest.raises(Forbidden):
        services.merge(kept.pk, other.pk, reason="why", **CLERK)
    with pytest.raises(Invalid, match="say_why"):
        services.merge(kept.pk, other.pk, reason=" ", **WHO)
    with pytest.raises(Invalid, match="merge_with_itself"):
        services.merge(kept.pk, kept.pk, reason="why", **WHO)
    with pytest.raises(NotFound):
        services.merge(kept.pk, admit().pk, reason="why", **WHO)
    with pytest.raises(NotFound):
        services.undo_merge(kept.pk, **WHO)
    services.merge(kept.pk, other.pk, reason="why", **WHO)
    with pytest.raises(Conflict, match="merge_of_merged_record"):
        services.merge(register().pk, other.pk, reason="why", **WHO)


def test_a_photograph_comes_along_and_goes_back(kept, other):
    other_photo = services.store_photo(other.pk, picture(), **WHO)

    merge = services.merge(kept.pk, other.pk, reason="same face", **WHO)
    kept.refresh_from_db()
    assert kept.photo_id == other_photo.pk
    services.undo_merge(merge.pk, **WHO)

    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.photo_id, other.photo_id) == (None, other_photo.pk)
    assert kept.birth_on == BORN
