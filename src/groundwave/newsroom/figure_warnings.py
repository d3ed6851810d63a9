"""
What an editor should know of the numbers in a story before readers have them.

None of it keeps a story from being published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from groundwave.newsroom.changes.sensitive import NUMBER_WORDS
from groundwave.newsroom.event_tables import all_said
from groundwave.newsroom.figure_places import figures_of
from groundwave.newsroom.figures.occurrences import mentions
from groundwave.newsroom.figures.outdated import Outdated, Why
from groundwave.newsroom.figures.pinned import Pinned, loose_text, pinned_in
from groundwave.newsroom.figures.standing import Said
from groundwave.newsroom.figures.words import written
from groundwave.newsroom.models import Event, Stage, Story
from groundwave.newsroom.passages import passages


# Of a developing event nobody has counted the same for as long.
STALE = timedelta(hours=24)

_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?")
_NUMBER = re.compile(rf"(?<!\w)(?:\d[\d.,]*|{'|'.join(NUMBER_WORDS)})(?!\w)", re.I)
_ATTRIBUTES = re.compile(
    r"\b(?:according to|counts?|counted|report(?:s|ed)?|said|says?|told)\b", re.I
)


def figure_warnings(story: Story, now: datetime) -> list[str]:
    """Return a sentence for each figure in *story* that somebody should look at."""
    texts = [each.text for each in passages(story) if each.is_rich]
    pins = [pin for text in texts for pin in pinned_in(text)]
    event = story.event
    if event is None:
        return [_without_event(pin) for pin in pins]
    return [
        *_boxes(story, event),
        *_of_pinned(pins, event, now),
        *_without_source(texts, event),
    ]


def _without_event(pin: Pinned) -> str:
    return _(
        "“%(words)s” is a figure of an event, and the story has none. Choose its event, "
        "so that you are told when the figure changes."
    ) % {"words": pin.words}


def _boxes(story: Story, event: Event) -> Iterator[str]:
    if not event.is_public and story.body.blocks_by_name("figures"):
        yield _(
            "Readers do not see the box of figures: “%(event)s” is not public. Make it "
            "public, or take the box out."
        ) % {"event": event.title}


def _of_pinned(pins: Iterable[Pinned], event: Event, now: datetime) -> Iterator[str]:
    figures = figures_of(event)
    outdated = {each.was.name: each for each in figures.outdated}
    standing = {each.name: each for each in figures.standing}
    for pin in pins:
        if pin.uid in outdated:
            yield _outdated(pin, outdated[pin.uid])
        elif pin.uid not in standing:
            yield _(
                "“%(words)s” is no figure of “%(event)s”. Take it out, and put the right "
                "one there."
            ) % {"words": pin.words, "event": event.title}
        elif _is_stale(standing[pin.uid], event, now):
            yield _(
                "“%(words)s” is more than a day old. Ask %(who)s whether it still stands."
            ) % {"words": pin.words, "who": standing[pin.uid].who}


def _is_stale(said: Said, event: Event, now: datetime) -> bool:
    return event.stage == Stage.DEVELOPING and now - said.as_of > STALE


def _outdated(pin: Pinned, each: Outdated) -> str:
    facts = {
        "words": pin.words,
        "who": each.was.who,
        "reason": each.was.reason,
        "now": written(each.now.quantity) if each.now else "",
    }
    if each.why is Why.DISPUTED:
        return _("“%(words)s” is disputed: %(reason)s Say so beside it.") % facts
    if each.why is Why.RETRACTED:
        sentence = _("“%(words)s” was our mistake: %(reason)s Put what is right there.")
    elif each.now is None:
        sentence = _("%(who)s took back “%(words)s”. Take it out, or say so.")
    else:
        sentence = _(
            "“%(words)s” stands no more: %(who)s now says %(now)s. Replace it."
        )
    return sentence % facts


def _without_source(texts: Iterable[str], event: Event) -> Iterator[str]:
    labels = [metric.label for metric in event.metrics.all()]
    sources = {said.who for said in all_said(event)}
    for text in texts:
        for sentence in _counting(text, labels):
            named = any(who in sentence for who in sources)
            if not named and not _ATTRIBUTES.search(sentence):
                yield _(
                    "“%(sentence)s” has a number and does not say whose it is. Name the "
                    "source, or put the figure there."
                ) % {"sentence": sentence}


def _counting(html: str, labels: Iterable[str]) -> Iterator[str]:
    """Yield the sentences of *html* with a number, no figure's, of what is counted."""
    loose = loose_text(html).replace("\0", " ")
    for found in _SENTENCE.finditer(loose):
        is_one = any(mentions(found[0], label) for label in labels)
        if is_one and _NUMBER.search(found[0]):
            yield unescape(strip_tags(html[slice(*found.span())])).strip()
