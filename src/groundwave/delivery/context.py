"""What every page knows about the air, because every page carries the player."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from groundwave.delivery.air import Tuning, tuning
from groundwave.stations.address import air_url
from groundwave.stations.models import Licensee, Station


def listening(request: HttpRequest) -> dict[str, Callable[[], object]]:
    """
    Return ``licensee``, ``tunings`` and ``player``.

    Each is asked for when a template first uses it, and then once.
    """
    tunings = cache(partial(_tunings, request))
    return {
        "licensee": cache(Licensee.objects.first),
        "tunings": tunings,
        "player": cache(lambda: _player(request, tunings())),
    }


def _tunings(request: HttpRequest) -> list[Tuning]:
    air = air_url(request)
    return [tuning(each, air) for each in Station.objects.prefetch_related("mounts")]


def _player(request: HttpRequest, tunings: list[Tuning]) -> dict[str, Any]:
    """Return what the player's script is told, ready for JSON."""
    stations = [
        {
            "slug": each.station.slug,
            "name": each.station.name,
            "tagline": each.station.description,
            "streams": [
                {"url": way.url, "type": way.media_type} for way in each.streams
            ],
        }
        for each in tunings
    ]
    # One connection serves the whole page, however many stations it shows.
    events = f"{air_url(request)}/events"
    if len(tunings) == 1:
        events += f"?station={tunings[0].station.slug}"
    return {"stations": stations, "events": events, "words": _words()}


def _words() -> dict[str, str]:
    return {
        "play": _("Play Live Radio"),
        "stop": _("Stop"),
        "connecting": _("Tuning in…"),
        "playing": _("You are listening live."),
        "reconnecting": _("The connection was lost. Tuning in again…"),
        "unplayable": _(
            "This browser cannot play the stream. Try one of the links under "
            "“Other ways to listen”."
        ),
        "blocked": _("The browser did not let it start. Press Play once more."),
        "standby": _("Standby"),
        "live": _("Live from the studio"),
        "relay": _("Carrying another station"),
        "on_air": _("On air"),
        "off": _("Off air"),
        "unknown": _("Asking what is on…"),
        "unreachable": _("The station cannot be reached right now. Trying again."),
    }
