"""What can be asked of any upstream, whatever it speaks, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from groundwave.syndication.carrying.arrived import Arrived
from groundwave.syndication.incoming import Incoming
from groundwave.syndication.models import Original


LONGEST_ID = 500


@dataclass(frozen=True, slots=True)
class Found:
    """
    A story that upstream has, before anything else was fetched for it.

    Attributes:
        about: what it says of itself: ``id``, ``kind``, ``title``, ``canonical``,
            ``owners`` and ``restricted``. Nothing else of the story is in it.
        fingerprint: that of the version which we keep if nothing was missing then.
        whole: returns the story itself, with what it needs fetched; never fails for
            want of that.
    """

    about: Incoming
    fingerprint: str
    whole: Callable[[], Arrived]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that is no story, with a sentence why; its id may be made up."""

    id: str
    sentence: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """
    Upstream itself says that it has a story no more.

    Attributes:
        because: a sentence for the desk.
        is_certain: whether that needs no second look, if it is so of this one alone.
    """

    id: str
    because: str
    is_certain: bool = True


Came: TypeAlias = Found | Unreadable | TakenBack


class Asks(Protocol):
    """
    An upstream that can be asked.

    Each question raises UpstreamTrouble where there is no answer.
    """

    def changed(self, *, now: datetime) -> Iterator[Sequence[Came]]:
        """
        Yield what may be new or have changed, a batch at a time.

        By asking for the next batch the caller says that the last one was gone
        through: only then does the connection, unsaved, move on.
        """

    def again(self, ids: Sequence[str]) -> Mapping[str, Found]:
        """
        Return what there is now of *ids*; what is missing need not be gone.

        One that spoils the answer is missing, and stops no other.
        """

    def one(self, id_: str) -> Arrived | None:
        """Return the story of that id; None if upstream says that there is none."""

    def look_for(self, original: Original) -> Came | None:
        """
        Return what upstream says of a story that was missing.

        None if it is there, and no more can be said of it. Raises UpstreamTrouble where
        nobody can tell: that it is there is for upstream to say.
        """
