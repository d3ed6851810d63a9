"""What to type for ``groundwave`` here, for sentences that tell somebody to type it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path


NAME = "groundwave"


def called(typed: str = "") -> str:
    """Return the command as it was *typed*, which is how it can be typed again."""
    typed = typed or sys.argv[0]
    if Path(typed).name != NAME or typed == shutil.which(NAME):
        return NAME
    return typed
