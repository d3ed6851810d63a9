"""
The demo newsroom: a made-up bay's stories, written and drawn for this purpose.

``told`` says what a demo story is made of; ``ferry`` is the one that develops, and the
other modules named after sections hold the rest. ``landscapes`` and ``portraits`` draw
the pictures, ``fog_signal`` makes the sound, ``publishing`` puts all of it on the site
by the verbs that a newsroom uses.
"""

from __future__ import annotations
