"""Stories that came from upstream, for tests that do not care from which grammar."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from groundwave.syndication.incoming import Cut, Incoming, Photo, Sound


NOON = datetime(2026, 2, 1, 17, tzinfo=UTC)  # in New York


def story(*blocks: Any, **facts: Any) -> Incoming:
    said = {"id": "far-1", "title": "Ferry runs again", "blocks": blocks}
    return Incoming(**(said | facts))


def photo(id_: str = "photo-1", **facts: Any) -> Photo:
    cuts = (Cut("https://far-shore.example/mast.jpg"),)
    said = {"cuts": cuts, "photographer": "Una Farrow", "agency": "Far Shore Radio"}
    return Photo(id=id_, **(said | facts))


def sound(id_: str = "sound-1", **facts: Any) -> Sound:
    rights = {"is_streamable": True, "is_downloadable": True, "is_embeddable": True}
    said = {"url": "https://far-shore.example/ferry.mp3", **rights}
    return Sound(id=id_, **(said | facts))
