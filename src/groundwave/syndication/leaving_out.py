"""What of an upstream story was not taken over, and why, for the editor who gets it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why something was left out. The word stays, so that others may translate by it."""

    UNKNOWN_KIND = "unknown kind"
    VIDEO = "video"
    PROGRAM_OF_OTHERS = "program of others"
    ELSEWHERE = "elsewhere"
    MEDIA_IN_TEXT = "media in text"
    TABLE = "table"
    NOT_FETCHED = "not fetched"
    NO_ADDRESS = "no address"
    NO_FILE = "no file"
    NO_NAME = "no name"
    BESIDE = "beside"
    NOTHING_LEFT = "nothing left"
    TOO_LONG = "too long"


_SENTENCES = {
    Why.UNKNOWN_KIND: "An element of the kind {} is not known here and was left out. "
    "Look at the original to see whether readers miss it.",
    Why.VIDEO: "A video ({}) is played by its own site only and was left out. "
    "Link to the original if readers need it.",
    Why.PROGRAM_OF_OTHERS: "A block of somebody's own HTML ({}) was left out. "
    "Look at the original, and link to what readers need.",
    Why.ELSEWHERE: "A link to {} was left out, for nobody has put that site on the "
    "list of places we link to. Add a link by hand if readers need it.",
    Why.MEDIA_IN_TEXT: "A text holds a picture or a player ({}) of which nobody says "
    "who may show it. It was left out; ask the origin for it if readers need it.",
    Why.TABLE: "A table ({}) was turned into paragraphs. Read it again, and lay it "
    "out as readers need it.",
    Why.NOT_FETCHED: "{} could not be fetched and was left out. It comes with the "
    "next poll if it is there then.",
    Why.NO_ADDRESS: "{} leads to no page and was left out. Nothing needs to be done.",
    Why.NO_FILE: "{} has no file that can be shown or played and was left out. "
    "Ask the origin for it if readers need it.",
    Why.NO_NAME: "A byline ({}) has no name and was left out. Look at the original, "
    "and add the author.",
    Why.BESIDE: "{} stands beside the story at its origin and not in it. It was left "
    "out; add it by hand if readers need it.",
    Why.NOTHING_LEFT: "{} held nothing that readers could read and was left out. "
    "Look at the original to see whether they miss it.",
    Why.TOO_LONG: "The {} was too long and was cut. Write a shorter one.",
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """
    One thing that is missing here.

    Attributes:
        where: the upstream id of the element; empty if it is the story itself.
        why: the reason.
        detail: what it was, shortened to a line.
    """

    where: str
    why: Why
    detail: str

    @property
    def sentence(self) -> str:
        """Say it to an editor, in English."""
        return _SENTENCES[self.why].format(self.detail)
