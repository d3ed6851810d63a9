"""Who made a story, and what readers were told of its changes, as assets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from groundwave.newsroom.models import Story, StoryUpdate
from groundwave.newsroom.models.byline import Role
from groundwave.newsroom.models.update import OWNED_UP
from groundwave.syndication.out.names import Names
from groundwave.syndication.out.texts import line, lines_as_html
from groundwave.wire.cds.assets import Byline, Correction, Note


def bylines_of(story: Story, names: Names) -> Iterator[Byline]:
    """Yield the reporters of *story*; whoever made it, if there is none."""
    everybody = list(story.bylines.all())
    reporters = [each for each in everybody if each.role == Role.REPORTER]
    for byline in reporters or everybody:
        if name := line(byline.name):
            yield Byline(id=names.of("by", name), name=name)


def corrections_of(told: Iterable[StoryUpdate], names: Names) -> Iterator[Correction]:
    """Yield what was wrong or misleading, as it was *told*."""
    for update, text in _in_words(told):
        if update.kind in OWNED_UP:
            yield Correction(
                id=names.of("told", str(update.uid)),
                title=line(update.label),
                text=text,
                date_time=update.at,
            )


def notes_of(told: Iterable[StoryUpdate], names: Names) -> Iterator[Note]:
    """Yield whatever else was *told* in words."""
    for update, text in _in_words(told):
        if update.kind not in OWNED_UP:
            yield Note(
                id=names.of("told", str(update.uid)),
                title=line(update.label),
                text=text,
                date_time=update.at,
            )


def _in_words(told: Iterable[StoryUpdate]) -> Iterator[tuple[StoryUpdate, str]]:
    for update in told:
        if text := lines_as_html(update.text):
            yield update, text
