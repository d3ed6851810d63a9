"""
Whose pictures are not ours to show: a list of names, and what is found of them in credits.

Agencies license their pictures to each newsroom for itself, so that a network's right
to show one does not pass on to whoever carries the story.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


SUGGESTED = (
    "AFP",
    "Agence France-Presse",
    "AP",
    "Associated Press",
    "EPA",
    "European Pressphoto Agency",
    "Getty",
    "Reuters",
)
"""A list to begin with; every station edits its own."""

_BETWEEN = re.compile(r"(?<=[a-z])(?=[A-Z])|[\W_]+")


def agency_in(credit: str, agencies: Iterable[str]) -> str:
    """
    Return the first of *agencies* that *credit* names; empty if none.

    Names are compared by their whole words, without case, accents and full stops:
    ``A.P. Photo/Jane Doe`` and ``ap`` name AP, ``Snapshot`` and ``Apex`` do not.
    """
    said = _words(credit)
    for agency in agencies:
        name = _words(agency)
        if name and any(said[at : at + len(name)] == name for at in range(len(said))):
            return agency
    return ""


def _words(text: str) -> list[str]:
    # Compatibility forms first: what looks like the letters of AP is AP.
    split = unicodedata.normalize("NFKD", text).replace(".", "")
    plain = "".join(c for c in split if unicodedata.category(c) not in {"Mn", "Cf"})
    return [word.casefold() for word in _BETWEEN.split(plain) if word]
