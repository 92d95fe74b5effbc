"""Sets the clock of every process of the house that is photographed (see ``shots``)."""

import os
from datetime import UTC, datetime

import time_machine

if at := os.environ.get("DARBAZA_SHOWN_AT"):
    time_machine.travel(datetime.fromtimestamp(float(at), UTC)).start()
