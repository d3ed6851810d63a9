"""
Profiles: the names of what a document or an asset is and has.

A profile goes by its name here, such as ``has-audio``. One that is not at the
usual address goes by the whole of its address.
"""

from __future__ import annotations

import re

from groundwave.wire.cds.grammar import words


BASE = "document"
"""The profile that everything has; it is written, and never told."""

_PROFILE = re.compile(r"(?:https?://[^/]+)?/v1/profiles/([a-z][a-z0-9-]*)", re.ASCII)

KNOWN = words(
    """
    aggregation area audio audio-card biography blog blog-category book-ecommerce
    buildout byline card collection container correction document external-link
    has-audio has-corrections has-galleries has-html-blocks has-images has-notes
    has-premium-audio has-social-handles has-videos highlight homepage html-block
    html-card image image-gallery inset internal-link list listenable music-artist
    music-genre network-aggregation newscast note player-video podcast-category
    podcast-channel podcast-episode program program-episode promo-card publishable
    pull-quote reference-byline renderable resource-container series social-handle story
    stream-player-video tag text topic transcript tweet video-carousel-card
    youtube-video
    """
)
"""Every profile the service has, though not all of their fields are read here."""


def profile_name(href: str) -> str:
    """Return the name of the profile at *href*."""
    profile = _PROFILE.fullmatch(href)
    return profile[1] if profile else href


def profile_href(name: str) -> str:
    """Return the address of the profile called *name*."""
    return name if "/" in name else f"/v1/profiles/{name}"


def is_name(name: str) -> bool:
    """Return whether *name* comes back as it is when its address is read."""
    return bool(name.strip()) and profile_name(profile_href(name)) == name
