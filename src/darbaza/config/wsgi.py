"""The server's entry: pages and API, and the background threads beside them."""

import gc

from django.core.wsgi import get_wsgi_application

from darbaza.config import env

application = get_wsgi_application()
# What the start made stays for good; looking through it again and again costs every
# request some milliseconds.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)

if env.flag("DARBAZA_BACKGROUND", default=False):
    from darbaza.config import background

    background.start()
