"""What Granian serves, behind the front."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from groundwave.delivery.edition.watching import start_watching
from groundwave.delivery.edition.wsgi import BehindTheFront


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundwave.project.settings")

_site = get_wsgi_application()
_here = settings.GROUNDWAVE
application = BehindTheFront(_site, host=_here.bind, port=_here.site_port)
start_watching()
