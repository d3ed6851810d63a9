"""
What a page says of itself to those who pass it on: search engines and messengers.

Views name what a page is about: ``episode``, ``show``, ``person``, ``page``, ``asked``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import singledispatch
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Page

from groundwave.delivery.card_drawing import SIZE
from groundwave.delivery.carried import carried
from groundwave.delivery.our_address import public_url
from groundwave.delivery.pictures import SQUARE, WIDE, Shown, shown
from groundwave.delivery.schedule_pages import Asked
from groundwave.delivery.social_cards import card_url
from groundwave.newsroom.models import Event, Story
from groundwave.pages.models import PlainPage
from groundwave.people.models import Person
from groundwave.photos.models import Photo
from groundwave.photos.rights import Use
from groundwave.programming.models import Episode, Show
from groundwave.stations.models import Licensee


# The first of them that a page has is what it is about.
SUBJECTS = ("episode", "show", "person", "event", "page", "asked")
# What search engines show of a description.
LONGEST = 160
# The static picture of a page that has none of its own, and its size.
ICON, ICON_PIXELS = "groundwave/icon-512.png", 512


@dataclass(frozen=True)
class Card:
    """
    A page, as others announce it; all addresses are whole ones.

    ``canonical`` is the page that search engines are to find in its place, mostly itself;
    it is empty if they are told of none.
    """

    title: str
    description: str
    address: str
    canonical: str
    site_name: str
    picture: Shown
    is_wide: bool
    kind: str


@dataclass(frozen=True)
class About:
    """What is said of a subject; what is empty is said of the site."""

    title: str = ""
    description: str = ""
    picture: Photo | None = None
    kind: str = "website"


def subject_of(told: Mapping[str, Any]) -> object:
    """Return what the page that was told *told* is about, if it is about one thing."""
    named = (told[name] for name in SUBJECTS if name in told)
    return next((each for each in named if each is not None), None)


def card_of(told: Mapping[str, Any]) -> Card:
    """Return the card of the page that was told *told*."""
    request, licensee = told["request"], told["licensee"]()
    subject = subject_of(told)
    about = about_of(subject) if subject else _about_list(request)
    site_name = licensee.name if licensee else _("Live radio")
    picture, is_wide = _picture(about, licensee, request)
    drawn = card_url(subject) if isinstance(subject, Story) else None
    if drawn:
        picture, is_wide = Shown(public_url(drawn, request), *SIZE), True
    address = public_url(request.path + _kept(told, subject), request)
    whose = carried(subject) if isinstance(subject, Story) else None
    return Card(
        title=about.title or site_name,
        description=about.description or _about_site(about.title, site_name),
        address=address,
        canonical=whose.canonical if whose else address,
        site_name=site_name,
        picture=picture,
        is_wide=is_wide,
        kind=about.kind,
    )


def plain(rich: str) -> str:
    """Return the first words of rich text, as text."""
    words = unescape(strip_tags(rich.replace("><", "> <")))
    return Truncator(" ".join(words.split())).chars(LONGEST)


@singledispatch
def about_of(subject: object) -> About:
    """Return what is said of *subject*."""
    raise TypeError(f"Nothing is said of a {type(subject).__name__}.")


@about_of.register
def _of_show(show: Show) -> About:
    return About(show.title, show.tagline or plain(show.about), show.image)


@about_of.register
def _of_episode(episode: Episode) -> About:
    title = f"{episode.title}: {episode.show.title}"
    return About(title, plain(episode.about), episode.show.image)


@about_of.register
def _of_person(person: Person) -> About:
    said = f"{person.name}, {person.role_line}" if person.role_line else ""
    description = said or plain(person.biography)
    return About(person.name, description, person.portrait, kind="profile")


@about_of.register
def _of_page(page: Page) -> About:
    summary = page.summary if isinstance(page, PlainPage) else ""
    description = page.search_description or summary
    # The front page is the site itself.
    return About(page.seo_title or (page.title if page.depth > 2 else ""), description)


@about_of.register
def _of_story(story: Story) -> About:
    title, description = story.seo_title or story.title, story.search_description
    return About(title, description or story.dek, story.lead_photo, kind="article")


@about_of.register
def _of_event(event: Event) -> About:
    return About(event.title, _("What we know, and who says so."))


@about_of.register
def _of_schedule(asked: Asked) -> About:
    name = {"name": asked.station.name}
    description = _("What %(name)s airs, hour by hour, today and on any other date.")
    return About(_("Schedule of %(name)s") % name, description % name)


def _about_list(request: HttpRequest) -> About:
    match = request.resolver_match
    titles = {"shows": _("Shows"), "people": _("People"), "search": _("Search")}
    return About(titles.get(match.url_name or "", "") if match else "")


def _about_site(title: str, site_name: str) -> str:
    if title:
        return _("%(title)s: live radio and schedule from %(name)s.") % {
            "title": title,
            "name": site_name,
        }
    return _("Listen live to %(name)s, and see what is on.") % {"name": site_name}


def _picture(
    about: About, licensee: Licensee | None, request: HttpRequest
) -> tuple[Shown, bool]:
    """Return the picture, and whether it is shown wide: people and logos are not."""
    own = _for_cards(about.picture)
    is_wide = own is not None and about.kind != "profile"
    logo = licensee.logo if licensee else None
    found = shown(own or _for_cards(logo), WIDE if is_wide else SQUARE)
    if found is None:
        icon = public_url(static(ICON), request)
        return Shown(icon, ICON_PIXELS, ICON_PIXELS), False
    return Shown(public_url(found.url, request), found.width, found.height), is_wide


def _for_cards(photo: Photo | None) -> Photo | None:
    """Return *photo* unless what others make of our links may not show it."""
    return photo if photo and photo.may_be_shown(timezone.now(), Use.CARD) else None


def _kept(told: Mapping[str, Any], subject: object) -> str:
    """Return the part of the query that makes it another page."""
    if isinstance(subject, Asked):
        is_first = subject.station == subject.stations[0]
        return "" if is_first else f"?{urlencode({'station': subject.station.slug})}"
    pages = told.get("episodes")
    number = getattr(pages, "number", 1)
    return f"?{urlencode({'page': number})}" if number > 1 else ""
