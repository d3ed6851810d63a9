"""Stories as a network tells them, all of them made up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from equipment.network.assets import (
    byline,
    correction,
    note,
    picture,
    quote,
    reference_byline,
    sound,
    text,
)
from equipment.network.links import (
    HOME,
    TYPE,
    Document,
    Link,
    link,
    pointer,
    service,
    stamp,
)


# Who owns and brands documents: service id to the name that readers see.
FAR_SHORE, SALTFLAT, NETWORK = "s901", "s902", "s1"
SERVICES = {
    NETWORK: "Longwave Network",
    FAR_SHORE: "Far Shore Radio",
    SALTFLAT: "Saltflat Community Radio",
}
NOON = datetime(2026, 2, 1, 19, tzinfo=UTC)
Assets = Iterable[Document]


def interface(profile: str) -> Link:
    return link(f"/v1/profiles/{profile}", "interface")


def published(
    name: str,
    kind: str,
    *interfaces: str,
    at: datetime | None = None,
    owner: str = FAR_SHORE,
    **facts: Any,
) -> Document:
    """
    Return a document that stands by itself, with its times if *at* is given.

    The network stamps what it publishes without times. A fact that is None is left out.
    """
    times = ("publishDateTime", "editorialLastModifiedDateTime") if at else ()
    said = {
        "title": "Ferry runs again between the islands",
        "owners": [link(service(owner))],
        "brandings": [link(service(owner))],
        "authorizedOrgServiceIds": [owner],
        **{each: stamp(at) for each in times if at},
        "assets": {},
    }
    profiles = [
        link(f"/v1/profiles/{kind}", TYPE),
        link("/v1/profiles/document"),
        *(interface(each) for each in ("publishable", *interfaces)),
    ]
    known = {key: each for key, each in (said | facts).items() if each is not None}
    return {"id": name, "profiles": profiles, **known}


def paragraphs(*said: str) -> list[Document]:
    return [text(f"text-{number}", each) for number, each in enumerate(said)]


BODY = paragraphs(
    "<p>The ferry between Far Shore and Tern Island ran again on Sunday.</p>",
    "<p>It had been in the yard for eleven days, the harbor office said.</p>",
)


def story(
    name: str,
    *,
    body: Sequence[Document] = BODY,
    pictures: Assets = (),
    sounds: Assets = (),
    bylines: Assets = (),
    corrections: Assets = (),
    notes: Assets = (),
    **facts: Any,
) -> Document:
    """
    Return a story that its network would accept, made of these assets.

    Pictures and sounds are named besides the body, not in it, as stations do it; the
    first of each is the primary one. *facts* are fields of the document, and ``at``.
    """
    groups = {
        "bylines": _links(bylines),
        "images": _links(pictures, "primary"),
        "audio": _links(sounds, "primary"),
        "corrections": _links(corrections),
        "notes": _links(notes, "editorial", every=True),
        "layout": _links(body),
    }
    found = {key: facts.get(key, links) for key, links in groups.items()}
    named = {key: links for key, links in found.items() if links or key == "layout"}
    assets = (*body, *pictures, *sounds, *bylines, *corrections, *notes)
    return published(
        name,
        "story",
        *(each for key in named for each in INTERFACES.get(key, ()) if named[key]),
        "renderable",
        **{
            "teaser": "Eleven days without a boat are over.",
            "webPages": [link(f"{HOME}/news/{name}/", "canonical")],
            "assets": {each["id"]: each for each in assets},
            **named,
            **facts,
        },
    )


INTERFACES = {
    "layout": ("buildout",),
    "images": ("has-images",),
    "audio": ("has-audio", "listenable"),
    "corrections": ("has-corrections",),
    "notes": ("has-notes",),
}


def _links(assets: Assets, *rels: str, every: bool = False) -> list[Link]:
    """Return a link to each; the first alone has the *rels*, unless *every* one has."""
    return [
        link(pointer(each["id"]), *(rels if every or not at else ()))
        for at, each in enumerate(assets)
    ]


def every_story(name: str = "far-ferry", **facts: Any) -> Document:
    """Return the story with everything on it; its biography is ``far-una-farrow``."""
    return story(
        name,
        body=[
            text(
                "text-updated", "<p><em>Updated February 1, 2026 at 4 p.m. ET</em></p>"
            ),
            *BODY,
            text(
                "text-counts",
                "<p>At least 32 people had been left on the island, the harbor office"
                " said. The islanders' council counted 42.</p>",
            ),
            quote(
                "quote-1",
                "We had flour for one more week.",
                attributionParty="Teo Brandt",
                attributionContext="baker on Tern Island",
            ),
        ],
        pictures=[picture("photo-1")],
        sounds=[sound("sound-1")],
        bylines=[
            reference_byline("by-una", "far-una-farrow"),
            byline("by-teo", "Teo Brandt"),
        ],
        corrections=[
            correction(
                "correction-1",
                "An earlier version gave the wrong number of days. It was eleven.",
                NOON,
                title="Days in the yard",
            )
        ],
        notes=[note("note-1", "Far Shore Radio takes mail by this ferry.", NOON)],
        collections=[
            link("/v1/documents/far-harbor-life", "topic", "slug"),
            link("/v1/documents/far-morning", "program"),
        ],
        **{
            "socialTitle": "The ferry is back",
            "subtitle": "Tern Island has a boat again",
            "editorialMajorUpdateDateTime": stamp(NOON),
            "recommendUntilDateTime": "2031-02-08T19:00:00Z",
            **facts,
        },
    )
