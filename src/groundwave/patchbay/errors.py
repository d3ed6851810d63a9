"""
What can go wrong on a line, and who can do something about it.

* ``PatchbayError``

  * ``LineClosed``: the other end is gone, or this end was closed; connect again.
  * ``NoAnswer``: the other end is there and says nothing in time; try again.
  * ``AskRefused``: the other end will not do what it was asked; tell the person.
  * ``NotServed``: nothing answers at the path; start the other half.
  * ``AlreadyServed``: something else answers at the path; stop it first.
  * ``PathUnusable``: no socket can be made at the path; choose another.
  * ``GarbledLine``: what came is not ours; this line is closed.

    * ``FrameTooLarge``: longer than either side may send.
    * ``VersionMismatch``: one side is older than the other; upgrade that one.

  * ``LineupUnreadable``: the cached line-up and its predecessor are damaged.

``str(error)`` is always a sentence that a person can act on.
"""

from __future__ import annotations


class PatchbayError(Exception):
    """Something between the site and the transmitter went wrong."""


class LineClosed(PatchbayError):
    """The line has ended; nothing more will be sent or received on it."""

    def __init__(self, sentence: str = "The other end has closed the line.") -> None:
        super().__init__(sentence)


class NoAnswer(PatchbayError):
    """The other end did not answer in time."""


class AskRefused(PatchbayError):
    """The transmitter could not do what it was asked; nothing was changed."""


class NotServed(PatchbayError):
    """Nothing answers at the path."""


class AlreadyServed(PatchbayError):
    """Something else answers at the path already."""


class PathUnusable(PatchbayError):
    """No socket can be made or reached at the path."""


class GarbledLine(PatchbayError):
    """The other end sent what is not a message."""


class FrameTooLarge(GarbledLine):
    """
    A message is longer than a line carries.

    Attributes:
        size: its length in bytes.
    """

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(
            f"A message of {size} bytes is too long for the patchbay, which carries "
            f"{limit}; say the same in several messages."
        )
        self.size = size


class VersionMismatch(GarbledLine):
    """
    The two ends speak different versions of the messages.

    Attributes:
        ours: the version that this end speaks.
        theirs: the version that the other end speaks.
    """

    def __init__(self, ours: int, our_name: str, theirs: int, their_name: str) -> None:
        older = our_name if ours < theirs else their_name
        super().__init__(
            f"The {our_name} speaks version {ours} of the patchbay's messages and the "
            f"{their_name} version {theirs}; upgrade the {older} and start it again."
        )
        self.ours, self.theirs = ours, theirs


class LineupUnreadable(PatchbayError):
    """The cached line-up cannot be read, and neither can the one before it."""
