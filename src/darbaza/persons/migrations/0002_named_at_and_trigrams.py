"""When a name was written; on PostgreSQL trigrams of the sound key, where allowed."""

import logging

from django.db import Error, migrations, models, transaction

_log = logging.getLogger(__name__)
TRIGRAMS = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX person_trigrams ON persons_person USING gin (key gin_trgm_ops)",
)


def index(apps, schema_editor):
    """Make the index; without the right to, search does without it."""
    if schema_editor.connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            for statement in TRIGRAMS:
                schema_editor.execute(statement)
    except Error as error:
        _log.warning("no trigrams, slips in old names are not found: %s", error)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS person_trigrams")


class Migration(migrations.Migration):
    dependencies = [("persons", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="person",
            name="named_at",
            field=models.DateTimeField(
                auto_now=True, null=True, verbose_name="name written"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["named_at"], name="person_named"),
        ),
        migrations.RunPython(index, drop, elidable=False),
    ]
