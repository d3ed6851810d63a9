"""
The front: the process that the public's browsers reach, without Django in it.

It answers from memory what anybody may be answered, and asks the site behind it for
everything else. ``docs/decisions/0016-the-front.md`` says why it is a process of its own.
"""

from __future__ import annotations
