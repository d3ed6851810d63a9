"""
``groundwave``: the installed command.

Every command imports what it needs when it is called, so that help comes at once.
"""

from __future__ import annotations

import sys

from groundwave.patchbay.environment import EnvironmentUnusable
from groundwave.project.cli.app import app


__all__ = ["main"]


def main() -> None:
    """Run the command that the words after ``groundwave`` name."""
    try:
        app(prog_name="groundwave")
    except EnvironmentUnusable as reason:
        print(reason, file=sys.stderr)
        sys.exit(2)
