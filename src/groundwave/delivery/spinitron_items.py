"""One show, playlist, persona or spin, with the names that Spinitron gives its facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from wagtail.images.models import AbstractImage

from groundwave.delivery.pictures import picture_url
from groundwave.delivery.spinitron_asked import Asked
from groundwave.delivery.spins import Spin
from groundwave.people.models import Person
from groundwave.programming.models import Airing, Kind, Show


Json = dict[str, Any]


def show(asked: Asked, found: Show, airing: Airing | None) -> Json:
    """Return *found* as it is on in *airing*, or without a time if it is not."""
    hosts = list(found.hosts.all())
    return {
        "id": found.pk,
        **_times(asked, airing),
        "one_off": airing is not None and airing.kind == Kind.ONE_OFF,
        **_facts(asked, found),
        **asked.expanded(
            personas=lambda: [persona(asked.within(), each.person) for each in hosts]
        ),
        "_links": {
            "self": asked.link("show", found.pk),
            "personas": [asked.link("persona", host.person_id) for host in hosts],
            "playlists": asked.link("playlists", show_id=found.pk),
        },
    }


def playlist(asked: Asked, airing: Airing, **more: Callable[[], Any]) -> Json:
    """Return what was on; *more* is what may be asked to come along."""
    host = next(iter(airing.show.hosts.all()), None)
    links = {
        "self": asked.link("playlist", airing.pk),
        "show": asked.link("show", airing.show_id),
        "spins": asked.link("spins", playlist_id=airing.pk),
    }
    if host:
        links["persona"] = asked.link("persona", host.person_id)
    return {
        "id": airing.pk,
        "persona_id": host.person_id if host else None,
        "show_id": airing.show_id,
        **_times(asked, airing),
        **_facts(asked, airing.show),
        "automation": 0 if host else 1,
        "episode_name": airing.episode.title if airing.episode else None,
        "episode_description": airing.episode.about if airing.episode else None,
        **asked.expanded(
            show=lambda: show(asked.within(), airing.show, airing),
            persona=lambda: persona(asked.within(), host.person) if host else None,
            **more,
        ),
        "_links": links,
    }


def spin(asked: Asked, found: Spin) -> Json:
    """Return what was played."""
    links = {"self": asked.link("spin", found.pk)}
    if found.airing:
        links["playlist"] = asked.link("playlist", found.airing.pk)
    return {
        "id": found.pk,
        "playlist_id": found.airing.pk if found.airing else None,
        "start": _instant(found.starts_at),
        "end": _instant(found.ends_at) if found.ends_at else None,
        "duration": int((found.ends_at - found.starts_at).total_seconds())
        if found.ends_at
        else None,
        "timezone": asked.station.timezone,
        "artist": found.artist,
        "song": found.song,
        "_links": links,
    }


def persona(asked: Asked, person: Person) -> Json:
    """Return whoever hosts a show; nobody's address to write to is given away."""
    hosted = {host.show_id: host for host in person.hosted.all()}
    return {
        "id": person.pk,
        "name": person.name,
        "bio": person.biography,
        "since": None,
        "email": "",
        "website": asked.absolute(person.get_absolute_url()),
        "image": _picture(asked, person.portrait),
        **asked.expanded(
            shows=lambda: [
                show(asked.within(), each.show, None) for each in hosted.values()
            ]
        ),
        "_links": {
            "self": asked.link("persona", person.pk),
            "shows": [asked.link("show", pk) for pk in sorted(hosted)],
        },
    }


def _times(asked: Asked, airing: Airing | None) -> Json:
    return {
        "start": _instant(airing.starts_at) if airing else None,
        "end": _instant(airing.ends_at) if airing else None,
        "duration": int((airing.ends_at - airing.starts_at).total_seconds())
        if airing
        else None,
        "timezone": asked.station.timezone,
    }


def _facts(asked: Asked, found: Show) -> Json:
    return {
        "category": found.category,
        "title": found.title,
        "description": found.about or found.tagline,
        "since": None,
        "url": asked.absolute(found.get_absolute_url()),
        "hide_dj": 0,
        "image": _picture(asked, found.image),
    }


def _picture(asked: Asked, picture: AbstractImage | None) -> str | None:
    url = picture_url(picture)
    return asked.absolute(url) if url else None


def _instant(at: datetime) -> str:
    """Return an instant as Spinitron writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
