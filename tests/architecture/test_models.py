"""Every field says how sensitive it is; every model is in a migration."""

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import ForeignKey, Model
from django.utils import translation

LEVELS = ("public", "personal", "special", "secret")
MODELS = [
    model
    for config in apps.get_app_configs()
    if config.name.startswith("darbaza.")
    for model in config.get_models()
]


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_field_is_sorted_once_by_sensitivity(model: type[Model]):
    assert "Sensitivity" in vars(model), "no class Sensitivity"
    sorted_fields = [
        name for level in LEVELS for name in getattr(model.Sensitivity, level, ())
    ]
    assert sorted(sorted_fields) == sorted(f.name for f in model._meta.fields)


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_key_is_a_uuid(model: type[Model]):
    assert model._meta.pk.get_internal_type() == "UUIDField"


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_deleting_one_row_never_silently_deletes_another(model):
    loose = [
        field.name
        for field in model._meta.fields
        if isinstance(field, ForeignKey)
        and field.remote_field.on_delete.__name__ in {"CASCADE", "DO_NOTHING"}
    ]
    assert loose == []


def test_no_migration_is_missing():
    loader = MigrationLoader(None)
    detector = MigrationAutodetector(
        loader.project_state(), ProjectState.from_apps(apps)
    )
    with translation.override(None):  # words are compared as they stand in the source
        changes = detector.changes(graph=loader.graph)
    ours = {a.label for a in apps.get_app_configs() if a.name.startswith("darbaza.")}
    missing = {
        label: [m.describe() for m in migration.operations]
        for label in ours & changes.keys()
        for migration in changes[label]
    }
    assert missing == {}


def test_no_room_has_two_ends_of_its_migrations():
    assert MigrationLoader(None).detect_conflicts() == {}
