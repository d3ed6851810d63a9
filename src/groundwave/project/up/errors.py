"""
Why Groundwave does not start; each text is a sentence that says what to do.

* ``NotStarted``

  * ``AlreadyUp``
  * ``PortTaken``
  * ``NotPrepared``
"""

from __future__ import annotations


class NotStarted(Exception):
    """Nothing was started."""


class AlreadyUp(NotStarted):
    """Another ``groundwave up`` looks after the same data."""


class PortTaken(NotStarted):
    """A port is in use, or may not be used."""


class NotPrepared(NotStarted):
    """The data folder or the database could not be made ready."""
