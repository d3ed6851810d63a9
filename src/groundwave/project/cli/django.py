"""Django, for the commands that read the database."""

from __future__ import annotations

import os

import django


def started_django() -> None:
    """Make models usable."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundwave.project.settings")
    django.setup()
