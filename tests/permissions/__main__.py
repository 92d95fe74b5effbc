"""Write ``matrix.yml`` anew: ``python -m tests.permissions``. Read the difference!"""

import os
from pathlib import Path

import django
import yaml

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "darbaza.config.settings.test")
django.setup()

from tests.permissions import doors  # noqa: E402

HEAD = "# Who passes which door. Written by: python -m tests.permissions\n"
text = yaml.safe_dump(doors.matrix(), sort_keys=False, width=200, allow_unicode=True)
Path(__file__).with_name("matrix.yml").write_text(HEAD + text, "utf-8")
