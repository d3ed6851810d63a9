"""What is to be said of one story before readers have it, gathered from the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from wagtail.documents.models import Document
from wagtail.models import Page

from groundwave.newsroom.links_out import dead_links_out
from groundwave.newsroom.models.style_term import StyleTerm
from groundwave.newsroom.preflight import (
    Finding,
    PhotoUsed,
    Term,
    about_documents,
    about_embargo,
    about_headline,
    about_links,
    about_links_out,
    about_photo,
    about_terms,
)
from groundwave.photos.models import Photo
from groundwave.photos.rights import Withholding


if TYPE_CHECKING:
    from groundwave.newsroom.models.story import Story


# Somebody has only to say whose it is; rights that have ended keep no correction back.
_MENDED_HERE = (Withholding.UNCREDITED, Withholding.RIGHTS_UNKNOWN)


def findings(story: Story, *, now: datetime) -> Iterator[Finding]:
    """Yield what the desk is told of *story*, figures apart."""
    yield from about_headline(story.title)
    for photo in _photos(story, now):
        yield from about_photo(photo)
    yield from about_embargo(story.embargo_until, now=now)
    yield from about_links(_dead_links(story))
    yield from about_documents(_lost_documents(story))
    yield from about_links_out(dead_links_out(story))
    terms = StyleTerm.objects.values_list("say", "instead_of", "because")
    yield from about_terms(story.plain_text, (Term(*each) for each in terms))


def blocking(story: Story, *, now: datetime) -> Iterator[str]:
    """Yield a sentence for each finding that keeps *story* from being published."""
    for photo in _photos(story, now):
        yield from _sentences(about_photo(photo))
    yield from _sentences(about_headline(story.title))


def _sentences(found: Iterator[Finding]) -> Iterator[str]:
    return (each.sentence for each in found if each.is_blocking)


def _photos(story: Story, now: datetime) -> Iterator[PhotoUsed]:
    if lead := story.lead_photo:
        yield _used(lead, now, has_alt_text=bool(story.lead_alt or lead.description))
    # Those in the body are asked for their words by their own block.
    for photo in Photo.objects.filter(pk__in=_referred_to(story, Photo)):
        yield _used(photo, now)


def _used(photo: Photo, now: datetime, *, has_alt_text: bool = True) -> PhotoUsed:
    why = photo.why_withheld(now)
    return PhotoUsed(
        title=photo.title,
        withheld=str(why.sentence) if why else "",
        is_mended_here=why in _MENDED_HERE,
        has_alt_text=has_alt_text,
    )


def _dead_links(story: Story) -> Iterator[str]:
    """Yield the names of pages of ours that it leads to and readers do not have."""
    asked = _referred_to(story, Page)
    alive = set(Page.objects.live().filter(pk__in=asked).values_list("pk", flat=True))
    names = dict(Page.objects.filter(pk__in=asked).values_list("pk", "draft_title"))
    for pk in sorted(asked - alive):
        yield names.get(pk) or str(pk)


def _lost_documents(story: Story) -> Iterator[str]:
    """Yield the names of documents that were deleted, or whose files are lost."""
    asked = _referred_to(story, Document)
    found = Document.objects.in_bulk(asked)
    for pk in sorted(asked):
        document = found.get(pk)
        if document is None:
            yield str(pk)
        elif not document.file.storage.exists(document.file.name):
            yield document.title


def _referred_to(
    story: Story, model: type[Page] | type[Photo] | type[Document]
) -> set[int]:
    """Return the keys of what of that kind is in the body."""
    found = story.body.stream_block.extract_references(story.body)
    return {int(key) for kind, key, *_ in found if issubclass(kind, model)}
