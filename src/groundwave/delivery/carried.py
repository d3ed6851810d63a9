"""
Stories of others as readers meet them: whose they are, and for how long they are promoted.

Nobody can take the origin's name or its copyright line off a page: both are made of
what came with the story, wherever it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from groundwave.newsroom.models import ChangeKind, Story, StoryUpdate
from groundwave.syndication.incoming import Brand
from groundwave.syndication.models import Original


# What the importer makes of an origin's own remarks goes by a name that is computed of
# them; what is told at our desk goes by a random one.
_COMPUTED = 5


@dataclass(frozen=True, slots=True)
class Carried:
    """
    A story of somebody else, as our pages speak of it.

    Attributes:
        brands: whose it is, at least one; an address may be empty.
        year: of its publication there; None where nobody knows.
        home: where to see more; may be empty.
        page: the original's own page; may be empty.
        attribution: what its origin said of its rights besides.
        canonical: the page to name to search engines as the original; empty for none.
        is_indexed: whether search engines may have our copy.
        recommended_until: until when its origin wants it promoted; None for ever.
        expires_at: when nothing of it may be heard any more; None for never.
    """

    brands: tuple[Brand, ...]
    year: int | None
    home: str
    page: str
    attribution: str
    canonical: str
    is_indexed: bool
    recommended_until: datetime | None
    expires_at: datetime | None

    @property
    def name(self) -> str:
        """Whose it is, in words."""
        return _listed([brand.name for brand in self.brands])

    @property
    def linked_names(self) -> SafeString:
        """The same, each name leading home, as HTML."""
        names = [_linked(brand) for brand in self.brands]
        before = format_html_join(", ", "{}", ((name,) for name in names[:-1]))
        if not before:
            return names[-1]
        return format_html(_("{} and {}"), before, names[-1])

    def is_silent(self, now: datetime) -> bool:
        """Return whether nothing of it may be heard at *now*, as with an old newscast."""
        return self.expires_at is not None and self.expires_at <= now

    def is_promoted(self, now: datetime) -> bool:
        """Return whether it is put before readers at *now* who did not look for it."""
        until = self.recommended_until
        return not self.is_silent(now) and (until is None or until > now)


def carried(story: Story) -> Carried | None:
    """Return whose *story* is; None if it is ours."""
    original = original_of(story)
    if original is None:
        return None
    line, found = original.copyright_line, original.found
    connection = original.connection
    brands = tuple(_brand(each) for each in line.get("brands", ()))
    return Carried(
        brands=brands or (Brand(connection.origin, _web(connection.origin_url)),),
        year=line.get("year"),
        home=_web(line.get("home") or connection.origin_url),
        page=_web(original.canonical),
        attribution=original.attribution,
        canonical=_web(found.canonical),
        is_indexed=found.is_indexed,
        recommended_until=original.recommended_until,
        expires_at=original.expires_at,
    )


def original_of(story: Story) -> Original | None:
    """Return what *story*, or the story that it is an alias of, is a copy of."""
    alias_of = story.alias_of
    source = getattr(alias_of, "story", None) if alias_of else story
    found: Original | None = getattr(source, "original", None)
    return found


def is_promoted(story: Story, now: datetime) -> bool:
    """Return whether *story* is put before readers at *now* who did not look for it."""
    whose = carried(story)
    return whose is None or whose.is_promoted(now)


def may_be_heard(story: Story, now: datetime) -> bool:
    """Return whether what we keep of its sound may be heard at *now*."""
    whose = carried(story)
    return whose is None or not whose.is_silent(now)


def label_of(update: StoryUpdate, whose: Carried | None) -> str:
    """Return what readers call *update*; who was wrong is named if it was not us."""
    if whose is None or not is_its_origins(update):
        return update.label
    if update.kind == ChangeKind.CORRECTION:
        return _("%(name)s corrected this story") % {"name": whose.name}
    return _("%(label)s from %(name)s") % {"label": update.label, "name": whose.name}


def is_its_origins(update: StoryUpdate) -> bool:
    """Return whether the origin of a carried story said so, and not our newsroom."""
    return update.uid.version == _COMPUTED


def tell_robots(response: HttpResponse, story: Story) -> HttpResponse:
    """Say in the head of *response* as well that search engines are to leave it out."""
    whose = carried(story)
    if whose and not whose.is_indexed:
        response["X-Robots-Tag"] = "noindex"
    return response


def _brand(kept: dict[str, Any]) -> Brand:
    return Brand(kept["name"], _web(kept.get("url", "")))


def _web(url: str) -> str:
    """Return *url* if a reader may be sent there."""
    return url if url.startswith(("https://", "http://")) else ""


def _linked(brand: Brand) -> SafeString:
    if not brand.url:
        return format_html("{}", brand.name)
    return format_html('<a href="{}">{}</a>', brand.url, brand.name)


def _listed(names: list[str]) -> str:
    return get_text_list(names, _("and"))
