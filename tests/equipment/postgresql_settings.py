"""The site's settings, with a PostgreSQL in place of SQLite."""

from __future__ import annotations

import os

from equipment.postgresql import HOST
from groundwave.project.settings import *  # noqa: F403


DATABASES = {
    "default": {
        "ENGINE": "groundwave.delivery.edition.postgresql",
        "NAME": "postgres",
        "USER": "postgres",
        "HOST": os.environ[HOST],
    }
}
