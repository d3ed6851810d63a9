"""
What a child gives up before it touches a stranger's bytes.

Each limit is one that sound never needs, so that bytes which take a codec over
gain little. A system that does not know a limit goes without it.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys


MOST_MEMORY_BYTES = 1024 * 1024 * 1024  # address space; a codec at work has 250 MB

_PR_SET_PDEATHSIG = 1


def confine(*, may_write_files: bool = False) -> None:
    """
    Give up what a codec does not need, and outlive a Ctrl-C meant for the parent.

    The child ends when its parent closes the pipe; should the parent be killed,
    Linux ends the child.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_parent()
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, MOST_MEMORY_BYTES)
    if not may_write_files:
        _limit(resource.RLIMIT_FSIZE, 0)


def private_stdout() -> int:
    """
    Return a descriptor for messages; from now on prints go to standard error.

    A library that prints a warning would otherwise garble the messages.
    """
    messages = os.dup(1)
    os.dup2(2, 1)
    return messages


def _die_with_parent() -> None:
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _limit(what: int, most: int) -> None:
    try:
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, hard))
    except (OSError, ValueError):
        return
