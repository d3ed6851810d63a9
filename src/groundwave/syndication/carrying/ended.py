"""Pictures that must not be shown any more, out of what readers are to have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from groundwave.photos.models import Photo
from groundwave.syndication.carrying.versions import Value
from groundwave.syndication.merging import Part, Version


_LEAD = ("lead_photo", "lead_alt", "lead_caption")


def without_ended(version: Version[Value], *, now: datetime) -> Version[Value]:
    """Return *version* without the pictures that nobody may be shown at *now*."""
    shown = _showable(version, now)
    fields = dict(version.fields)
    lead = fields.get("lead_photo")
    if lead and lead.raw and lead.raw not in shown:
        for name in _LEAD:
            fields.pop(name, None)
    body = tuple(part for part in version.body if _is_left(part, shown))
    return Version(fields, body)


def _showable(version: Version[Value], now: datetime) -> set[int]:
    lead = version.fields.get("lead_photo")
    pks = {lead.raw} if lead and lead.raw else set()
    for part in version.body:
        pks |= set(_pictures_in(part.value.raw["value"]))
    return set(
        Photo.objects.showable(now).filter(pk__in=pks).values_list("pk", flat=True)
    )


def _is_left(part: Part[Value], shown: set[int]) -> bool:
    """Whether every picture of a block may be shown; a gallery goes as a whole."""
    return set(_pictures_in(part.value.raw["value"])) <= shown


def _pictures_in(value: Any) -> Iterator[int]:
    match value:
        case {"image": int(pk), "alt_text": _}:
            yield pk
        case dict():
            for each in value.values():
                yield from _pictures_in(each)
        case list():
            for each in value:
                yield from _pictures_in(each)
        case _:
            pass
