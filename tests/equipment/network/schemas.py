"""
What the network lets in: a schema for each profile, in our own words.

Only what the field tables of NPR's profiles ask for; the true schemas ask for more, and
are the network's own. They are served as the network serves its schemas, and every
document that is put is held against those of its profiles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from jsonschema import Draft201909Validator

from equipment.network.links import TYPE, Document, profiles_of


Schema = dict[str, Any]
DOCUMENT_ID = r"^([1-9]+[0-9]*(-[a-z0-9-]+)?|[a-z]+[a-z0-9]*-[a-z0-9-]+)$"
NAMES = """
aggregation area audio audio-card biography blog blog-category book-ecommerce buildout
byline card collection container correction document external-link has-audio
has-corrections has-galleries has-html-blocks has-images has-notes has-premium-audio
has-social-handles has-videos highlight homepage html-block html-card image
image-gallery inset internal-link list listenable music-artist music-genre
network-aggregation newscast note player-video podcast-category podcast-channel
podcast-episode program program-episode promo-card publishable pull-quote
reference-byline renderable resource-container series social-handle story
stream-player-video tag text topic transcript tweet video-carousel-card youtube-video
"""
PROFILES = frozenset(NAMES.split())
WORDS: Schema = {"type": "string", "minLength": 1}
TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
MOMENT: Schema = {"type": "string", "format": "date-time"}
DAY: Schema = {"type": "string", "format": "date"}


def _links(
    *rels: str,
    least: int = 0,
    most: int = 10_000,
    known: Mapping[str, Schema] = MappingProxyType({}),
) -> Schema:
    """Return what an array of links may be: these rels, if any are named, and no more."""
    named: Schema = {"enum": list(rels)} if rels else WORDS
    one: Schema = {
        "type": "object",
        "required": ["href"],
        "properties": {
            "href": WORDS,
            "rels": {"type": "array", "items": named, "minItems": 1},
            **known,
        },
        "additionalProperties": False,
    }
    return {"type": "array", "items": one, "minItems": least, "maxItems": most}


def _files(*rels: str) -> Schema:
    said = dict.fromkeys(("type", "hrefTemplate"), TEXT)
    measured = dict.fromkeys(("width", "height", "fileSize"), WHOLE)
    return _links(*rels, least=1, known={**said, **measured})


def _with_rel(rel: str, schema: Schema) -> Schema:
    """Require that one link has a rel."""
    has = {"required": ["rels"], "properties": {"rels": {"contains": {"const": rel}}}}
    return {"allOf": [schema, {"contains": has}]}


LINK: Schema = _links()["items"]
KINDS: Schema = {"enum": ["full", "trailer", "bonus"]}
AUDIO = _links(
    *("primary", "headline", "intro", "promo", "nprone-override"),
    *("newscast", "npr-newscast", "station-newscast", "consortium-newscast"),
    least=1,
)
LAYOUT = _links("zone-topareastories", "subnav", "footer", "rail", "alt")
CROP_RELS = (
    *("primary", "scalable", "image-standard", "image-square", "image-wide"),
    *("image-brick", "image-vertical", "image-vertical-wide", "image-enlargement"),
    *("image-custom", "image-slide"),
)
# Of a profile, which fields it knows; those in the second set it asks for.
FIELDS: dict[str, tuple[dict[str, Schema], tuple[str, ...]]] = {
    "document": (
        {
            "id": {"type": "string", "pattern": DOCUMENT_ID},
            "profiles": {
                "allOf": [
                    _links(TYPE, "interface", least=1),
                    {
                        "contains": {
                            "required": ["rels"],
                            "properties": {"rels": {"contains": {"const": TYPE}}},
                        },
                        "maxContains": 1,
                    },
                ]
            },
            "authorizedOrgServiceIds": {"type": "array", "items": WORDS},
            "isRestrictedToAuthorizedOrgServiceIds": FLAG,
        },
        ("id", "profiles"),
    ),
    "publishable": (
        {
            "title": WORDS,
            "owners": _links(least=1),
            "brandings": _links(),
            "publishDateTime": MOMENT,
            "editorialLastModifiedDateTime": MOMENT,
            "recommendUntilDateTime": MOMENT,
            "archivedDateTime": MOMENT,
            "collections": _links(
                *("blog", "category", "collection", "episode", "genre", "program"),
                *("podcast-category", "podcast-channel", "secondary", "series", "slug"),
                *("superseries", "theme", "topic", "byline", "contributor"),
                "music-artist",
            ),
            "bylines": _links(),
            "relatedItems": _links("equivalent", "next", "previous", "promotional"),
            "assets": {"type": "object"},
        },
        ("title", "owners", "brandings"),
    ),
    "story": ({"editorialMajorUpdateDateTime": MOMENT}, ()),
    "renderable": (
        {
            "layout": LAYOUT,
            "webPages": _with_rel("canonical", _links()),
            "robotsNoIndex": FLAG,
        },
        ("layout", "webPages"),
    ),
    "buildout": ({"layout": {"minItems": 1}}, ("layout",)),
    "has-audio": ({"audio": AUDIO}, ("audio",)),
    "listenable": ({"audio": _with_rel("primary", AUDIO)}, ("audio",)),
    "newscast": ({"expirationDateTime": MOMENT}, ("expirationDateTime",)),
    "has-premium-audio": (
        {"premiumAudio": _links("npr-plus", "amazon-music", least=1)},
        ("premiumAudio",),
    ),
    "has-images": (
        {
            "images": _links(
                *("primary", "logo", "premium-logo", "headshot", "thumbnail"),
                *("promo-image-brick", "promo-image-wide"),
                *("promo-image-square", "promo-image-standard"),
            )
        },
        ("images",),
    ),
    "has-corrections": ({"corrections": _links()}, ("corrections",)),
    "has-notes": ({"notes": _links("editorial")}, ("notes",)),
    "aggregation": ({"items": _links(most=100)}, ("items",)),
    "program-episode": ({"showDate": DAY}, ("showDate",)),
    "podcast-channel": (
        {
            "itunes": {"required": ["block"]},
            "channelType": {"enum": ["serial", "episodic"]},
        },
        ("itunes", "channelType"),
    ),
    "podcast-episode": (
        {"explicit": FLAG, "itunes": {"required": ["block"]}, "episodeType": KINDS},
        ("explicit", "itunes", "episodeType"),
    ),
    "text": ({"text": TEXT}, ("text",)),
    "transcript": ({"text": TEXT}, ("text",)),
    "html-block": ({"html": TEXT}, ("html",)),
    "image": ({"enclosures": _files(*CROP_RELS)}, ("enclosures",)),
    "audio": (
        {
            "enclosures": _files("premium", "sponsored", "tracked"),
            "isAvailable": FLAG,
            "isDownloadable": FLAG,
            "isEmbeddable": FLAG,
            "isStreamable": FLAG,
        },
        ("enclosures", "isAvailable", "isDownloadable", "isEmbeddable", "isStreamable"),
    ),
    "byline": ({"name": WORDS}, ("name",)),
    "reference-byline": ({"bylineDocuments": _links(least=1)}, ("bylineDocuments",)),
    "pull-quote": (
        {"quote": WORDS, "attributionParty": TEXT, "attributionContext": TEXT},
        ("quote",),
    ),
    "correction": ({"text": WORDS, "dateTime": MOMENT}, ("text", "dateTime")),
    "note": ({"text": WORDS, "dateTime": MOMENT}, ("text", "dateTime")),
    "promo-card": (
        {"cardStyle": WORDS, "emphasisLevel": {"enum": ["low", "medium", "high"]}},
        ("cardStyle", "emphasisLevel"),
    ),
    "player-video": ({"isEmbeddable": FLAG}, ("enclosures", "isEmbeddable")),
    "stream-player-video": ({"isEmbeddable": FLAG}, ("enclosures", "isEmbeddable")),
    "internal-link": ({"documentLink": LINK, "linkText": TEXT}, ("documentLink",)),
    "external-link": ({"externalLink": LINK, "linkText": TEXT}, ("externalLink",)),
    "tweet": ({"tweetId": {"type": "string", "pattern": "^[0-9]+$"}}, ("tweetId",)),
}
DEPENDENT = {"pull-quote": {"attributionContext": ["attributionParty"]}}
# What other schemas refer to.
SHARED: dict[str, Schema] = {
    "link": LINK,
    "documentId": {"type": "string", "pattern": DOCUMENT_ID},
}


def schema_of(profile: str) -> Schema:
    """Return the schema of a known profile."""
    properties, required = FIELDS.get(profile, ({}, ()))
    return {
        "$schema": "https://json-schema.org/draft/2019-09/schema",
        "$id": f"/v1/profiles/{profile}",
        "type": "object",
        "properties": properties,
        "required": list(required),
        "dependentRequired": DEPENDENT.get(profile, {}),
    }


CHECKERS = {
    each: Draft201909Validator(
        schema_of(each), format_checker=Draft201909Validator.FORMAT_CHECKER
    )
    for each in PROFILES
}


def faults_of(document: Document) -> list[str]:
    """Return what keeps a document out, a sentence each; none if nothing does."""
    if not isinstance(document, dict):
        return ["A document is an object"]
    faults = [*_faults(document, "document"), *_standing_alone(document)]
    assets = document.get("assets")
    for name, asset in assets.items() if isinstance(assets, dict) else ():
        faults += [f"assets/{name}: {each}" for each in _faults(asset, "document")]
    return sorted(set(faults))


def _standing_alone(document: Document) -> Iterator[str]:
    """Tell what a document lacks that is no part of another one."""
    if "publishable" not in _profiles(document):
        yield "A document that stands by itself needs the profile publishable"


def _faults(document: Any, *always: str) -> Iterator[str]:
    for profile in {*always, *_profiles(document)}:
        if profile not in CHECKERS:
            yield f"{profile} is no profile"
            continue
        for error in CHECKERS[profile].iter_errors(document):
            yield f"{profile}: {_place(error)} {error.message}"[:400]


def _place(error: Any) -> str:
    return "/".join(str(each) for each in error.absolute_path) or "the document"


def _profiles(document: Any) -> list[str]:
    try:
        return profiles_of(document)
    except (AttributeError, TypeError):
        return []
