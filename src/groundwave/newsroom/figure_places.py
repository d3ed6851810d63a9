"""Where the figures of an event that stand no more are still written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from html import unescape

from django.db.models import Q
from django.utils.html import strip_tags
from wagtail.models import Revision

from groundwave.newsroom.event_tables import all_said, tables
from groundwave.newsroom.figures.occurrences import Occurrence, occurrences
from groundwave.newsroom.figures.outdated import Outdated, outdated
from groundwave.newsroom.figures.standing import Said
from groundwave.newsroom.models import Event, Story, StoryKill
from groundwave.newsroom.passages import Passage, passages


_AROUND = 60


@dataclass(frozen=True)
class FigurePlace:
    """Words of an outdated figure, in which text of which version of a story."""

    story: Story
    # None is what readers have; else the version that nobody has published yet.
    draft: Revision | None
    passage: Passage
    found: Occurrence

    @property
    def key(self) -> str:
        """What it is called as long as nothing around it changes."""
        of, now = self.found.of.was.name, self.found.of.now
        version = self.draft.pk if self.draft else self.story.live_revision_id
        facts = (
            self.story.pk,
            version,
            self.passage,
            self.found.start,
            of,
            now.name if now else "",
        )
        return sha256(repr(facts).encode()).hexdigest()[:24]

    @property
    def can_be_replaced(self) -> bool:
        return self.found.becomes is not None and not self.passage.is_quotation

    @property
    def is_certain(self) -> bool:
        is_of_its_time = self.passage.is_quotation or self.passage.is_dated
        return self.found.is_certain and not is_of_its_time

    @property
    def before(self) -> str:
        """What stands before the words, as much as tells which sentence it is."""
        return self._read(self.passage.text[: self.found.start])[-_AROUND:]

    @property
    def after(self) -> str:
        return self._read(self.passage.text[self.found.end :])[:_AROUND]

    def _read(self, text: str) -> str:
        return unescape(strip_tags(text)) if self.passage.is_rich else text


@dataclass(frozen=True)
class Figures:
    """What is said of an event, and what of it does not simply stand."""

    outdated: tuple[Outdated, ...]
    standing: tuple[Said, ...]


def figures_of(event: Event) -> Figures:
    """Return what is to be looked for in the stories of *event*."""
    counted = [metric.counted for metric in event.metrics.all()]
    rows = [row for table in tables(event) for row in table.rows]
    return Figures(outdated(counted, all_said(event)), tuple(row.said for row in rows))


def places_of(event: Event) -> list[FigurePlace]:
    """Return every place in every story of *event*, story after story."""
    figures = figures_of(event)
    if not figures.outdated:
        return []
    return [place for story in stories_of(event) for place in places_in(story, figures)]


def stories_of(event: Event) -> Iterable[Story]:
    """Return the stories that tell of *event*, also those of which a draft does."""
    found = Story.objects.filter(
        Q(event=event) | Q(latest_revision__content__event=event.pk)
    )
    killed = StoryKill.objects.in_force()
    stories: Iterable[Story] = found.exclude(kills__in=killed).filter(alias_of=None)
    return stories


def places_in(story: Story, figures: Figures) -> Iterator[FigurePlace]:
    """Yield the places in what readers have of *story*, then in its newest draft."""
    if story.live:
        yield from _places(story, None, story, figures)
    draft = newest_draft(story)
    if draft:
        yield from _places(story, draft, draft.as_object(), figures)


def newest_draft(story: Story) -> Revision | None:
    """Return the version of *story* that waits to be published, if one does."""
    if story.live and not story.has_unpublished_changes:
        return None
    return story.get_latest_revision()


def _places(
    story: Story, draft: Revision | None, version: Story, figures: Figures
) -> Iterator[FigurePlace]:
    for passage in passages(version):
        for found in occurrences(
            passage.text,
            figures.outdated,
            standing=figures.standing,
            is_rich=passage.is_rich,
        ):
            yield FigurePlace(story, draft, passage, found)
