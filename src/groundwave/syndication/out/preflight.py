"""
What an editor is told before publishing: where a network will show the story.

A network takes every story that is written as it should be. Its front page and its app
show those alone that have what this asks for, and nobody says so afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from groundwave.newsroom.models import Story
from groundwave.photos.models import Photo
from groundwave.photos.rights import RightsBasis, Use
from groundwave.syndication.models import Network
from groundwave.syndication.models.connection import lines
from groundwave.syndication.out.document import document_of
from groundwave.syndication.out.going_out import kept_back
from groundwave.syndication.out.pictures import is_ours_to_pass_on
from groundwave.syndication.out.site import publisher_at, site_trouble
from groundwave.syndication.safe_html import plain
from groundwave.wire.cds.assets import Text


FRESH = timedelta(hours=72)
WORDS = 200


def sentences(story: Story, *, now: datetime) -> list[str]:
    """
    Return what is in *story*'s way to the networks that we publish to, once each.

    Either why it does not go out at all, or else what keeps it from their front pages.
    Nothing of it keeps it from being published here.
    """
    networks = list(Network.objects.filter(is_active=True))
    if not networks:
        return []
    reasons = [*kept_back(story, now=now), *site_trouble()]
    if reasons:
        return reasons
    found = [*_about_story(story, networks[0], now=now)]
    found += [each for network in networks for each in _about_network(network)]
    return list(dict.fromkeys(found))


def _about_story(story: Story, network: Network, *, now: datetime) -> Iterator[str]:
    published = story.first_published_at
    if published and published + FRESH <= now:
        yield _(
            "It is more than three days old: networks' front pages take none so old. "
            "Write a new story if there is news."
        )
    count = _words(story, network, now)
    if count < WORDS:
        yield _(
            "It has %(count)s words: networks' front pages take stories of %(wanted)s or "
            "more."
        ) % {"count": count, "wanted": WORDS}
    if not story.dek.strip():
        yield _("It has no dek, which networks show under its headline. Write one.")
    if not story.bylines.all():
        yield _("Nobody is named as its author. Add a byline.")
    yield from _about_photo(story.lead_photo, now)


def _about_photo(photo: Photo | None, now: datetime) -> Iterator[str]:
    if photo is None:
        yield _(
            "It has no lead photo: networks' front pages and apps take none without. "
            "Choose one of your own; it is cut as they want it."
        )
        return
    name = {"photo": photo.title}
    if photo.rights_basis != RightsBasis.OWN:
        yield (
            _(
                "The photo “%(photo)s” is not yours and stays here. Choose one of your own "
                "for networks to show the story with."
            )
            % name
        )
    elif not photo.may_be_shown(now, Use.FEED):
        yield (
            _(
                "The photo “%(photo)s” may not be in feeds, or not be shown at all, and stays "
                "here. See what its page says, or choose another one."
            )
            % name
        )
    elif not is_ours_to_pass_on(photo, now=now):
        yield (
            _(
                "The photo “%(photo)s” came with somebody else's story and stays here. Choose "
                "one of your own."
            )
            % name
        )
    elif not (photo.photographer and photo.agency):
        yield (
            _(
                "Networks want to know both who took the photo “%(photo)s” and for whom. "
                "Name the photographer and the agency; your station is one."
            )
            % name
        )


def _about_network(network: Network) -> Iterator[str]:
    if not lines(network.collections):
        yield _(
            "%(network)s puts your stories into no collection, and so onto no page. Ask it "
            "for the ids of those for local stories, and write them under Networks."
        ) % {"network": network}


def _words(story: Story, network: Network, now: datetime) -> int:
    document = document_of(story, publisher=publisher_at(network), now=now)
    texts = (each for each in document.linked(document.layout))
    return sum(len(plain(e.text).split()) for e in texts if isinstance(e, Text))
