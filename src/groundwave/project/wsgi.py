"""What Granian serves: ``granian --interface wsgi groundwave.project.wsgi:application``."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundwave.project.settings")

application = get_wsgi_application()
