"""What Granian serves: ``granian --interface wsgi groundwave.project.wsgi:application``."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from groundwave.delivery.edition.serving import with_edition


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundwave.project.settings")

application = with_edition(get_wsgi_application())
