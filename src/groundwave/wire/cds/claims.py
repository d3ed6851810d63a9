"""What the profiles that a document claims ask of it, and what its fields ask of those."""

from __future__ import annotations

from collections.abc import Mapping

from groundwave.wire.cds.assets import Asset, PullQuote
from groundwave.wire.cds.document import Document
from groundwave.wire.cds.grammar import words
from groundwave.wire.cds.oddity import Odd, Report
from groundwave.wire.cds.pointer import place


MOST_ITEMS = 100

_WANTED: Mapping[str, frozenset[str]] = {
    "publishable": frozenset({"title", "owners", "brandings"}),
    "renderable": frozenset({"layout", "webPages"}),
    "has-audio": frozenset({"audio"}),
    "has-corrections": frozenset({"corrections"}),
    "has-galleries": frozenset({"galleries"}),
    "has-html-blocks": frozenset({"html-blocks"}),
    "has-images": frozenset({"images"}),
    "has-notes": frozenset({"notes"}),
    "has-premium-audio": frozenset({"premiumAudio"}),
    "has-videos": frozenset({"videos"}),
    "aggregation": frozenset({"items"}),
    "transcript": frozenset({"text"}),
}
_NEEDS: Mapping[str, str] = {
    "story": "publishable",
    "biography": "aggregation",
    "image-gallery": "container",
    "listenable": "has-audio",
    "newscast": "has-audio",
}
_NEWSCASTS = frozenset(
    {"newscast", "npr-newscast", "station-newscast", "consortium-newscast"}
)
_BUILT_OUT = words(
    """
    blog series collection topic podcast-category podcast-channel biography program
    """
)


def wanted(kind: str, interfaces: tuple[str, ...]) -> frozenset[str]:
    """Return the keys that these profiles want to be there, even if empty."""
    keys = (_WANTED.get(name, frozenset()) for name in (kind, *interfaces))
    return frozenset().union(*keys)


def check_claims(document: Document, report: Report) -> None:
    """Report where the profiles of *document* and its fields do not go together."""
    claimed = _claimed(document)
    _check_needs(document, "", report)
    for where, profile, fulfilled in _promises(document):
        if profile in claimed and not fulfilled:
            report.tell(where, Odd.UNFULFILLED, profile)
    for key, profiles, used in _uses(document):
        if used and claimed.isdisjoint(profiles):
            report.tell(place("", key), Odd.UNCLAIMED, profiles[0])
    if len(document.items) > MOST_ITEMS:
        report.tell("/items", Odd.TOO_MANY, f"{len(document.items)} items")


def check_asset_claims(asset: Asset, where: str, report: Report) -> None:
    """Report where the profiles of *asset* and its fields do not go together."""
    _check_needs(asset, where, report)
    if (
        isinstance(asset, PullQuote)
        and asset.attribution_context
        and not asset.attribution_party
    ):
        report.tell(where, Odd.MISSING, "attributionParty")


def called_for(document: Document) -> tuple[str, ...]:
    """
    Return the profiles that what is in *document* calls for, besides its kind.

    For a story of our own these are all that it has.
    """
    calls = {
        "publishable": document.title,
        "renderable": document.canonical_url,
        "buildout": document.layout,
        "has-corrections": document.corrections,
        "listenable": any("primary" in link.rels for link in document.audio),
    } | {profiles[0]: used for _, profiles, used in _uses(document)}
    return tuple(sorted(profile for profile, used in calls.items() if used))


def _claimed(part: Document | Asset) -> frozenset[str]:
    return frozenset({part.kind, *part.interfaces})


def _check_needs(part: Document | Asset, where: str, report: Report) -> None:
    claimed = _claimed(part)
    for profile in sorted(claimed & _NEEDS.keys()):
        if _NEEDS[profile] not in claimed:
            report.tell(place(where, "profiles"), Odd.UNCLAIMED, _NEEDS[profile])


def _promises(document: Document) -> tuple[tuple[str, str, object], ...]:
    """Return where each profile is kept, the profile, and whether it is."""
    rels = {rel for link in document.audio for rel in link.rels}
    return (
        ("/title", "publishable", document.title),
        ("/owners", "publishable", document.owners),
        ("/webPages", "renderable", document.canonical_url),
        ("/layout", "buildout", document.layout or _claimed(document) & _BUILT_OUT),
        ("/audio", "has-audio", document.audio),
        ("/audio", "listenable", "primary" in rels),
        ("/audio", "newscast", rels & _NEWSCASTS),
        ("/expirationDateTime", "newscast", document.expiration_date_time),
        ("/premiumAudio", "has-premium-audio", document.premium_audio),
        ("/notes", "has-notes", document.notes),
    )


def _uses(document: Document) -> tuple[tuple[str, tuple[str, ...], object], ...]:
    """Return the key of a field, the profiles that have it, and what is in it."""
    return (
        ("audio", ("has-audio",), document.audio),
        ("premiumAudio", ("has-premium-audio",), document.premium_audio),
        ("images", ("has-images",), document.images),
        ("videos", ("has-videos",), document.videos),
        ("galleries", ("has-galleries",), document.galleries),
        ("html-blocks", ("has-html-blocks",), document.html_blocks),
        ("notes", ("has-notes",), document.notes),
        ("items", ("aggregation",), document.items),
        ("layout", ("buildout", "renderable", "container"), document.layout),
    )
