"""The ``darbaza`` command: Django's commands, with hyphens and our settings."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line


def main() -> None:
    """Run ``darbaza COMMAND ...``; choose the settings by what the home holds.

    An installation that has its certificate (``DARBAZA_HOME/tls``) is served over
    HTTPS only; before that, and for the demonstration, on this computer only.
    """
    home = Path(os.environ.get("DARBAZA_HOME") or "var")
    name = "prod" if (home / "tls" / "server.crt").exists() else "local"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"darbaza.config.settings.{name}")
    words = sys.argv[1:2]
    command = [words[0].replace("-", "_")] if words and words[0][0] != "-" else words
    execute_from_command_line(["darbaza", *command, *sys.argv[2:]])


if __name__ == "__main__":
    main()
