"""What every page knows about the air, because every page carries the player."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
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
        "player": cache(lambda: told_to_player(request, tunings())),
    }


def _tunings(request: HttpRequest) -> list[Tuning]:
    air = air_url(request)
    return [tuning(each, air) for each in Station.objects.prefetch_related("mounts")]


def told_to_player(request: HttpRequest, tunings: list[Tuning]) -> dict[str, Any]:
    """Return what the player's script is told, ready for JSON."""
    # One connection serves the whole page, however many stations it shows.
    events = f"{air_url(request)}/events"
    if len(tunings) == 1:
        events += f"?station={tunings[0].station.slug}"
    return {
        "stations": [_station(each) for each in tunings],
        "events": events,
        "hls_js": static("vendor/hls.js/hls.light.min.js"),
        # Another program, with other scripts; pages of ours are not exchanged for it.
        "outside": [reverse("wagtailadmin_home")],
        "words": _words(),
    }


def _station(tuned: Tuning) -> dict[str, Any]:
    station = tuned.station
    return {
        "slug": station.slug,
        "name": station.name,
        "tagline": station.description,
        "streams": [
            {"url": way.url, "type": way.media_type, "kbps": way.bitrate_kbps}
            for way in tuned.streams
        ],
        "hls": tuned.hls,
        "tape": tuned.tape,
        "titles": tuned.titles,
        "guide": reverse("guide_json", args=[station.slug]),
        "burst_seconds": station.burst_seconds,
    }


def _words() -> dict[str, str]:
    return {
        "play": _("Play Live Radio"),
        "stop": _("Stop"),
        "pause": _("Pause"),
        "resume": _("Resume"),
        "connecting": _("Tuning in…"),
        "playing": _("You are listening live."),
        "paused": _("Paused. Resume goes on from here."),
        "reconnecting": _("The connection was lost. Tuning in again…"),
        "unplayable": _(
            "This browser cannot play the stream. Try one of the links under "
            "“Other ways to listen”."
        ),
        "blocked": _("The browser did not let it start. Press Play once more."),
        "elsewhere": _("Another tab or window plays now. Press Play to hear it here."),
        "gone": _("That is no longer on the tape; this is live."),
        "page_unreachable": _(
            "That page could not be fetched. Check the connection and try again."
        ),
        "not_fetched": _(
            "That could not be fetched. Check the connection and try again."
        ),
        "copied": _("Copied. Paste it into your page."),
        # What stands in braces is filled in by the player.
        "next": _("Next Up: {show} at {time}"),
        # Times of day as the pages write them.
        "am": _("{time} a.m."),
        "pm": _("{time} p.m."),
        "noon": _("noon"),
        "midnight": _("midnight"),
        "about": _("about {time}"),
        "both_times": _("{there} ({here} your time)"),
        "is_live": _("Live"),
        "behind": _("{span} behind live"),
        "place": _("{elapsed} of {duration}"),
        "recording": _("Recording"),
        "queue": _("Add to queue"),
        "unqueue": _("Remove from queue"),
        "queued": _("Added to the queue."),
        "unqueued": _("Removed from the queue."),
        "moved_up": _("Moved up in the queue."),
        "queue_next": _("Next in the queue: {title}"),
        "missing": _(
            "That recording is not here any more. Choose another one, or play live."
        ),
        "missing_next": _("That recording is not here any more; the next one plays."),
        "missing_live": _("That recording is not here any more; this is live."),
        "sleeps": _("{span} left"),
        "standby": _("A recording plays until we are back"),
        "live": _("Live from the studio"),
        "relay": _("Carrying another station"),
        "on_air": _("On air"),
        "off": _("Off air"),
        "unknown": _("Asking what is on…"),
        "unreachable": _("The station cannot be reached right now. Trying again."),
    }
