"""The other process of a test: waits for "go", does one job, prints its result."""

import json
import os
import sys
from importlib import import_module

import django
from django.conf import settings


def main() -> None:
    """Run the job named on the command line with the arguments on standard input."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "darbaza.config.settings.test")
    settings.DATABASES["default"]["NAME"] = os.environ["DARBAZA_TEST_DATABASE"]
    django.setup()
    module, name = sys.argv[1].split(":")
    job = getattr(import_module(module), name)
    arguments = json.loads(sys.stdin.readline())
    print("ready", flush=True)  # noqa: T201
    if sys.stdin.readline().strip() == "go":
        print(json.dumps(job(**arguments)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
