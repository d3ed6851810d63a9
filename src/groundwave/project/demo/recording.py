"""One episode that can be heard whenever somebody likes: made by the demo studio."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.core.files.base import ContentFile
from django.db import transaction

from groundwave.pages.models import Recording
from groundwave.programming.models import Episode, Show
from groundwave.project.demo.catalogue import PIECES
from groundwave.project.demo.composing import compose
from groundwave.project.demo.encoder import encoded
from groundwave.project.demo.mixing import mix
from groundwave.project.demo.programme import Part, station_break
from groundwave.project.demo.voice import sentences


SHOW = "kitchen-table"
TITLE = "How to invent a radio station"
SLUG = "how-to-invent-a-radio-station"
ABOUT = (
    "<p>The announcer, who was never born, on a bay that is on no map; and a short "
    "piece by an orchestra of nobody.</p>"
)


def record_demo_episode() -> Episode | None:
    """
    Give the demo an episode whose audio is kept on the site, unless it has it.

    Raises:
        ValidationError: what was recorded could not be measured in time.
    """
    show = Show.objects.filter(slug=SHOW).exclude(episodes__slug=SLUG).first()
    return _record(show) if show else None


@transaction.atomic
def _record(show: Show) -> Episode:
    frames = (frame for batch in encoded(_parts()) for frame in batch.frames)
    recording = Recording(
        title=TITLE,
        file=ContentFile(b"".join(frames), name=f"{SLUG}.mp3"),
        credit="The demo studio",
        transcript="<p>Every word of it is made up, and so is the music.</p>",
    )
    recording.full_clean()
    recording.save()
    return Episode.objects.create(
        show=show,
        title=TITLE,
        slug=SLUG,
        about=ABOUT,
        audio=recording,
    )


def _parts() -> Iterator[Part]:
    for sentence in sentences():
        yield station_break(sentence)
    # One verse: a whole piece would keep the first start waiting.
    piece = replace(PIECES[0], form="V")
    yield Part(piece.title, mix(compose(piece)))
