"""The token of a local agent is bound to a post."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="devicetoken",
            name="post_id",
            field=models.UUIDField(null=True, verbose_name="post"),
        ),
        migrations.AlterField(
            model_name="devicetoken",
            name="role",
            field=models.CharField(
                choices=[
                    ("gate_officer", "gate_officer"),
                    ("shift_supervisor", "shift_supervisor"),
                    ("registrar", "registrar"),
                    ("director", "director"),
                    ("headquarters", "headquarters"),
                    ("inspector", "inspector"),
                    ("administrator", "administrator"),
                    ("agent", "agent"),
                ],
                max_length=24,
                verbose_name="role",
            ),
        ),
        migrations.AddConstraint(
            model_name="devicetoken",
            constraint=models.CheckConstraint(
                condition=models.Q(("post_id", None), ("role", "agent"), _negated=True),
                name="device_agent_without_post",
            ),
        ),
    ]
