"""
What every part of a document is made of, and what its grammar says of its fields.

A part is declared once, as a class; reading, checking and writing walk its fields
(``fields``). A field without a default is required. What types cannot say is said
by a mark beside the type, in ``Annotated``. Parts do not change; what they hold in
``rest`` is not to be changed either.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

import msgspec


Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None


def words(text: str) -> frozenset[str]:
    """Return the words of *text*, which are separated by white space."""
    return frozenset(text.split())


class Part(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Anything that is an object in the document; its fields are in camelCase there."""


class To(Enum):
    """Where a link may lead."""

    ANYWHERE = "anywhere"
    ASSET = "an asset of the same document"
    DOCUMENT = "a document of the same service"
    WEB = "an address of the web"
    CONTACT = "an address of the web, or one for mail"


@dataclass(frozen=True, slots=True)
class Links:
    """
    What is allowed of the links in a field.

    Attributes:
        to: where they lead.
        rels: the names they may have.
        kinds: the kinds of assets they may lead to; empty where it does not matter.
        needs: the names of which they need one.
        unique: whether none may be there twice.
    """

    to: To = To.ANYWHERE
    rels: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    unique: bool = False


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What a right counts as that is given, but cannot be read."""

    value: object


@dataclass(frozen=True, slots=True)
class OneOf:
    """The words a text may be."""

    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Least:
    """The least a whole number may be; 0 where nothing is said."""

    number: int


NONEMPTY = "nonempty"
"""A mark for what is required and not to be empty."""
