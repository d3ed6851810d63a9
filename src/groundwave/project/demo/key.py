"""The demo studio's source key, kept where only this user can read it."""

from __future__ import annotations

import os
from pathlib import Path

from groundwave.patchbay.environment import Environment


def key_file(environment: Environment) -> Path:
    """Return where the key is kept."""
    return environment.data / "run" / "demo.key"


def kept_key(environment: Environment) -> str:
    """Return the key, or nothing if there is none."""
    try:
        return key_file(environment).read_text().strip()
    except FileNotFoundError:
        return ""


def keep_key(environment: Environment, key: str) -> None:
    """Write the key down, readable by this user alone from the first moment."""
    path = key_file(environment)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{key}\n")
