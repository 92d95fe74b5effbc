"""The server's entry: pages and API, and the background threads beside them."""

from django.core.wsgi import get_wsgi_application

from darbaza.config import env

application = get_wsgi_application()

if env.flag("DARBAZA_BACKGROUND", default=False):
    from darbaza.config import background

    background.start()
