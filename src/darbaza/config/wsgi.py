"""The server's entry: pages and API, and the background thread beside them."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
