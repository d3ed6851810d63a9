"""A story's document as readers have it: its text, people, picture and sound in HTML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from equipment.network.archive import Archive
from equipment.network.links import Document, asset_of, id_in, instant, kind_of


@dataclass(frozen=True)
class Telling:
    """What pages and feeds say of a story."""

    id: str
    title: str
    summary: str
    url: str
    html: str
    authors: list[str]
    published: datetime
    updated: datetime
    picture: str
    sound: str


def tellings(archive: Archive) -> list[Telling]:
    """Return the stories that anybody may read, the newest first."""
    stories = (each for each in archive if kind_of(each) == "story" and _open(each))
    told = [telling(each, archive) for each in stories]
    return sorted(told, key=lambda each: each.published, reverse=True)


def telling(document: Document, archive: Archive) -> Telling:
    written = document["meta"]["documentLastModifiedDateTime"]
    published = instant(document.get("publishDateTime")) or instant(written)
    updated = instant(document.get("editorialLastModifiedDateTime")) or published
    assert published
    assert updated
    return Telling(
        id=document["id"],
        title=document["title"],
        summary=document.get("teaser", ""),
        url=next((each["href"] for each in document.get("webPages", ())), ""),
        html="\n".join(_html(document, each) for each in document.get("layout", ())),
        authors=[
            name
            for each in _linked(document, "bylines")
            for name in _names(each, archive)
        ],
        published=published,
        updated=updated,
        picture=_first_file(document, "images"),
        sound=_first_file(document, "audio"),
    )


def _open(document: Document) -> bool:
    restricted = document.get("isRestrictedToAuthorizedOrgServiceIds")
    return bool(document.get("webPages")) and not restricted


def _linked(document: Document, field: str) -> list[Document]:
    found = (asset_of(document, each.get("href")) for each in document.get(field, ()))
    return [each for each in found if each]


def _first_file(document: Document, field: str) -> str:
    for each in _linked(document, field):
        if not each.get("isRestrictedToAuthorizedOrgServiceIds"):
            return str(each["enclosures"][0]["href"])
    return ""


def _names(byline: Document, archive: Archive) -> list[str]:
    if "name" in byline:
        return [byline["name"]]
    people = (archive.get(id_in(each["href"])) for each in byline["bylineDocuments"])
    return [each["title"] for each in people if each]


def _html(document: Document, link: dict[str, Any]) -> str:
    """Return a block as HTML; of what feeds have no words for, nothing."""
    block = asset_of(document, link.get("href")) or {}
    match kind_of(block):
        case "text":
            return str(block["text"])
        case "html-block":
            return str(block["html"])
        case "pull-quote":
            return f"<blockquote>{escape(block['quote'])}</blockquote>"
        case "image":
            source = escape(block["enclosures"][0]["href"])
            alt, caption = (
                escape(block.get(each, "")) for each in ("altText", "caption")
            )
            return f'<figure><img src="{source}" alt="{alt}"><figcaption>{caption}</figcaption></figure>'
        case _:
            return ""
