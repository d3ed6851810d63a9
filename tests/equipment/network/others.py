"""Documents of a network that are no stories: people, collections, programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from equipment.network.assets import picture, sound, text
from equipment.network.links import HOME, Document, link, pointer
from equipment.network.stories import published


def _page(name: str, folder: str) -> list[dict[str, Any]]:
    return [link(f"{HOME}/{folder}/{name}/", "canonical")]


def biography(
    name: str = "far-una-farrow", who: str = "Una Farrow", **facts: Any
) -> Document:
    said = {
        "title": who,
        "teaser": f"{who} reports on the islands.",
        "layout": [link(pointer("text-life"))],
        "images": [link(pointer("photo-face"), "headshot")],
        "assets": {
            "text-life": text(
                "text-life", f"<p>{who} came to Far Shore by rowing boat.</p>"
            ),
            "photo-face": picture("photo-face", crops=["image-square"], file="face"),
        },
    }
    interfaces = ("renderable", "buildout", "has-images")
    return aggregation(name, "biography", (), *interfaces, **(said | facts))


def aggregation(
    name: str, kind: str, items: Iterable[str], *interfaces: str, **facts: Any
) -> Document:
    """Return a collection that names its items in an order of its own."""
    said = {
        "title": "Harbor life",
        "items": [link(f"/v1/documents/{each}") for each in items],
        "webPages": _page(name, kind),
    }
    return published(name, kind, "aggregation", *interfaces, **(said | facts))


def topic(name: str = "far-harbor-life", *items: str, **facts: Any) -> Document:
    return aggregation(name, "topic", items, **facts)


def program(name: str = "far-morning", **facts: Any) -> Document:
    return aggregation(
        name, "program", (), **{"title": "Morning at Far Shore", **facts}
    )


def program_episode(
    name: str, *segments: str, shown: date = date(2026, 2, 1), **facts: Any
) -> Document:
    said = {"title": "Morning at Far Shore, Sunday", "showDate": shown.isoformat()}
    return aggregation(name, "program-episode", segments, **(said | facts))


def podcast_channel(name: str = "far-tideline", **facts: Any) -> Document:
    said = {"title": "Tideline", "itunes": {"block": False}, "channelType": "episodic"}
    return aggregation(name, "podcast-channel", (), **(said | facts))


def podcast_episode(name: str, **facts: Any) -> Document:
    said: dict[str, Any] = {
        "title": "Tideline: the bell buoy",
        "explicit": False,
        "itunes": {"block": False},
        "episodeType": "full",
        "seasonNumber": 1,
        "episodeNumber": 1,
        "audio": [link(pointer("sound-talk"), "primary")],
        "collections": [link("/v1/documents/far-tideline", "podcast-channel")],
        "assets": {"sound-talk": sound("sound-talk", file="talk")},
    }
    return published(
        name, "podcast-episode", "has-audio", "listenable", **(said | facts)
    )


def newscast(name: str = "far-newscast-short", **facts: Any) -> Document:
    said = {
        "title": "News from the islands",
        "expirationDateTime": "2026-02-01T20:00:00Z",
        "audio": [link(pointer("sound-news"), "newscast")],
        "assets": {"sound-news": sound("sound-news", file="news")},
    }
    return published(name, "newscast", "has-audio", **(said | facts))


def transcript_document(name: str, said: str) -> Document:
    """Return what an audio's ``transcriptLink`` leads to."""
    return published(name, "transcript", title="Transcript", text=said)


OTHERS: dict[str, Document] = {
    "a biography": biography(),
    "a topic": topic(),
    "a program": program(),
    "an episode of a program": program_episode("far-morning-1", "far-ferry"),
    "a podcast": podcast_channel(),
    "an episode of a podcast": podcast_episode("far-tideline-1"),
    "a newscast": newscast(),
    "a transcript": transcript_document(
        "far-ferry-transcript", "<p>The bell rang.</p>"
    ),
}
