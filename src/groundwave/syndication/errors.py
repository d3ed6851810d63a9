"""What can go wrong with stories of others, as facts; the text is a sentence."""

from __future__ import annotations


class SyndicationError(Exception):
    """Something could not be done with a story of others."""


class AlreadyDecided(SyndicationError):
    """Somebody has decided it, or upstream says something else meanwhile."""


class AlreadyDetached(SyndicationError):
    """Somebody took the story out of the updates before."""


class NotDetached(SyndicationError):
    """The story follows its original already."""


class NotHeld(SyndicationError):
    """The story does not wait to be published by itself any more."""


class NotChangeable(SyndicationError):
    """Something keeps the story from being changed now."""


class NotAPairingLine(SyndicationError):
    """What was pasted is none, or not all of one."""


class PairingRefused(SyndicationError):
    """The pairing line is one, but not for here."""


class CameAlready(SyndicationError):
    """Another connection brought the story; two of it would be one too many."""
