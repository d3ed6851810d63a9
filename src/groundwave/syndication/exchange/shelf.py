"""Our own stories, as a query for documents finds them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from contextlib import suppress

from django.db.models import Q
from django.utils.translation import gettext as _

from groundwave.newsroom.models import Story
from groundwave.newsroom.models.story import StoryQuerySet
from groundwave.wire.cds.query import By, Query, Sort, Span


PREFIX = "gw"

PROFILES = frozenset({"document", "story", "publishable", "renderable", "buildout"})
"""What each of our documents is; by anything else none can be chosen."""

# The columns that ``out.document`` makes the times of a document of.
_COLUMNS = {By.PUBLISHED: "first_published_at", By.MODIFIED: "last_published_at"}
_NEWEST_FIRST = (Sort(By.PUBLISHED),)
_UNKNOWN_HERE = {
    "collection_ids": "collectionIds",
    "excluded_profile_ids": "excludedProfileIds",
    "excluded_owner_hrefs": "excludedOwnerHrefs",
    "npr_website_paths": "nprWebsitePaths",
    "owner_hrefs": "ownerHrefs",
    "recommend_until_date_time": "recommendUntilDateTime",
    "season_number": "seasonNumber",
    "show_dates": "showDates",
    "transclude": "transclude",
}


class CannotAnswer(Exception):
    """A query asks for what we cannot find out; the text says what to leave out."""


def document_id(story: Story) -> str:
    """Return the name that *story* has for partners, always the same."""
    return f"{PREFIX}-{story.translation_key}"


def shared_stories() -> StoryQuerySet:
    """Return what partners may read: what is ours, and anybody may read."""
    found: StoryQuerySet = (
        Story.objects.live().public().filter(original=None, alias_of=None)
    )
    return found


def with_ids(ids: Iterable[str]) -> StoryQuerySet:
    """Return those of ``shared_stories`` that go by one of *ids*; no order."""
    found: StoryQuerySet = shared_stories().filter(translation_key__in=_keys(ids))
    return found


def stories_for(query: Query) -> StoryQuerySet:
    """
    Return what *query* finds, in its order, and as much of it as it wants.

    Without a sort the newest comes first.

    Raises:
        CannotAnswer: it asks for more than ids, times and profiles.
    """
    _check(query)
    known = with_ids(query.ids) if query.ids else shared_stories()
    found: StoryQuerySet = (
        known.filter(
            _within("first_published_at", query.publish_date_time),
            _within("last_published_at", query.editorial_last_modified_date_time),
        )
        .exclude(translation_key__in=_keys(query.excluded_ids))
        .order_by(*_order(query.sort or _NEWEST_FIRST))
    )[query.offset : query.offset + query.limit]
    return found


def _check(query: Query) -> None:
    for field, name in _UNKNOWN_HERE.items():
        if getattr(query, field) not in ((), None):
            raise _cannot(name)
    if not all(PROFILES.intersection(any_of) for any_of in query.profile_ids):
        raise _cannot("profileIds")
    for sort in query.sort:
        if sort.by not in _COLUMNS:
            raise _cannot(f"sort={sort}")


def _within(column: str, span: Span | None) -> Q:
    found = Q()
    if span and span.start:
        found &= Q((f"{column}__gte", span.start))
    if span and span.end:
        found &= Q((f"{column}__lte", span.end))
    return found


def _order(sorts: Iterable[Sort]) -> list[str]:
    columns = [f"{'' if sort.ascending else '-'}{_COLUMNS[sort.by]}" for sort in sorts]
    # What came in the same instant is on one page or the other, never on both.
    return [*columns, "-pk"]


def _keys(ids: Iterable[str]) -> Collection[uuid.UUID]:
    keys = set()
    for each in ids:
        with suppress(ValueError):  # nobody's
            key = uuid.UUID(each.removeprefix(f"{PREFIX}-"))
            # Other ways to write the same number are not its name.
            if each == f"{PREFIX}-{key}":
                keys.add(key)
    return keys


def _cannot(name: str) -> CannotAnswer:
    return CannotAnswer(
        _(
            "“%(name)s” cannot be answered here. Leave it out; ids, publishDateTime, "
            "editorialLastModifiedDateTime, sort by them, limit and offset can."
        )
        % {"name": name}
    )
