"""
Entries that feeds had and have no longer: ``at:deleted-entry`` (RFC 6721).

Programs keep the entries of an Atom feed for their readers; told of a deleted one, they
can take it away. What was wrong is not repeated: an entry goes by its identity alone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from groundwave.delivery.days import utc_text
from groundwave.newsroom.models import StoryKill, StoryUpdate


# A program that does not come for as long as it takes to kill so many keeps the oldest.
MOST = 30
_NAMESPACE = "http://purl.org/atompub/tombstones/1.0"


class Tombstone(NamedTuple):
    """What entry is deleted, and since when."""

    ref: str
    when: datetime


class AtomWithTombstones(Atom1Feed):
    """An Atom feed that is given ``tombstones`` as well."""

    def root_attributes(self) -> dict[str, Any]:
        attributes: dict[str, Any] = super().root_attributes()
        return attributes | {"xmlns:at": _NAMESPACE}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for each in self.feed["tombstones"]:
            told = {"ref": each.ref, "when": utc_text(each.when)}
            handler.addQuickElement("at:deleted-entry", "", told)


def of_stories() -> list[Tombstone]:
    """Return those of our stories that were killed, the latest first."""
    ours = StoryKill.objects.told().filter(story__original=None)
    kills = ours.select_related("story")[:MOST]
    return [
        Tombstone(f"urn:uuid:{kill.story.translation_key}", kill.at) for kill in kills
    ]


def of_corrections() -> list[Tombstone]:
    """Return those of what had been owned up to in stories that were killed."""
    kills = dict(StoryKill.objects.told().values_list("story", "at"))
    gone = StoryUpdate.objects.filter(story__in=kills).order_by("-at")[:MOST]
    return [Tombstone(f"urn:uuid:{each.uid}", kills[each.story_id]) for each in gone]
