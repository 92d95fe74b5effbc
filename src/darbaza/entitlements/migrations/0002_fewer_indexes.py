"""One index less to write at the gate: another begins with the same column."""

import django.db.models.deletion
from django.db import migrations, models

COVERED = [
    ("entitlements_entry_prisoner_id_4ac91d60", "entitlements_entry", "prisoner_id")
]


def _key(to: str, back: str, **more: bool) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=back, to=to,
        db_index=False, **more,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("custody", "0002_imports"), ("entitlements", "0001_initial")]

    operations = [
        # Said apart, because SQLite would write whole tables anew.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f'DROP INDEX "{name}"',
                    f'CREATE INDEX "{name}" ON "{table}" ("{column}")',
                )
                for name, table, column in COVERED
            ],
            state_operations=[
                migrations.AlterField(
                    "entry", "prisoner", _key("custody.prisoner", "entries")
                ),
            ],
        ),
    ]
