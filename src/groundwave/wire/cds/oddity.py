"""
What a document has that its grammar does not foresee, said with its place.

A reader reports oddities and goes on; a writer refuses them, save the unknown,
which it passes on as it came.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from groundwave.wire.http.text import clean_text


MOST_ODDITIES = 200
_LONGEST_DETAIL = 120


class Odd(StrEnum):
    """What can be odd. The word stays, so that others may translate by it."""

    UNKNOWN_PROFILE = "unknown profile"
    UNKNOWN_ASSET = "unknown asset"
    UNKNOWN_FIELD = "unknown field"
    EXTRA_FIELD = "extra field"
    EMPTY = "empty"
    MISSING = "missing"
    WRONG_TYPE = "wrong type"
    BAD_NUMBER = "bad number"
    BAD_TIME = "bad time"
    NO_ZONE = "no zone"
    BAD_ID = "bad id"
    OTHER_ID = "other id"
    TYPES = "types"
    NULL_LINK = "null link"
    ELSEWHERE = "elsewhere"
    DANGLING = "dangling"
    WRONG_ASSET = "wrong asset"
    BAD_REL = "bad rel"
    NO_REL = "no rel"
    BAD_WORD = "bad word"
    BAD_TEMPLATE = "bad template"
    REPEATED = "repeated"
    UNCLAIMED = "unclaimed"
    UNFULFILLED = "unfulfilled"
    TOO_MANY = "too many"
    BAD_TEXT = "bad text"
    MORE = "more"


KEPT = frozenset({Odd.UNKNOWN_PROFILE, Odd.UNKNOWN_ASSET, Odd.UNKNOWN_FIELD})
"""Odd to us, but perhaps not to whom it is passed on to."""

_SENTENCES = {
    Odd.UNKNOWN_PROFILE: "The profile {} is not known here. It is kept.",
    Odd.UNKNOWN_ASSET: "An element of the kind {} is not known here. It is kept.",
    Odd.UNKNOWN_FIELD: "The field {} is not known here. It is kept.",
    Odd.EXTRA_FIELD: "The field {} is not known here. It is left out.",
    Odd.EMPTY: "There is nothing here. It counts as left out.",
    Odd.MISSING: "{} is missing.",
    Odd.WRONG_TYPE: "{} does not belong here, for it is of the wrong type.",
    Odd.BAD_NUMBER: "{} is not a number that makes sense here.",
    Odd.BAD_TIME: "{} is not a date and time.",
    Odd.NO_ZONE: "{} has no time zone. It is taken for UTC.",
    Odd.BAD_ID: "{} cannot be the id of a document.",
    Odd.OTHER_ID: "This element calls itself {}. It goes by the name it is linked by.",
    Odd.TYPES: "A document is of exactly one type, and this one says {}.",
    Odd.NULL_LINK: "A link leads nowhere ({}). It is left out.",
    Odd.ELSEWHERE: "A link may not lead to {} from here.",
    Odd.DANGLING: "A link leads to {}, which is not in this document.",
    Odd.WRONG_ASSET: "A link leads to an element of the kind {}, which does not belong here.",
    Odd.BAD_REL: "A link may not be called {} here.",
    Odd.NO_REL: "A link needs one of these names here: {}.",
    Odd.BAD_WORD: "{} is none of the words that are allowed here.",
    Odd.BAD_TEMPLATE: "{} has blanks that nobody knows how to fill.",
    Odd.REPEATED: "{} is here twice.",
    Odd.UNCLAIMED: "This needs the profile {}, which the document does not have.",
    Odd.UNFULFILLED: "The profile {} wants something here that is not there.",
    Odd.TOO_MANY: "There is more than is allowed: {}.",
    Odd.BAD_TEXT: "There are characters here that no text has. They are left out.",
    Odd.MORE: "There is more that is odd; only the first {} are told.",
}


@dataclass(frozen=True, slots=True)
class Oddity:
    """
    One thing that is odd.

    Attributes:
        where: its place as a JSON Pointer (RFC 6901); empty is the whole document.
        what: what is odd about it.
        detail: what was found or is missing, fit to be shown; may be empty.
    """

    where: str
    what: Odd
    detail: str = ""

    @property
    def sentence(self) -> str:
        """Say it to a person, in English."""
        return _SENTENCES[self.what].format(f"“{self.detail}”")


@dataclass(slots=True)
class Report:
    """The oddities found so far, the first ``MOST_ODDITIES`` of them, each once."""

    found: dict[Oddity, None] = field(default_factory=dict)

    def tell(self, where: str, what: Odd, detail: str = "") -> None:
        """Add one; *detail* is whatever was found, and is cleaned and shortened."""
        if len(self.found) < MOST_ODDITIES:
            shown = clean_text(detail, limit=_LONGEST_DETAIL)
            self.found[Oddity(where, what, shown)] = None
        else:
            self.found[Oddity("", Odd.MORE, str(MOST_ODDITIES))] = None

    def oddities(self) -> tuple[Oddity, ...]:
        """Return them in the order they were found."""
        return tuple(self.found)
