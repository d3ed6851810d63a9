"""
Bytes to meaning and back: the protocols radio speaks, as pure values.

Nothing in this package opens a socket, reads a clock or knows a framework. A
parser is fed bytes and hands out facts; a writer is given facts and returns
bytes. The layer contract in ``pyproject.toml`` makes that a build failure.
"""

from __future__ import annotations
