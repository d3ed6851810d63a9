"""
The documents of a made-up network: as long as stories are, and no two alike.

Every one has a lead photo, a sound that is played from where it is, a biography for its
author, a heading, a quotation and collections; every twentieth has a correction.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random

from groundwave.wire.cds.assets import (
    Asset,
    Audio,
    Correction,
    Image,
    PullQuote,
    ReferenceByline,
    Text,
)
from groundwave.wire.cds.document import Document
from groundwave.wire.cds.link import (
    AudioFile,
    ImageFile,
    Link,
    to_asset,
    to_document,
)


PARAGRAPHS = 12
REPORTERS = 40
CORRECTED = 20
MARK = "As of version {}:"
"""What a paragraph of each version begins with."""

VERSIONS = 2
# Of one version: importers begin with what changed within a day.
_HOURS = timedelta(hours=10)

_SERVICE = "/v4/services/s901"
_TOPICS = 30
_SYLLABLES = (
    "ba",
    "del",
    "fir",
    "go",
    "lan",
    "mi",
    "nor",
    "pe",
    "ras",
    "ti",
    "vu",
    "zen",
)
_INTERFACES = (
    *("publishable", "renderable", "buildout"),
    *("has-images", "has-audio", "listenable", "has-corrections"),
)


def story_id(shelf: str, number: int | str) -> str:
    """Return the id of a story on *shelf*."""
    return f"far-{shelf}-{number}"


class Network:
    """
    What a made-up network has to tell.

    Args:
        origin: where its files are, as ``http://127.0.0.1:8090``.
        begun: when the first document was last changed.
    """

    def __init__(self, origin: str, begun: datetime) -> None:
        self._origin = origin
        self._begun = begun.astimezone(UTC).replace(microsecond=0)
        self._words = _vocabulary()

    def story(self, shelf: str, number: int, *, version: int, of: int) -> Document:
        """Return story *number* of the *of* on *shelf*; each version says something new."""
        random = Random(f"{shelf}/{number}")  # noqa: S311 - made-up words
        name, at = story_id(shelf, number), self._changed(number, version, of)
        title = self._sentence(random, 7)
        body = self._body(random, version)
        photo, sound = self._photo(name, title), self._sound(name, title)
        byline = ReferenceByline(
            id="by-1",
            byline_documents=(to_document(f"far-reporter-{number % REPORTERS}"),),
        )
        corrections = self._corrections(number, at)
        everything: list[Asset] = [*body, photo, sound, byline, *corrections]
        return Document(
            id=name,
            kind="story",
            interfaces=_INTERFACES[: None if corrections else -1],
            title=title,
            teaser=self._sentence(random, 16),
            owners=self._service(),
            brandings=self._service(),
            publish_date_time=self._changed(number, 1, of),
            editorial_last_modified_date_time=at,
            editorial_major_update_date_time=at if version > 1 else None,
            web_pages=(
                Link(href=f"https://network.example/{name}/", rels=("canonical",)),
            ),
            collections=(
                to_document(f"far-topic-{number % _TOPICS}", "topic"),
                to_document("far-news", "collection"),
            ),
            images=(to_asset(photo.id, "primary"),),
            audio=(to_asset(sound.id, "primary"),),
            bylines=(to_asset(byline.id),),
            corrections=tuple(to_asset(each.id) for each in corrections),
            layout=tuple(to_asset(each.id) for each in body),
            assets={each.id: each for each in everything},
        )

    def biography(self, number: int) -> Document:
        """Return who reporter *number* is."""
        random = Random(f"reporter/{number}")  # noqa: S311 - made-up words
        name = " ".join(word.capitalize() for word in random.sample(self._words, 2))
        page = Link(
            href=f"https://network.example/people/{number}/", rels=("canonical",)
        )
        return Document(
            id=f"far-reporter-{number}",
            kind="biography",
            interfaces=("publishable", "aggregation"),
            title=name,
            teaser=self._sentence(random, 12),
            owners=self._service(),
            brandings=self._service(),
            publish_date_time=self._begun,
            editorial_last_modified_date_time=self._begun,
            web_pages=(page,),
        )

    def _changed(self, number: int, version: int, of: int) -> datetime:
        into = (version - 1 + number / of) * _HOURS
        return self._begun + timedelta(seconds=round(into.total_seconds()))

    def _service(self) -> tuple[Link, ...]:
        return (Link(href=self._origin + _SERVICE),)

    def _body(self, random: Random, version: int) -> list[Asset]:
        texts = [f"<p>{self._paragraph(random)}</p>" for _ in range(PARAGRAPHS)]
        texts[3] = f"<p>{MARK.format(version)} {self._paragraph(random)}</p>"
        body: list[Asset] = [
            Text(id=f"text-{at}", text=each) for at, each in enumerate(texts)
        ]
        quote = PullQuote(
            id="quote-1",
            quote=self._sentence(random, 12),
            attribution_party="Teo Brandt",
            attribution_context="baker on Tern Island",
        )
        heading = Text(id="heading-1", text=f"<h3>{self._sentence(random, 4)}</h3>")
        return [*body[:4], heading, *body[4:8], quote, *body[8:]]

    def _photo(self, name: str, title: str) -> Image:
        file = ImageFile(
            href=f"{self._origin}/pictures/{name}.jpg",
            rels=("primary", "image-wide"),
            type="image/jpeg",
            width=1600,
            height=900,
        )
        return Image(
            id="photo-1",
            enclosures=(file,),
            title=title,
            caption=f"What {title.lower()} looks like.",
            alt_text="A mast on a hill",
            producer="Una Farrow",
            provider="Far Shore Radio",
        )

    def _sound(self, name: str, title: str) -> Audio:
        file = AudioFile(href=f"{self._origin}/sounds/{name}.mp3", type="audio/mpeg")
        return Audio(
            id="sound-1",
            enclosures=(file,),
            title=title,
            duration=180,
            is_available=True,
            is_downloadable=False,
            is_embeddable=True,
            is_streamable=True,
        )

    def _corrections(self, number: int, at: datetime) -> tuple[Correction, ...]:
        if number % CORRECTED:
            return ()
        text = "An earlier version named the wrong island. It is Tern Island."
        return (Correction(id="correction-1", text=text, date_time=at),)

    def _paragraph(self, random: Random) -> str:
        return " ".join(self._sentence(random, 14) for _ in range(4))

    def _sentence(self, random: Random, words: int) -> str:
        said = " ".join(self._word(random) for _ in range(words))
        return f"{said.capitalize()}."

    def _word(self, random: Random) -> str:
        # Most of a text is a few words; most words are rare.
        return self._words[int(len(self._words) * random.random() ** 3)]


def _vocabulary() -> tuple[str, ...]:
    return tuple(_words(_SYLLABLES))


def _words(syllables: Iterable[str]) -> Iterable[str]:
    parts = tuple(syllables)
    for last in ("", *parts):
        yield from (first + second + last for first in parts for second in parts)
