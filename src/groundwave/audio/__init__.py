"""
Everything that decodes or encodes, kept at arm's length.

Codecs meet hostile bytes, so none of them runs in the process that holds the
air. The parent imports ``job``, ``process``, ``supervision`` and ``standby``,
which never import PyAV; the child is ``python -m groundwave.audio.codec`` and
``python -m groundwave.audio.conform``. A crash, a hang or a lie in the bytes
costs a restart of that child and nothing else.
"""

from __future__ import annotations
