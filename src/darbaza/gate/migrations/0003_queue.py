"""The queue at the entrance; its events are append-only on both engines."""

import darbaza.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


SQLITE = [
    f"CREATE TRIGGER gate_ticketevent_no_{word} BEFORE {word} ON gate_ticketevent "
    "BEGIN SELECT RAISE(ABORT, 'ticket events are append-only'); END"
    for word in ("update", "delete")
]
POSTGRESQL = [
    "CREATE FUNCTION gate_ticketevent_append_only() RETURNS trigger LANGUAGE plpgsql "
    "AS $$ BEGIN RAISE EXCEPTION 'ticket events are append-only'; END $$",
    "CREATE TRIGGER gate_ticketevent_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
    "ON gate_ticketevent EXECUTE FUNCTION gate_ticketevent_append_only()",
]
UNDO = {
    "sqlite": [
        f"DROP TRIGGER gate_ticketevent_no_{word}" for word in ("update", "delete")
    ],
    "postgresql": [
        "DROP TRIGGER gate_ticketevent_append_only ON gate_ticketevent",
        "DROP FUNCTION gate_ticketevent_append_only()",
    ],
}


def forbid(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor]:
        schema_editor.execute(statement)


def permit(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("gate", "0002_belongings_passages_shifts"),
        ("parcels", "0001_initial"),
        ("sites", "0003_money_paid_to"),
        ("visits", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Lane",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=darbaza.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "name_ky",
                    models.CharField(max_length=160, verbose_name="name in Kyrgyz"),
                ),
                (
                    "name_ru",
                    models.CharField(max_length=160, verbose_name="name in Russian"),
                ),
                (
                    "name_en",
                    models.CharField(max_length=160, verbose_name="name in English"),
                ),
                (
                    "closed_on",
                    models.DateField(blank=True, null=True, verbose_name="closed on"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("visit", "visit"),
                            ("parcel", "package or parcel"),
                            ("lawyer", "lawyer or official"),
                            ("mother", "with a small child"),
                            ("disabled", "with a disability, old or ill"),
                            ("express", "known visitor, list sent ahead"),
                            ("other", "other errand"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("prefix", models.CharField(max_length=2, verbose_name="letter")),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="place on the kiosk"
                    ),
                ),
                (
                    "head_start_minutes",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="head start, minutes"
                    ),
                ),
                (
                    "usual_minutes",
                    models.PositiveSmallIntegerField(
                        default=5, verbose_name="minutes at the window, usually"
                    ),
                ),
                (
                    "target_minutes",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="95 of 100 called within, minutes"
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.institution",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "prefix"],
            },
        ),
        migrations.CreateModel(
            name="Screen",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=darbaza.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "closed_on",
                    models.DateField(blank=True, null=True, verbose_name="closed on"),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("kiosk", "kiosk that gives tickets"),
                            ("display", "public display"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "secret_hash",
                    models.CharField(
                        max_length=64, unique=True, verbose_name="secret (hash)"
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="made")),
                ("made_by", models.CharField(max_length=160, verbose_name="made by")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.institution",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.post",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=darbaza.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("prefix", models.CharField(max_length=2, verbose_name="letter")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("kiosk", "kiosk"),
                            ("officer", "officer"),
                            ("appointment", "appointment"),
                            ("slip", "printed slip"),
                        ],
                        max_length=12,
                        verbose_name="taken from",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("called", "called"),
                            ("serving", "at the window"),
                            ("parked", "put aside"),
                            ("done", "done"),
                            ("no_show", "did not come"),
                            ("gone", "has gone"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("taken_at", models.DateTimeField(verbose_name="taken")),
                ("due_at", models.DateTimeField(null=True, verbose_name="appointment")),
                ("place_at", models.DateTimeField(verbose_name="queues as of")),
                (
                    "called_at",
                    models.DateTimeField(null=True, verbose_name="first called"),
                ),
                (
                    "language",
                    models.CharField(
                        default="ky", max_length=2, verbose_name="language of the slip"
                    ),
                ),
                (
                    "ahead",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="before it when taken"
                    ),
                ),
                (
                    "low_minutes",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="wait told, from"
                    ),
                ),
                (
                    "high_minutes",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="wait told, to"
                    ),
                ),
                (
                    "reckoned_minutes",
                    models.FloatField(default=0, verbose_name="wait reckoned"),
                ),
                (
                    "code",
                    models.CharField(
                        max_length=12, unique=True, verbose_name="code of the family"
                    ),
                ),
                ("request_id", models.UUIDField(unique=True, verbose_name="request")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.institution",
                    ),
                ),
                (
                    "lane",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tickets",
                        to="gate.lane",
                    ),
                ),
                (
                    "sending",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parcels.sending",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="visits.visit",
                    ),
                ),
                (
                    "window",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.post",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="draft",
            name="ticket",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="drafts",
                to="gate.ticket",
            ),
        ),
        migrations.CreateModel(
            name="TicketEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=darbaza.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("taken", "taken"),
                            ("called", "called"),
                            ("called_again", "called_again"),
                            ("accepted", "accepted"),
                            ("registered", "registered"),
                            ("searched", "searched"),
                            ("seated", "seated"),
                            ("handed_in", "handed_in"),
                            ("left", "left"),
                            ("moved", "moved"),
                            ("parked", "parked"),
                            ("returned", "returned"),
                            ("no_show", "no_show"),
                            ("done", "done"),
                            ("gone", "gone"),
                        ],
                        max_length=12,
                        verbose_name="step",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                ("by_name", models.CharField(max_length=160, verbose_name="by whom")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.institution",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="gate.ticket",
                    ),
                ),
                (
                    "window",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.post",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Timing",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=darbaza.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                (
                    "wait_seconds",
                    models.PositiveIntegerField(null=True, verbose_name="until called"),
                ),
                (
                    "desk_seconds",
                    models.PositiveIntegerField(
                        null=True, verbose_name="at the window"
                    ),
                ),
                (
                    "to_search_seconds",
                    models.PositiveIntegerField(
                        null=True, verbose_name="after the window"
                    ),
                ),
                (
                    "search_seconds",
                    models.PositiveIntegerField(
                        null=True, verbose_name="search to seat"
                    ),
                ),
                ("entered_at", models.DateTimeField(verbose_name="entered")),
                (
                    "entered_by",
                    models.CharField(max_length=160, verbose_name="entered by"),
                ),
                ("request_id", models.UUIDField(unique=True, verbose_name="request")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.institution",
                    ),
                ),
                (
                    "lane",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gate.lane",
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="WindowLane",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=darbaza.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.institution",
                    ),
                ),
                (
                    "lane",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="windows",
                        to="gate.lane",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.post",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="lane",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_on", None)),
                fields=("institution", "prefix"),
                name="lane_letter_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="lane",
            constraint=models.CheckConstraint(
                condition=models.Q(("prefix", ""), _negated=True),
                name="lane_without_letter",
            ),
        ),
        migrations.AddConstraint(
            model_name="lane",
            constraint=models.CheckConstraint(
                condition=models.Q(("head_start_minutes__gt", 120), _negated=True),
                name="lane_head_start_too_long",
            ),
        ),
        migrations.AddConstraint(
            model_name="lane",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("usual_minutes", 0),
                    ("target_minutes", 0),
                    _connector="OR",
                    _negated=True,
                ),
                name="lane_takes_no_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="screen",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_on", None)),
                fields=("institution", "name"),
                name="screen_named_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="screen",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="screen_without_name",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                fields=["institution", "day", "state"], name="ticket_queue"
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.UniqueConstraint(
                fields=("institution", "day", "prefix", "number"),
                name="ticket_number_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["called", "serving"])),
                fields=("window",),
                name="ticket_one_at_a_window",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", 0), _negated=True),
                name="ticket_number_zero",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("high_minutes__lt", models.F("low_minutes")), _negated=True
                ),
                name="ticket_wait_upside_down",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["called", "serving"]),
                    models.Q(("window", None), ("called_at", None), _connector="OR"),
                    _negated=True,
                ),
                name="ticket_called_nowhere",
            ),
        ),
        migrations.AddIndex(
            model_name="ticketevent",
            index=models.Index(fields=["institution", "-at"], name="ticket_event_when"),
        ),
        migrations.AddConstraint(
            model_name="ticketevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    (
                        "step__in",
                        [
                            "accepted",
                            "handed_in",
                            "left",
                            "registered",
                            "searched",
                            "seated",
                            "taken",
                        ],
                    )
                ),
                fields=("ticket", "step"),
                name="ticket_stamp_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="timing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("desk_seconds", None),
                    ("search_seconds", None),
                    ("to_search_seconds", None),
                    ("wait_seconds", None),
                    _negated=True,
                ),
                name="timing_of_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="windowlane",
            constraint=models.UniqueConstraint(
                fields=("post", "lane"), name="window_lane_once"
            ),
        ),
        migrations.RunPython(forbid, permit),
    ]
