"""Our stories as documents, for partners to read."""

from __future__ import annotations

from datetime import datetime

import msgspec

from groundwave.newsroom.models import Story
from groundwave.newsroom.models.story import StoryQuerySet
from groundwave.syndication.exchange.brand import ourselves
from groundwave.syndication.out.document import document_of
from groundwave.syndication.out.publisher import Publisher
from groundwave.wire.cds.answers import answer_of
from groundwave.wire.cds.writing import to_json


def served(stories: StoryQuerySet, *, site: str, now: datetime) -> bytes:
    """
    Return the answer that has *stories*, in their order, as they are at *now*.

    Args:
        stories: of ours, and no more than one answer is to have.
        site: the address that we go by.
        now: the instant of it.
    """
    publisher = ourselves(site)
    whole = stories.with_facts().select_related(
        "lead_photo__lease", "recording__lease", "event"
    )
    return answer_of(_document(each, publisher, now) for each in whole)


def _document(story: Story, publisher: Publisher, now: datetime) -> bytes:
    document = document_of(story, publisher=publisher, now=now)
    # The column that queries go by: what says another time would be missed between two.
    document = msgspec.structs.replace(
        document, editorial_last_modified_date_time=story.last_published_at
    )
    # Whatever is wrong with it, it is there: what is missing is taken down elsewhere.
    return msgspec.json.encode(to_json(document), order="sorted")
