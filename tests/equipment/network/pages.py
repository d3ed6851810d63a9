"""The page of each story, on which an importer finds the id of its document."""

from __future__ import annotations

import json
from html import escape
from http import HTTPStatus

from equipment.network.archive import Archive
from equipment.network.asked import Answer
from equipment.network.telling import Telling, telling


HTML = "text/html; charset=utf-8"


def page_answer(path: str, archive: Archive) -> Answer:
    """
    Return a story's page; 410 once it is deleted, 404 if there was never one.

    Below ``/news/`` it tells its id as NPR's own site system does, below ``/blog/`` as
    the WordPress plugin does.
    """
    folder, name = path.strip("/").split("/", 1)
    document = archive.get(name)
    if document is None:
        status = HTTPStatus.GONE if name in archive.deleted else HTTPStatus.NOT_FOUND
        return Answer(status, b"<!DOCTYPE html><title>Not here</title>", HTML)
    story = telling(document, archive)
    layer = escape(json.dumps({"nprStoryId": story.id, "pageType": "story"}))
    metas = {
        "news": f'<meta name="brightspot-datalayer" content="{layer}">',
        "blog": f'<meta name="story_id" content="{escape(story.id)}">',
    }
    return Answer(body=_page(story, metas[folder]).encode(), kind=HTML)


def _page(story: Telling, meta: str) -> str:
    title = escape(story.title)
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title>{meta}'
        f'<link rel="canonical" href="{escape(story.url)}"></head>'
        f"<body><h1>{title}</h1>{story.html}</body></html>"
    )
