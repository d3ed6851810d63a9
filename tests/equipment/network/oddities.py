"""
Documents with something odd about each, as real networks have them.

``ODDITIES`` holds them by name. Whoever reads documents gets through all of them.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote as quoted

from equipment.network.assets import (
    BLOCKED,
    CROPS,
    asset,
    byline,
    external_link,
    gallery,
    html_block,
    inset,
    internal_link,
    picture,
    player_video,
    promo_card,
    quote,
    reference_byline,
    sound,
    stream_video,
    text,
    transcript,
    tweet,
    video,
)
from equipment.network.links import HOME, Document, link, pointer, service
from equipment.network.stories import (
    BODY,
    FAR_SHORE,
    NETWORK,
    SALTFLAT,
    every_story,
    interface,
    paragraphs,
    story,
)


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202e\x0b'\"]]>&amp;"
UPDATED_LINES = (
    "<p><em>Updated at 4 p.m. ET</em></p>",
    "<p><strong>Updated February 1, 2026 at 11:05 AM ET</strong></p>",
    "<p>Updated at noon CT</p>",
    "<em>Updated Feb. 28, 2026 at midnight PT</em>",
)


def _linked(name: str, *links: Any, **facts: Any) -> Document:
    """Return a story with these links among its collections."""
    return story(name, collections=list(links), **facts)


def _laid_out(
    name: str, *assets: Document, layout: list[str], **facts: Any
) -> Document:
    """Return a story of which only some assets are in the layout."""
    links = [link(pointer(each)) for each in layout]
    return story(name, body=assets, layout=links, **facts)


def _of_sound(name: str, *profiles: str, **rights: Any) -> Document:
    made = story(name, sounds=[sound("sound-1", **rights)])
    made["profiles"] += [interface(each) for each in profiles]
    return made


def _updated(number: int, line: str) -> Document:
    return story(f"far-updated-{number}", body=[text("text-updated", line), *BODY])


def _premium() -> Document:
    premium = [link(pointer("sound-1"), "npr-plus")]
    made = _of_sound("far-premium", "has-premium-audio", rels=["premium"])
    return {**made, "premiumAudio": premium}


def _unknown() -> Document:
    """Return a story that says things of which nobody has heard."""
    odd = asset("hologram-1", "hologram", beams=["red", "blue"])
    made = story("far-unknown", body=[*BODY, odd], tideTable={"high": "04:12"})
    made["profiles"].append(interface("has-holograms"))
    made["layout"][0]["rels"] = ["zone-attic"]
    return made


def _joint() -> Document:
    brands = [link(service(each)) for each in (FAR_SHORE, SALTFLAT, NETWORK)]
    return story("far-joint", brandings=brands, owners=brands[:2])


def _embedded() -> Document:
    """Return a story as an answer has it that was asked to transclude."""
    topic = link(
        "/v1/documents/far-harbor-life", "topic", embed={"id": "far-harbor-life"}
    )
    meta = {
        "documentLastModifiedDateTime": "2026-02-01T19:04:05.678Z",
        "extensionLinks": [link("/v1/documents/far-ferry-transcript")],
        "assetInternalLinkDocuments": [],
    }
    return _linked("far-embedded", topic, meta=meta)


def _without_type() -> Document:
    made = story("far-typeless")
    made["profiles"] = made["profiles"][1:]
    return made


def _of_two_types() -> Document:
    made = story("far-two-types")
    made["profiles"].append(link("/v1/profiles/podcast-episode", "type"))
    return made


def _hostile() -> Document:
    """Return a story with hostile markup in every field that has text."""
    fields = ("title", "subtitle", "socialTitle", "teaser", "shortTeaser", "seoTitle")
    facts: dict[str, Any] = dict.fromkeys(fields, HOSTILE)
    said: dict[str, Any] = dict.fromkeys(
        ("title", "caption", "altText", "producer", "provider"), HOSTILE
    )
    bad = '<p onclick="alert(3)">A <a href="javascript:alert(4)">ferry</a>' + HOSTILE
    return story(
        "far-hostile",
        body=[text("text-0", bad), quote("quote-0", HOSTILE, attributionParty=HOSTILE)],
        pictures=[picture("photo-1", **said)],
        bylines=[byline("byline-1", HOSTILE)],
        **facts,
    )


def _wrapped_picture() -> Document:
    """Return a picture whose true address is within that of who delivers it."""
    inner = f"{HOME}/pictures/bell%20buoy.jpg"
    wrapped = f"{HOME}/delivered/abc123/?url={quoted(inner, safe='')}"
    files = [link(wrapped, "primary", "image-wide", type="image/jpeg")]
    return story("far-wrapped", pictures=[picture("photo-1", enclosures=files)])


def _pictures_of_agencies() -> Document:
    """Return a story with a picture of each agency that stations block."""
    pictures = [
        picture(f"photo-{number}", producer="Ansel Quill", provider=agency)
        for number, agency in enumerate(BLOCKED)
    ]
    return story("far-agencies", pictures=pictures)


def _every_block() -> Document:
    """Return a story with a block of each kind in its layout."""
    blocks = [
        text("text-heading", "<h3>What the harbor says</h3>"),
        text("text-list", "<ul><li>Flour</li><li>Salt</li></ul>"),
        text("text-said", "<blockquote>Bring a coat.</blockquote>"),
        quote("quote-1", "The bell rang twice."),
        picture("photo-1"),
        sound("sound-1"),
        video("video-1"),
        player_video("video-2"),
        stream_video("video-3"),
        gallery("gallery-1", "photo-1"),
        tweet("tweet-1"),
        promo_card("promo-1", "far-ferry"),
        internal_link("link-1", "far-ferry", "The first ferry"),
        external_link("link-2", "https://tern-island.example/", "Tern Island"),
        transcript("transcript-1", "<p>A bell.</p>"),
        inset("inset-1", "text-aside"),
        inset("container-1", "inset-2", "text-within", kind="container"),
    ]
    within = [
        text("text-aside", "<p>The bell weighs four tons.</p>"),
        text("text-within", "<p>It was cast on Tern Island.</p>"),
        text("text-deep", "<p>Nobody knows when.</p>"),
        inset("inset-2", "text-deep"),
    ]
    layout = [each["id"] for each in blocks]
    return _laid_out("far-every-block", *blocks, *within, layout=layout)


def _hidden_image() -> Document:
    html = (
        f"<div><img src='{HOME}/pictures/hidden.jpg'>"
        "<iframe src='https://player.example/embed/1'></iframe>"
        "<script src='https://player.example/embed.js'></script></div>"
    )
    return story("far-html-block", body=[*BODY, html_block("html-1", html)])


ODDITIES: dict[str, Document] = {
    "everything on it": every_story(),
    # Links.
    "a link to null": _linked("far-null", link("/v1/documents/null", "topic")),
    "a link that is null": _linked("far-none", {"href": None, "rels": ["topic"]}),
    "a collection without rels": _linked("far-bare", link("/v1/documents/far-morning")),
    "an absolute link": _linked(
        "far-absolute", link(f"{HOME}/v1/documents/far-harbor-life", "topic")
    ),
    "JSON Pointers": story("far-pointers", body=paragraphs("<p>Bell.</p>"))
    | {
        "layout": [link("#/assets/a~1b~0c"), link("#/assets/tide%20table")],
        "assets": {
            "a/b~c": text("a/b~c", "<p>The bell buoy is back.</p>"),
            "tide table": text("tide table", "<p>High water is at four.</p>"),
        },
    },
    "a link to nothing": _laid_out(
        "far-dangling", *BODY, layout=["text-0", "gone", "text-1"]
    ),
    # Profiles.
    "something unknown": _unknown(),
    "no type": _without_type(),
    "two types": _of_two_types(),
    # The body.
    "no layout": story(
        "far-audio-only", body=(), layout=None, sounds=[sound("sound-1")]
    ),
    "an empty layout": story("far-empty", body=()),
    "every block": _every_block(),
    "an inset in itself": story("far-loop", body=[inset("inset-loop", "inset-loop")]),
    "a paragraph twice": _laid_out(
        "far-twice", *BODY, layout=["text-0", "text-1", "text-0"]
    ),
    "text without paragraphs": story(
        "far-plain", body=paragraphs("The bell rang.", "<b>Twice</b>, somebody said.")
    ),
    "an attribution in the text": story(
        "far-attribution",
        body=[
            *BODY,
            text(
                "text-credit",
                '<div class="fullattribution">Copyright 2026 Far Shore Radio</div>',
            ),
        ],
    ),
    "an image in a block of HTML": _hidden_image(),
    "hostile markup": _hostile(),
    "a very long title": story("far-long", title="Ferry " * 2000),
    **{
        f"updated line {number}": _updated(number, line)
        for number, line in enumerate(UPDATED_LINES)
    },
    # People.
    "nobody's byline": story("far-nobody"),
    "a byline of two": story(
        "far-two",
        bylines=[reference_byline("byline-1", "far-una-farrow", "far-teo-brandt")],
    ),
    "a biography that is gone": story(
        "far-bio-gone", bylines=[reference_byline("byline-1", "far-nobody-at-all")]
    ),
    # Pictures.
    "every crop": story("far-crops", pictures=[picture("photo-1", crops=CROPS)]),
    "the picture in the layout": _laid_out(
        "far-inside",
        picture("photo-1"),
        *BODY,
        layout=["photo-1", "text-0", "text-1"],
        images=[link(pointer("photo-1"), "primary")],
    ),
    "a picture without credit": story(
        "far-no-credit", pictures=[picture("photo-1", producer=None, provider=None)]
    ),
    "a picture without alt text": story(
        "far-no-alt", pictures=[picture("photo-1", altText=None, caption=None)]
    ),
    "a restricted picture": story(
        "far-no-photo",
        pictures=[picture("photo-1", isRestrictedToAuthorizedOrgServiceIds=True)],
    ),
    "pictures of agencies": _pictures_of_agencies(),
    "a wrapped picture": _wrapped_picture(),
    # Sound.
    "sound that is not available": _of_sound(
        "far-mute", available=False, availabilityMessage="Sound comes at five."
    ),
    "sound to link to": _of_sound("far-linked", downloadable=False),
    "sound to download": _of_sound("far-download", streamable=False, embeddable=False),
    "sound to embed": _of_sound(
        "far-embed",
        streamable=False,
        downloadable=False,
        embeddedPlayerLink=link(f"{HOME}/player/ferry/"),
    ),
    "sound for nothing": _of_sound(
        "far-nothing", streamable=False, downloadable=False, embeddable=False
    ),
    "sound until yesterday": _of_sound(
        "far-expired", streamExpirationDateTime="2026-01-31T19:00:00Z"
    ),
    "sound with a transcript": _of_sound(
        "far-spoken",
        transcriptLink=link("/v1/documents/far-ferry-transcript", "extension"),
    ),
    "premium sound": _premium(),
    # Rights, brands, times.
    "restricted": story("far-restricted", isRestrictedToAuthorizedOrgServiceIds=True),
    "several brands": _joint(),
    "no brand": story("far-unbranded", brandings=[]),
    "not for robots": story("far-no-robots", robotsNoIndex=True),
    "no longer recommended": story(
        "far-stale", recommendUntilDateTime="2026-01-01T00:00:00Z"
    ),
    "archived": story("far-archived", archivedDateTime="2026-02-01T00:00:00Z"),
    "a time with an offset": story(
        "far-offset",
        publishDateTime="2026-02-01T14:00:00.125-05:00",
        editorialLastModifiedDateTime="2026-02-01T14:04:00.5-05:00",
    ),
    "a time without a zone": story(
        "far-zoneless", publishDateTime="2026-02-01T14:00:00"
    ),
    "a time that is none": story("far-timeless", publishDateTime="soon"),
    "what an answer adds": _embedded(),
    # Ids.
    "a number for an id": story("1000000017"),
    "a UUID for an id": story("far-3f0c8a52-90d1-4c8e-9a55-0b1f2a6f7c11"),
    "no page": story("far-pageless", webPages=[]),
}
