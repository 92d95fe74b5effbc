"""The ledger also counts packages and parcels: what uses an allowance is its subject."""

from django.db import migrations, models
from django.db.models import Q

KINDS = [
    ("short", "short visit"),
    ("long", "long visit"),
    ("parcel", "package or parcel"),
    ("packet", "small packet"),
]
REASONS = [
    ("grant", "granted for the period"),
    ("change", "changed with regime, conditions or rule"),
    ("extra", "extra, as an incentive"),
    ("use", "one used"),
    ("return", "one given back"),
    ("correction", "correction"),
]
NAMES = ("entry_use_of_no_visit", "entry_used_once", "entry_returned_once")


class Migration(migrations.Migration):
    dependencies = [("entitlements", "0001_initial")]

    operations = [
        *(migrations.RemoveConstraint("entry", name) for name in NAMES),
        migrations.RenameField("entry", "visit_id", "subject_id"),
        migrations.AlterField(
            "entry",
            "subject_id",
            models.UUIDField(null=True, verbose_name="used for"),
        ),
        migrations.AlterField(
            "entry",
            "kind",
            models.CharField(choices=KINDS, max_length=8, verbose_name="kind"),
        ),
        migrations.AlterField(
            "entry",
            "reason",
            models.CharField(choices=REASONS, max_length=10, verbose_name="reason"),
        ),
        migrations.AlterField(
            "quota",
            "kind",
            models.CharField(choices=KINDS, max_length=8, verbose_name="kind"),
        ),
        migrations.AddConstraint(
            "entry",
            models.CheckConstraint(
                condition=~Q(reason__in=["use", "return"], subject_id=None),
                name="entry_use_of_nothing",
            ),
        ),
        *(
            migrations.AddConstraint(
                "entry",
                models.UniqueConstraint(
                    fields=["subject_id", "reason"],
                    condition=Q(reason=reason),
                    name=name,
                ),
            )
            for reason, name in (
                ("use", "entry_used_once"),
                ("return", "entry_returned_once"),
            )
        ),
    ]
