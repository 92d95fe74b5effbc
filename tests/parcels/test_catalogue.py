"""Goods, barcodes, bundles and suspensions: services and pages."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from darbaza.audit.models import Event
from darbaza.kernel import ids
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.parcels import selectors, services
from darbaza.parcels.models import Barcode, Bundle, Item, Suspension
from darbaza.parcels.types import BundleDraft, ItemDraft, Verdict
from tests import cast
from tests.parcels import builders

pytestmark = pytest.mark.django_db
WHO = {"by": cast.DIRECTOR, "at": cast.NINE}
TODAY = cast.NINE.date()
DAY = timedelta(days=1)
KUMYS = ItemDraft("kumys", "fresh_food", "Кымыз", "Кумыс", "Kumys", 1000, True, "сүт")
ORDER = services.Order("12/ю", "heat", TODAY, TODAY + 5 * DAY)


@pytest.fixture
def shop(colony):
    return builders.shop()


@pytest.fixture
def director(shop, clock, sign_in):
    return sign_in(cast.DIRECTOR)


def events(code):
    return Event.objects.filter(type=code).count()


def test_goods_are_added_once_and_found_at_the_desk(
    shop, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        services.add_item(KUMYS, **WHO)
    services.add_item(KUMYS, **WHO)

    found = selectors.find_items("кумыс", by=cast.GATE_OFFICER)
    assert [item.code for item in found] == ["kumys"]
    assert events("catalogue.item_added") == 1


def test_a_code_is_not_given_twice_nor_with_strange_signs(shop):
    with pytest.raises(Conflict, match="goods_code_taken"):
        services.add_item(replace(KUMYS, code="tea"), **WHO)
    for code in ("", "Чай", "a b", "x" * 41, "😀"):
        with pytest.raises(Invalid, match="goods_code_signs"):
            services.add_item(replace(KUMYS, code=code), **WHO)


def test_goods_are_changed_closed_and_opened_again(shop):
    tea = shop["tea"]
    services.change_item(tea.pk, replace(KUMYS, code="other"), **WHO)
    services.change_item(tea.pk, replace(KUMYS, code="other"), **WHO)
    tea.refresh_from_db()
    assert (tea.code, tea.name_en, tea.perishable) == ("tea", "Kumys", True)
    services.close_item(tea.pk, on=TODAY, **WHO)
    services.close_item(tea.pk, on=TODAY, **WHO)
    assert "tea" not in [i.code for s in selectors.shelves(TODAY) for i in s.items]
    services.close_item(tea.pk, on=None, **WHO)
    assert events("catalogue.item_changed") == 3


def test_what_no_category_holds_stands_after_all_that_has_a_name(shop):
    for category in ("zebra", "other", "apples"):
        builders.rule(f"parcels.item.{category}", verdict="allowed")
    allowed = [s for s in selectors.shelves(TODAY) if s.rule.verdict is Verdict.ALLOWED]
    names = [s.category for s in allowed]
    assert {"zebra", "apples"} < set(names)
    assert names == [*sorted(names[:-1]), "other"]


def test_a_barcode_is_corrected(shop):
    row = services.learn_barcode("4006381333931", shop["soap"].pk, **builders.OFFICER)
    services.correct_barcode(row.pk, shop["tea"].pk, piece_g=90, **WHO)
    row.refresh_from_db()
    assert (row.item.code, row.piece_g, row.learned_by) == ("tea", 90, "director")


def test_a_bundle_is_saved_changed_and_closed(shop):
    draft = BundleDraft("start", "Б", "Н", "Start", (("tea", 2, 200), ("soap", 1, 100)))
    row = services.save_bundle(draft, **WHO)
    services.save_bundle(replace(draft, lines=(("tea", 3, 300),)), **WHO)
    assert [line.quantity for line in row.lines.all()] == [3]
    services.close_bundle(row.pk, on=TODAY, **WHO)
    services.close_bundle(row.pk, on=TODAY, **WHO)
    assert selectors.bundles(by=cast.GATE_OFFICER) == []
    assert events("catalogue.bundle_changed") == 3
    with pytest.raises(Invalid, match="bundle_empty"):
        services.save_bundle(replace(draft, lines=()), **WHO)
    with pytest.raises(Invalid, match="list_goods_unknown"):
        services.save_bundle(replace(draft, lines=(("unicorn", 1, 1),)), **WHO)


def test_an_order_suspends_once_and_ends_early(shop):
    key = ids.new_id()
    row = services.suspend(ORDER, request_id=key, **WHO)
    assert services.suspend(ORDER, request_id=key, **WHO).pk == row.pk
    assert selectors.suspension(TODAY, by=cast.GATE_OFFICER) == row
    assert selectors.suspension(TODAY + 5 * DAY, by=cast.GATE_OFFICER) is None
    services.end_suspension(row.pk, **WHO)
    assert selectors.suspension(TODAY, by=cast.GATE_OFFICER) is None
    with pytest.raises(Conflict, match="suspension_ended"):
        services.end_suspension(row.pk, **WHO)
    assert events("catalogue.perishables_suspended") == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"ends_on": TODAY}, "suspension_ends_too_early"),
        ({"number": " "}, "reason_missing"),
        ({"reason": ""}, "reason_missing"),
    ],
)
def test_an_order_without_end_or_words_is_refused(colony, change, code):
    with pytest.raises(Invalid, match=code):
        services.suspend(replace(ORDER, **change), request_id=ids.new_id(), **WHO)


def test_only_who_keeps_the_catalogue_changes_it(shop, other_colony):
    officer = builders.OFFICER
    row = services.suspend(ORDER, request_id=ids.new_id(), **WHO)
    for act in (
        lambda: services.add_item(KUMYS, **officer),
        lambda: services.close_item(shop["tea"].pk, on=TODAY, **officer),
        lambda: services.suspend(ORDER, request_id=ids.new_id(), **officer),
        lambda: services.end_suspension(row.pk, **officer),
    ):
        with pytest.raises(Forbidden):
            act()
    with pytest.raises(NotFound):
        services.end_suspension(row.pk, by=cast.OUTSIDER, at=cast.NINE)
    for act in (services.close_bundle, services.close_item):
        with pytest.raises(NotFound):
            act(ids.new_id(), on=TODAY, **WHO)


def test_goods_are_added_changed_and_closed_from_their_pages(director):
    names = {"name_ky": "Кымыз", "name_ru": "Кумыс", "name_en": "Kumys"}
    said = {**names, "code": "kumys", "category": "fresh_food", "piece_g": "1000"}
    assert director.post(reverse("parcels:item_add"), said).status_code == 302
    wrong = director.post(reverse("parcels:item_add"), {**said, "code": "Кумыс"})
    assert wrong.status_code == 422
    row = Item.objects.get(code="kumys")
    page = reverse("parcels:item", args=[row.pk])
    assert director.get(page).status_code == 200
    assert director.post(page, {**said, "name_en": "Mare's milk"}).status_code == 302
    director.post(reverse("parcels:item_close", args=[row.pk]))
    row.refresh_from_db()
    assert (row.name_en, row.closed_on) == ("Mare's milk", TODAY)
    listed = director.get(reverse("parcels:goods"), {"q": "кумыс"}).content.decode()
    assert "kumys" in listed
    file = director.get(reverse("parcels:goods"), {"format": "csv", "q": "кумыс"})
    assert b"kumys" in b"".join(file.streaming_content)


def test_a_bundle_is_made_from_its_page(director):
    form = {f"line-{name}": "3" for name in ("TOTAL_FORMS",)}
    form |= {"line-INITIAL_FORMS": "0", "line-0-item": "tea", "line-0-quantity": "2"}
    names = {"name_ky": "Б", "name_ru": "Н", "name_en": "Start", "code": "start"}
    assert (
        director.post(reverse("parcels:bundle_add"), {**form, **names}).status_code
        == 302
    )
    row = Bundle.objects.get()
    page = reverse("parcels:bundle", args=[row.pk])
    assert director.get(page).status_code == 200
    empty = {**form, **names, "line-0-item": ""}
    assert director.post(page, empty).status_code == 422
    director.post(reverse("parcels:bundle_close", args=[row.pk]))
    assert "Start" in director.get(reverse("parcels:bundles")).content.decode()


def test_a_barcode_is_corrected_from_its_page(director, shop):
    row = services.learn_barcode("4006381333931", shop["soap"].pk, **builders.OFFICER)
    page = reverse("parcels:barcode", args=[row.pk])
    assert director.get(page).status_code == 200
    director.post(page, {"item": str(shop["tea"].pk), "piece_g": "90"})
    assert Barcode.objects.get().item == shop["tea"]
    assert "4006381333931" in director.get(reverse("parcels:barcodes")).content.decode()


def test_perishables_are_suspended_and_taken_again_from_the_page(director):
    page = reverse("parcels:suspensions")
    said = {
        "number": "12", "first": "23.11.2026", "last": "27.11.2026",
        "reason": "heat wave", "request_id": uuid4(),
    }  # fmt: skip
    assert director.post(page, {**said, "last": "22.11.2026"}).status_code == 422
    assert director.post(page, said).status_code == 302
    assert "in force" in director.get(page).content.decode()
    row = Suspension.objects.get()
    assert row.ends_on == TODAY + 5 * DAY
    director.post(reverse("parcels:suspension_end", args=[row.pk]))
    assert "in force" not in director.get(page).content.decode()


def test_an_officer_reads_the_catalogue_and_changes_nothing(shop, clock, sign_in):
    client = sign_in(cast.GATE_OFFICER)
    for name in ("goods", "barcodes", "bundles", "suspensions"):
        assert client.get(reverse(f"parcels:{name}")).status_code == 200
    for name in ("item_add", "bundle_add"):
        assert client.get(reverse(f"parcels:{name}")).status_code == 403
    key = shop["tea"].pk
    assert client.post(reverse("parcels:item_close", args=[key])).status_code == 403
