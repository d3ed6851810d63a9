"""
Why the station cannot be started.

* ``NotStarted``

  * ``AlreadyUp``
  * ``PortUnusable``
  * ``DataUnusable``

``str(error)`` is always a sentence that says what to do next.
"""

from __future__ import annotations


class NotStarted(Exception):
    """Nothing was started."""


class AlreadyUp(NotStarted):
    """Another ``groundwave up`` works on the same data."""


class PortUnusable(NotStarted):
    """
    One of the ports cannot be listened on.

    Attributes:
        by: who holds it, as far as that is known.
    """

    def __init__(self, sentence: str, *, by: str = "") -> None:
        super().__init__(sentence)
        self.by = by


class DataUnusable(NotStarted):
    """The data folder cannot be written."""
