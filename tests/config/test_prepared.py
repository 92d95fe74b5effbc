"""Prepared reads give what the ORM gives, with any values, and refuse to guess."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import translation

from darbaza.kernel.db import Prepared, PreparedObjects
from darbaza.kernel.kept import Kept
from darbaza.sites.models import Institution, Room

pytestmark = pytest.mark.django_db


def _rooms(here, names):
    return (
        Room.objects.filter(institution_id=here, name_en__in=names)
        .select_related("institution")
        .only("name_en", "institution__code")
        .order_by("name_en")
    )


@pytest.fixture
def room(colony):
    names = {"name_ky": "Бөлмө", "name_ru": "Комната", "name_en": "Room"}
    return Room.objects.create(institution=colony, kind="open", **names)


def test_the_second_call_sends_its_own_values(colony, other_colony):
    codes = Prepared(lambda key: Institution.objects.filter(pk=key).values_list("code"))

    assert codes(key=colony.pk) == [("901",)]
    assert codes(key=other_colony.pk) == [("902",)]
    assert codes.first(key=uuid4()) is None


@pytest.mark.postgres
def test_a_prepared_row_to_write_to_is_locked_at_every_call(
    colony, django_assert_num_queries
):
    locked = PreparedObjects(
        lambda key: Institution.objects.select_for_update().filter(pk=key)
    )
    with transaction.atomic():
        locked.one(key=colony.pk)  # learns
        with django_assert_num_queries(1) as asked:
            locked.one(key=colony.pk)
    assert "FOR UPDATE" in asked.captured_queries[0]["sql"]


def test_collections_of_any_length_find_their_rows(colony, other_colony):
    both = Prepared(
        lambda keys: Institution.objects.filter(pk__in=keys).values_list("pk")
    )

    assert both(keys=frozenset({colony.pk, other_colony.pk})) == sorted(
        [(colony.pk,), (other_colony.pk,)]
    )
    assert both(keys={colony.pk}) == [(colony.pk,)]
    assert both(keys=()) == []


def test_objects_come_with_what_belongs_to_them(room, django_assert_num_queries):
    rooms = PreparedObjects(_rooms)
    asked = {"here": room.institution_id, "names": ["Room", "Hall"]}

    with django_assert_num_queries(1):
        found = rooms.all(**asked)
        assert [(r.pk, r.name_en, r.institution.code) for r in found] == [
            (room.pk, "Room", "901")
        ]
    assert found[0].get_deferred_fields() >= {"name_ky", "name_ru"}
    assert rooms.one(here=uuid4(), names=["Room"]) is None


def test_moments_are_compared_as_moments(room):
    since = PreparedObjects(
        lambda at: Institution.objects.filter(closed_on__gte=at).order_by("pk")
    )

    assert since.all(at=datetime(2026, 1, 1, tzinfo=UTC).date()) == []


def test_a_value_that_is_changed_on_the_way_is_refused(colony):
    half = Prepared(
        lambda name: Institution.objects.filter(code__startswith=name).values_list("pk")
    )

    with pytest.raises(ValueError, match="does not use every value as it is"):
        half(name="9")


def test_what_can_never_be_found_is_refused():
    nobody = Prepared(lambda key: Institution.objects.none().filter(pk=key))

    with pytest.raises(ValueError, match="can never find anything"):
        nobody(key=uuid4())


def test_the_word_of_a_choice_follows_the_language(colony):
    with translation.override("en"):
        english = colony.get_kind_display()
    with translation.override("ru"):
        assert colony.get_kind_display() != english
    colony.kind = "unheard of"
    assert colony.get_kind_display() == "unheard of"


def test_a_kept_thing_is_read_again_when_old_or_forgotten():
    reads = iter(range(9))
    seconds = 60.0
    kept = Kept(lambda: next(reads), seconds=lambda: seconds)

    assert (kept(), kept()) == (0, 0)
    kept.forget()
    seconds = 0.0
    assert (kept(), kept()) == (1, 2)
