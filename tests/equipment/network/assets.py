"""The parts of a document: each has an id, profiles, and what its kind asks for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from equipment.network.links import HOME, TYPE, Document, link, pointer, stamp


# What a picture may be cropped to: its measures.
CROPS = {
    "image-standard": (1200, 900),
    "image-square": (900, 900),
    "image-wide": (1600, 900),
    "image-brick": (1200, 552),
    "image-vertical": (900, 1200),
}
# Provides pictures that may be shown; the others' usually may not.
OWN = "Far Shore Radio"
BLOCKED = ("AFP", "Getty Images", "AP", "Reuters", "EPA")
STANDS_FOR = "A transmitter mast on a hill, drawn in one color"


def asset(name: str, kind: str, /, **facts: Any) -> Document:
    profiles = [link(f"/v1/profiles/{kind}", TYPE), link("/v1/profiles/document")]
    return {"id": name, "profiles": profiles, **facts}


def text(name: str, html: str) -> Document:
    return asset(name, "text", text=html)


def html_block(name: str, html: str) -> Document:
    return asset(name, "html-block", html=html)


def byline(name: str, who: str) -> Document:
    return asset(name, "byline", name=who)


def reference_byline(name: str, *biographies: str) -> Document:
    links = [link(f"/v1/documents/{each}") for each in biographies]
    return asset(name, "reference-byline", bylineDocuments=links)


def quote(name: str, said: str, **facts: str) -> Document:
    return asset(name, "pull-quote", quote=said, **facts)


def correction(name: str, said: str, at: datetime, **facts: str) -> Document:
    return asset(name, "correction", text=said, dateTime=stamp(at), **facts)


def note(name: str, said: str, at: datetime, **facts: str) -> Document:
    return asset(name, "note", text=said, dateTime=stamp(at), **facts)


def transcript(name: str, said: str) -> Document:
    return asset(name, "transcript", text=said)


def inset(name: str, *within: str, kind: str = "inset") -> Document:
    """Return an asset with a layout of its own."""
    return asset(name, kind, layout=[link(pointer(each)) for each in within])


def gallery(name: str, *pictures: str) -> Document:
    made = inset(name, *pictures, kind="image-gallery")
    made["profiles"].append(link("/v1/profiles/container", "interface"))
    return made


def video(name: str, video_id: str = "madeupvideo") -> Document:
    return asset(name, "youtube-video", videoId=video_id)


def player_video(name: str) -> Document:
    files = [link(f"{HOME}/videos/harbor.mp4", "primary", "mp4-hd", type="video/mp4")]
    return asset(name, "player-video", enclosures=files, isEmbeddable=False)


def stream_video(name: str) -> Document:
    kind = "application/x-mpegURL"
    files = [link(f"{HOME}/videos/harbor.m3u8", "primary", "hls", type=kind)]
    return asset(name, "stream-player-video", enclosures=files, isEmbeddable=False)


def tweet(name: str, number: str = "1000000000000000001") -> Document:
    return asset(name, "tweet", tweetId=number)


def promo_card(name: str, document_id: str) -> Document:
    target = link(f"/v1/documents/{document_id}")
    style = {"cardStyle": "Simple", "emphasisLevel": "low"}
    return asset(name, "promo-card", documentLink=target, **style)


def internal_link(name: str, document_id: str, words: str) -> Document:
    target = link(f"/v1/documents/{document_id}")
    return asset(name, "internal-link", documentLink=target, linkText=words)


def external_link(name: str, url: str, words: str) -> Document:
    return asset(name, "external-link", externalLink={"href": url}, linkText=words)


def picture(
    name: str,
    *,
    file: str = "mast",
    crops: Iterable[str] = ("image-wide", "image-square"),
    **facts: Any,
) -> Document:
    """
    Return a picture of ours with a credit, but for what *facts* say of it.

    A fact that is None is left out. Every crop is a file that the network serves.
    """
    said = {
        "title": "The mast at Far Shore",
        "caption": "The mast, as it is seen from the ferry.",
        "altText": STANDS_FOR,
        "producer": "Una Farrow",
        "provider": OWN,
        "enclosures": [
            crop(each, file, primary=not at) for at, each in enumerate(crops)
        ],
    }
    known = {key: each for key, each in (said | facts).items() if each is not None}
    return asset(name, "image", **known)


def crop(rel: str, file: str = "mast", *, primary: bool = False) -> dict[str, Any]:
    """Return one file of a picture, with the template for its other sizes."""
    width, height = CROPS[rel]
    base = f"{HOME}/pictures/{file}-{width}x{height}"
    return link(
        f"{base}.jpg",
        *(["primary"] if primary else []),
        "scalable",
        rel,
        type="image/jpeg",
        width=width,
        height=height,
        hrefTemplate=f"{base}.{{format}}?width={{width}}&quality={{quality}}",
    )


def sound(
    name: str,
    *,
    file: str = "ferry",
    rels: Iterable[str] = (),
    available: bool = True,
    downloadable: bool = True,
    embeddable: bool = True,
    streamable: bool = True,
    **facts: Any,
) -> Document:
    """Return a sound with its four rights; *rels* are those of its file."""
    return asset(
        name,
        "audio",
        title=f"Sound of {file}",
        duration=2,
        isAvailable=available,
        isDownloadable=downloadable,
        isEmbeddable=embeddable,
        isStreamable=streamable,
        enclosures=[link(f"{HOME}/sounds/{file}.mp3", *rels, type="audio/mpeg")],
        **facts,
    )
