"""
``groundwave up``: the whole station on one machine, in one window.

``lock``, ``ports`` and ``preparation`` make sure that it can run; ``parts`` says what
runs; ``child`` keeps one part running and ``supervision`` all of them; ``banner``
tells the person in front of it what to do now.
"""

from __future__ import annotations
