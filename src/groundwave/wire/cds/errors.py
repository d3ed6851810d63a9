"""
What can go wrong with a document, and whose fault it is.

* ``PeerError``

  * ``NotCds``: what came cannot be read at all.

* ``WireError``

  * ``NotAllowed``: what we wanted to send breaks the network's grammar.
"""

from __future__ import annotations

from groundwave.wire.cds.oddity import Oddity
from groundwave.wire.errors import PeerError, WireError


class NotCds(PeerError):
    """Bytes that are no document, no answer and no query of a CDS."""


class NotAllowed(WireError):
    """
    The grammar does not allow what was to be written; nothing was.

    Attributes:
        faults: everything that is in the way, never empty.
        sentence: the first of them, fit for a person to read.
    """

    def __init__(self, faults: tuple[Oddity, ...]) -> None:
        super().__init__(f"{faults[0].where or '/'}: {faults[0].sentence}")
        self.faults = faults
        self.sentence = faults[0].sentence
