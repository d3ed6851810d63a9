"""``groundwave demo``: find the key, then send."""

from __future__ import annotations

import sys

from groundwave.patchbay.environment import Environment
from groundwave.project.demo.key import kept_key, key_file


def send(environment: Environment, station: str) -> int:
    """Send to *station* until stopped; return the exit status."""
    key = kept_key(environment)
    if not key:
        print(
            f"The demo studio has no key in {key_file(environment)}. `groundwave up`"
            " makes one when it opens the demo station in an empty database.",
            file=sys.stderr,
        )
        return 1
    from groundwave.project.demo.studio import run_studio

    run_studio(environment, station=station, key=key)
    return 0
