"""
What can go wrong on the wire, and whose fault it is.

* ``WireError``

  * ``PeerError``: the other side broke the protocol; close that connection only.
  * ``UsageError``: our own code called a wire object in the wrong order.
  * ``cds.errors.NotAllowed``: what was to be said breaks the other side's grammar.
"""

from __future__ import annotations


class WireError(Exception):
    """Something on the wire went wrong."""


class PeerError(WireError):
    """
    The other side sent bytes that do not make sense.

    Attributes:
        status: the HTTP status that tells the peer, 400 where none fits better.
        sentence: what happened and what to do next, fit for a person to read.
    """

    def __init__(self, sentence: str, *, status: int = 400) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


class UsageError(WireError):
    """A wire object was called in an order it does not allow."""
