"""The WSGI application, for the server in this package and for any other."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from backend.assets import Assets

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")

application = Assets(get_wsgi_application())
