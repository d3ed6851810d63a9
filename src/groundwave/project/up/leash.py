"""
What every child of ``groundwave up`` starts with, so that none outlives it.

Standard input is a pipe whose other end ``up`` alone holds. When it closes, ``up`` is
gone, however it went: the child gets SIGTERM, and if that does not end it in some
seconds, it and all that it started get SIGKILL. Unlike Linux's parent-death signal this
reaches grandchildren, lets the child finish its work, and works on macOS.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading


FAREWELL_SECONDS = 8.0


def main() -> None:
    """Run the module that the command line names, with the words after it."""
    threading.Thread(target=_hold, name="leash", daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _hold() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(FAREWELL_SECONDS)
    # ``up`` made us the leader of a group; started by hand, it would be the shell's.
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    main()
