"""For the test runner: quick passwords, its own home, tasks at once."""

import os
import tempfile

os.environ.setdefault("DARBAZA_HOME", tempfile.mkdtemp(prefix="darbaza-test-"))

from darbaza.config.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-tests-and-never-used-anywhere-else-0123456789"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
AXES_ENABLED = False
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405

# On disk, as in earnest, so that threads and processes meet at the same lock; but a
# test need not survive a power cut.
if DATABASES["default"]["ENGINE"] == "darbaza.config.sqlite":  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}  # noqa: F405
    DATABASES["default"]["OPTIONS"]["synchronous"] = "OFF"  # noqa: F405
DARBAZA_RULES_KEPT_SECONDS = 0
