"""
``python -m groundwave.project.up.leash PARENT PROGRAM …``: become PROGRAM, on a leash.

On Linux the kernel tells PROGRAM to stop when PARENT is gone, so that a supervisor
that was killed leaves nothing behind on the ports.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys


PR_SET_PDEATHSIG = 1


def main() -> None:
    """Tie this process to its parent and become the program."""
    parent, program = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
    if os.getppid() != parent:
        return  # it was gone before we were tied to it
    os.execv(program[0], program)  # noqa: S606


if __name__ == "__main__":
    main()
