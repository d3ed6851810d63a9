"""What is wrong with a feed and can be lived with, said in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext, gettext_lazy as _


MOST_ODDITIES = 200
LONGEST_DETAIL = 120


class Odd(StrEnum):
    """What can be odd."""

    BAD_TIME = "bad time"
    NO_ZONE = "no zone"
    BAD_ADDRESS = "bad address"
    BAD_TEXT = "bad text"
    NO_ID = "no id"
    NOT_KNOWN_AGAIN = "not known again"
    REPEATED = "repeated"
    NO_TITLE = "no title"
    NO_TEXT = "no text"
    TEXT_ELSEWHERE = "text elsewhere"
    TOO_MANY = "too many"
    TOO_LONG = "too long"
    WRONG_TYPE = "wrong type"
    OTHER_VERSION = "other version"
    MORE = "more"


_SENTENCES = {
    Odd.BAD_TIME: _("“%(detail)s” is not a date and time. It is left out."),
    Odd.NO_ZONE: _("“%(detail)s” has no time zone. It is taken for UTC."),
    Odd.BAD_ADDRESS: _("“%(detail)s” is not an address of the web. It is left out."),
    Odd.BAD_TEXT: _("There are characters here that no text has. They are left out."),
    Odd.NO_ID: _("It has no id. It goes by its address, %(detail)s."),
    Odd.NOT_KNOWN_AGAIN: _(
        "It has neither id nor address, so that nobody could know it again. It is left "
        "out; ask those who make the feed to give it one."
    ),
    Odd.REPEATED: _(
        "The id %(detail)s is here more than once. What changed last stands."
    ),
    Odd.NO_TITLE: _("It has no title."),
    Odd.NO_TEXT: _(
        "It has no text, or only a summary. Look for a feed with whole texts."
    ),
    Odd.TEXT_ELSEWHERE: _("Its text is not in the feed, but at %(detail)s."),
    Odd.TOO_MANY: _("There are too many; only the first %(detail)s are read."),
    Odd.TOO_LONG: _("“%(detail)s …” is too long. The rest of it is left out."),
    Odd.WRONG_TYPE: _("“%(detail)s” is not what belongs there. It is left out."),
    Odd.OTHER_VERSION: _(
        "The feed calls its version “%(detail)s”, which is not known here. It is read "
        "as if it were."
    ),
    Odd.MORE: _("There is more that is odd; only the first %(detail)s are told."),
}


@dataclass(frozen=True, slots=True)
class Oddity:
    """
    One thing that is odd.

    Attributes:
        entry: the number of the entry in the feed, from 1; 0 is the feed itself.
        what: what is odd about it.
        detail: what was found, shortened; may be empty.
    """

    entry: int
    what: Odd
    detail: str = ""

    @property
    def sentence(self) -> str:
        """Say it to a person, in the language that is spoken."""
        said = str(_SENTENCES[self.what]) % {"detail": self.detail}
        if not self.entry:
            return said
        return gettext("Entry %(number)d: %(said)s") % {
            "number": self.entry,
            "said": said,
        }


@dataclass(slots=True)
class Report:
    """The oddities found so far, the first ``MOST_ODDITIES`` of them, each once."""

    _found: dict[Oddity, None] = field(default_factory=dict)

    def tell(self, entry: int, what: Odd, detail: object = "") -> None:
        """Add one; *detail* is whatever was found, and is shortened."""
        if len(self._found) < MOST_ODDITIES:
            shown = str(detail)[:LONGEST_DETAIL]
            self._found[Oddity(entry, what, shown)] = None
        else:
            self._found[Oddity(0, Odd.MORE, str(MOST_ODDITIES))] = None

    def oddities(self) -> tuple[Oddity, ...]:
        """Return them in the order they were found."""
        return tuple(self._found)
