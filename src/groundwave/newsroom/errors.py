"""
What can go wrong in the newsroom.

::

    ValidationError
    └── NotPublishable
        ├── Killed
        └── Unanswered
    StoryGone
    NewsroomError
    ├── AlreadyKilled
    ├── BannerRefused
    ├── FigureRefused
    │   ├── AlreadyGone
    │   ├── AlreadySaid
    │   ├── AsOfLater
    │   ├── LowerWithoutReason
    │   ├── NeedsApproval
    │   ├── OlderThanKnown
    │   └── ReasonMissing
    ├── NoSuchQuantity
    ├── NotKilled
    └── ReplacementRefused
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError


if TYPE_CHECKING:
    from groundwave.newsroom.changes.sensitive import Change


class NotPublishable(ValidationError):
    """A story may not be published as it stands; its messages are sentences."""


class Killed(NotPublishable):
    """The story was killed, and stays so until somebody revives it."""


class Unanswered(NotPublishable):
    """Readers should be told of a change, and nobody has said what it is."""

    def __init__(self, question: str, changes: Iterable[Change]) -> None:
        super().__init__(question)
        self.changes = list(changes)


class StoryGone(Exception):
    """
    Somebody asks for a story that was killed: 410 (RFC 9110 §15.5.11).

    It is no Http404, which Wagtail takes for an address at which there never was a page.
    """

    def __init__(self, public_note: str, at: datetime) -> None:
        super().__init__("killed")
        self.public_note, self.at = public_note, at


class NewsroomError(Exception):
    """Something in the newsroom could not be done; the text is a sentence."""


class AlreadyKilled(NewsroomError):
    """Somebody else killed the story first."""


class BannerRefused(NewsroomError):
    """A banner says something, and ends after it begins."""


class NotKilled(NewsroomError):
    """The story is not killed, or no longer."""


class NoSuchQuantity(NewsroomError):
    """Its bounds are not those of its qualifier; the text is for whoever programs."""


class FigureRefused(NewsroomError):
    """A figure was not taken down, or not judged."""


class AlreadyGone(FigureRefused):
    """It was withdrawn or retracted, and nothing follows that."""


class AlreadySaid(FigureRefused):
    """The source's figure is this one already."""


class AsOfLater(FigureRefused):
    """A figure is of the time at which it was said, or of an earlier one."""


class LowerWithoutReason(FigureRefused):
    """A figure that goes down says why."""


class NeedsApproval(FigureRefused):
    """Only an editor may let a source go unnamed."""


class OlderThanKnown(FigureRefused):
    """The source has said something later since."""


class ReasonMissing(FigureRefused):
    """A figure is not called into question without a reason."""


class ReplacementRefused(NewsroomError):
    """Older figures of a story were not replaced; the text says what to do first."""
