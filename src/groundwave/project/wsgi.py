"""What Granian serves, behind the front."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from groundwave.delivery.edition.serving import behind_the_front


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundwave.project.settings")

application = behind_the_front(get_wsgi_application())
