"""
Videos and posts on other people's sites: a link to them, and nothing of theirs.

Only sites that are known here are taken, by their exact names and over https, so that an
address that merely looks like one of theirs is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """A site on which others publish, and what it is that they publish there."""

    name: str
    kind: Promise | str


VIDEO, POST, SOUND = _("Video"), _("Post"), _("Audio")
_YOUTUBE, _VIMEO = Place("YouTube", VIDEO), Place("Vimeo", VIDEO)
PLACES = {
    "www.youtube.com": _YOUTUBE,
    "youtube.com": _YOUTUBE,
    "m.youtube.com": _YOUTUBE,
    "youtu.be": _YOUTUBE,
    "vimeo.com": _VIMEO,
    "archive.org": Place("the Internet Archive", VIDEO),
    "commons.wikimedia.org": Place("Wikimedia Commons", VIDEO),
    "soundcloud.com": Place("SoundCloud", SOUND),
    "bsky.app": Place("Bluesky", POST),
    "mastodon.social": Place("Mastodon", POST),
    "www.instagram.com": Place("Instagram", POST),
    "www.tiktok.com": Place("TikTok", VIDEO),
    "www.facebook.com": Place("Facebook", POST),
    "x.com": Place("X", POST),
}


def place_of(url: str) -> Place | None:
    """Return which of ``PLACES`` *url* leads to, if it does."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    # The whole of what stands before the path: no name to sign in with, and no port.
    return PLACES.get(parts.netloc.lower()) if parts.scheme == "https" else None


def names_of_places() -> str:
    """Return the sites as a sentence has them."""
    return ", ".join(dict.fromkeys(place.name for place in PLACES.values()))
