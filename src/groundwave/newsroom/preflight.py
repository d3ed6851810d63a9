"""
What an editor is told of a story before readers have it.

Pure: values in, sentences out. What is ``is_blocking`` keeps a story from being published;
the rest is advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _


# As much of a headline as lists and search engines show.
HEADLINE_LETTERS = 90


class Finding(NamedTuple):
    """A sentence that says what is the matter and what to do."""

    sentence: str
    is_blocking: bool = False


class PhotoUsed(NamedTuple):
    """A photo of a story; ``withheld`` says why readers are not shown it, if they are not."""

    title: str
    withheld: str = ""
    is_mended_here: bool = False
    has_alt_text: bool = True


class Term(NamedTuple):
    """What the station says instead of something else."""

    say: str
    instead_of: str
    because: str = ""


def about_headline(headline: str) -> Iterator[Finding]:
    letters = len(headline)
    if letters > HEADLINE_LETTERS:
        yield Finding(
            _(
                "The headline has %(letters)s characters, and lists and search engines "
                "show some %(most)s of them. Shorten it, or say the most important first."
            )
            % {"letters": letters, "most": HEADLINE_LETTERS}
        )
    if not any(sign.isalnum() for sign in headline):
        yield Finding(_("The headline has no word in it. Write one."), is_blocking=True)


def about_photo(photo: PhotoUsed) -> Iterator[Finding]:
    """Yield what is missing; what the desk can mend at once keeps the story back."""
    name = {"photo": photo.title}
    if photo.withheld:
        sentence = _("Readers are not shown the photo “%(photo)s”.") % name
        yield Finding(f"{sentence} {photo.withheld}", is_blocking=photo.is_mended_here)
    if not photo.has_alt_text:
        sentence = _(
            "“%(photo)s” says nothing to those who cannot see it. Write under “What is "
            "to be seen on it” what is."
        )
        yield Finding(sentence % name, is_blocking=True)


def about_embargo(embargo: datetime | None, *, now: datetime) -> Iterator[Finding]:
    if embargo and embargo <= now:
        yield Finding(
            _(
                "The embargo is over and holds nothing back any more. Clear it, or mend "
                "its date."
            )
        )


def about_links(dead: Iterable[str]) -> Iterator[Finding]:
    """Yield one for each page of ours, by its name, that readers do not have."""
    for name in dead:
        yield Finding(
            _("A link leads to “%(page)s”, which readers do not have. Take it out.")
            % {"page": name}
        )


def about_documents(lost: Iterable[str]) -> Iterator[Finding]:
    """Yield one for each document, by its name, that cannot be opened."""
    for name in lost:
        yield Finding(
            _(
                "The document “%(name)s” is not there any more. Choose another one, or "
                "take it out."
            )
            % {"name": name}
        )


def about_links_out(dead: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Yield one for each address elsewhere, with its words, at which nothing is."""
    for url, words in dead:
        yield Finding(
            _(
                "The link “%(words)s” leads to a page that is not there: %(url)s. Mend "
                "the address, or take the link out."
            )
            % {"words": words, "url": url}
        )


def about_terms(text: str, terms: Iterable[Term]) -> Iterator[Finding]:
    for term in terms:
        if _says(text, term.instead_of):
            facts = {"not": term.instead_of, "say": term.say}
            sentence = _("We say “%(say)s”, not “%(not)s”.") % facts
            yield Finding(f"{sentence} {term.because}".strip())


def _says(text: str, words: str) -> bool:
    """Whether *text* has *words*; capitals count only where the list has them."""
    flags = 0 if words != words.lower() else re.IGNORECASE
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, flags) is not None
