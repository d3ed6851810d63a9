"""Why something is no feed that can be read."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Why(StrEnum):
    """What is in the way."""

    A_PAGE = "a page"
    NEITHER = "neither"
    BAD_XML = "bad xml"
    BAD_JSON = "bad json"
    ENTITIES = "entities"
    TOO_LARGE = "too large"
    TOO_DEEP = "too deep"
    TOO_MANY_PARTS = "too many parts"


_SENTENCES = {
    Why.A_PAGE: _(
        "This is a web page and not a feed. Look on it for a link called RSS, Atom or "
        "feed, and give the address of that."
    ),
    Why.NEITHER: _(
        "This is neither RSS nor Atom nor JSON Feed. Check that it is the address of "
        "the feed itself."
    ),
    Why.BAD_XML: _(
        "The feed is broken: %(detail)s. Tell those who make it; it is read again as "
        "soon as it is whole."
    ),
    Why.BAD_JSON: _(
        "The feed is broken: it is not JSON. Tell those who make it; it is read again "
        "as soon as it is whole."
    ),
    Why.ENTITIES: _(
        "The feed declares entities, which attacks are made of, so it is not read. Ask "
        "those who make it to leave out the declarations at its top."
    ),
    Why.TOO_LARGE: _(
        "The feed is larger than %(detail)s bytes. Ask those who make it for one of "
        "only the newest stories."
    ),
    Why.TOO_DEEP: _(
        "The feed is nested deeper than any text is. Ask those who make it to look at "
        "its newest entries."
    ),
    Why.TOO_MANY_PARTS: _(
        "The feed has more than %(detail)s elements. Ask those who make it for one of "
        "only the newest stories."
    ),
}


class NotAFeed(Exception):
    """
    It cannot be read as a feed, and nothing of it was.

    Attributes:
        why: what is in the way.
        detail: what is known of it; may be empty.
    """

    def __init__(self, why: Why, detail: object = "") -> None:
        super().__init__(why, detail)
        self.why = why
        self.detail = str(detail)

    @property
    def sentence(self) -> str:
        """What is in the way and what to do next, for a person."""
        return str(_SENTENCES[self.why]) % {"detail": self.detail}

    def __str__(self) -> str:
        return self.sentence
