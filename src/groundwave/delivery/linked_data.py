"""What a page is about, as data for search engines: JSON-LD in schema.org's words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.text import Truncator
from wagtail.blocks import StreamValue

from groundwave.delivery.card import plain, subject_of
from groundwave.delivery.carried_data import origin_facts
from groundwave.delivery.claims import claims, event_facts
from groundwave.delivery.days import utc_text
from groundwave.delivery.pictures import picture_url
from groundwave.delivery.show_pages import Coming
from groundwave.delivery.stories import changed_at
from groundwave.newsroom.event_tables import tables
from groundwave.newsroom.models import Byline, Event, Story, StoryUpdate
from groundwave.newsroom.models.update import OWNED_UP
from groundwave.pages.models import HomePage, Recording
from groundwave.people.models import Person
from groundwave.programming.models import Episode, Show
from groundwave.stations.models import Licensee, Station


Facts = dict[str, Any]
# A path of ours, to its whole address.
At = Callable[[str], str]

# In a script element nothing may look like markup, whatever somebody calls a show.
_ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def linked_data(told: Mapping[str, Any], at: At) -> str:
    """Return JSON that may stand in a script element, or nothing."""
    facts = facts_of(told, at)
    if not facts:
        return ""
    said = {"@context": "https://schema.org", "@graph": facts}
    return json.dumps(said, ensure_ascii=False).translate(_ESCAPED)


def facts_of(told: Mapping[str, Any], at: At) -> list[Facts]:
    """Return the facts of the page that was told *told*."""
    licensee: Licensee | None = told["licensee"]()
    match subject_of(told):
        case Episode() as episode:
            return [_episode(episode, told.get("airings", ()), at)]
        case Show() as show:
            return [_show(show, told.get("coming", ()), at)]
        case Person() as person:
            return [_person(person, licensee, at)]
        # A preview of what was never published is for nobody's machine.
        case Story() as story if story.first_published_at:
            return [_article(story, licensee, at), *_said_in(story, at)]
        case Event() as event:
            return event_facts(event, told["tables"], at)
        case HomePage() if licensee:
            stations = [each.station for each in told["tunings"]()]
            return [_licensee(licensee, at), *_stations(stations, at)]
        case _:
            return []


def _licensee(licensee: Licensee, at: At) -> Facts:
    return _said(
        {
            "@type": "Organization",
            "@id": at("/#licensee"),
            "name": licensee.name,
            "url": at("/"),
            "logo": _picture(licensee.logo, at),
            "sameAs": [link.url for link in licensee.links.all()],
        }
    )


def _stations(stations: Iterable[Station], at: At) -> Iterable[Facts]:
    for station in stations:
        yield _said(
            {
                "@type": "RadioStation",
                "@id": at(f"/#{station.slug}"),
                "name": station.name,
                "description": station.description,
                "url": station.website or at("/"),
                "parentOrganization": {"@id": at("/#licensee")},
            }
        )


def _show(show: Show, coming: Iterable[Coming], at: At) -> Facts:
    return _said(
        {
            **_series(show, at),
            "description": show.tagline or plain(show.about),
            "genre": show.category,
            "image": _picture(show.image, at),
            "contributor": [_named(host.person, at) for host in show.hosts.all()],
            "publication": [_broadcast(each, show.title) for each in coming],
        }
    )


def _episode(episode: Episode, airings: Iterable[Coming], at: At) -> Facts:
    return _said(
        {
            "@type": "RadioEpisode",
            "name": episode.title,
            "url": at(episode.get_absolute_url()),
            "description": plain(episode.about),
            "partOfSeries": _series(episode.show, at),
            "audio": _audio(episode.audio, at) if episode.audio else None,
            "publication": [_broadcast(each, episode.title) for each in airings],
        }
    )


def _audio(recording: Recording, at: At) -> Facts:
    return _said(
        {
            "@type": "AudioObject",
            "name": recording.title,
            "contentUrl": at(recording.file.url),
            "encodingFormat": recording.media_type,
            "duration": f"PT{recording.seconds:.0f}S",
        }
    )


def _article(story: Story, licensee: Licensee | None, at: At) -> Facts:
    us = _licensee(licensee, at) if licensee else None
    return _said(
        {
            "@type": "LiveBlogPosting" if story.posts else "NewsArticle",
            "@id": at(story.url),
            "mainEntityOfPage": at(story.url),
            "headline": story.title,
            "description": story.dek,
            "datePublished": utc_text(story.first_published_at),
            "dateModified": utc_text(changed_at(story)),
            "author": [_author(byline, at) for byline in story.bylines.all()],
            "publisher": us,
            "isAccessibleForFree": True,
            "image": _picture(story.lead_photo, at),
            "audio": _audio(story.recording, at) if story.recording else None,
            **origin_facts(story, us),
            "keywords": [topic.name for topic in story.topics.all()],
            **_live_blog(story, at),
            "correction": [
                _correction(each) for each in story.told if each.kind in OWNED_UP
            ],
        }
    )


def _said_in(story: Story, at: At) -> list[Facts]:
    """Return who says what of the story's event, if readers are told of it."""
    event = story.event
    if event is None or not event.is_public:
        return []
    about = at(f"{event.get_absolute_url()}#event")
    return list(claims(tables(event), about=about, appearance=at(story.url)))


def _live_blog(story: Story, at: At) -> Facts:
    posts = story.posts
    if not posts:
        return {}
    return {
        "coverageStartTime": utc_text(posts[-1].value["at"]),
        "liveBlogUpdate": [_post(post, at(story.url), at) for post in posts],
    }


def _post(post: StreamValue.StreamChild, url: str, at: At) -> Facts:
    said = post.value
    text = plain(str(said["text"]))
    return _said(
        {
            "@type": "BlogPosting",
            "@id": f"{url}#post-{post.id}",
            "url": f"{url}#post-{post.id}",
            "headline": said["heading"] or Truncator(text).words(12),
            "datePublished": utc_text(said["at"]),
            "articleBody": text,
            "author": _named(said["author"], at) if said["author"] else None,
        }
    )


def _author(byline: Byline, at: At) -> Facts:
    if byline.person:
        return _named(byline.person, at)
    return {"@type": "Person", "name": byline.name}


def _correction(update: StoryUpdate) -> Facts:
    return {
        "@type": "CorrectionComment",
        "text": update.text,
        "datePublished": utc_text(update.at),
    }


def _person(person: Person, licensee: Licensee | None, at: At) -> Facts:
    works_for = {"@type": "Organization", "name": licensee.name} if licensee else None
    return _said(
        {
            **_named(person, at),
            "jobTitle": person.role_line,
            "description": plain(person.biography),
            "image": _picture(person.portrait, at),
            "worksFor": works_for,
        }
    )


def _series(show: Show, at: At) -> Facts:
    url = at(show.get_absolute_url())
    return {"@type": "RadioSeries", "name": show.title, "url": url}


def _named(person: Person, at: At) -> Facts:
    url = at(person.get_absolute_url())
    return {"@type": "Person", "name": person.name, "url": url}


def _broadcast(coming: Coming, title: str) -> Facts:
    return {
        "@type": "BroadcastEvent",
        "name": coming.episode.title if coming.episode else title,
        "startDate": utc_text(coming.starts_at),
        "publishedOn": {"@type": "BroadcastService", "name": coming.station.name},
    }


def _picture(picture: Any, at: At) -> str | None:
    url = picture_url(picture)
    return at(url) if url else None


def _said(facts: Facts) -> Facts:
    """Return *facts* without those that nothing is known of."""
    return {name: value for name, value in facts.items() if value}
