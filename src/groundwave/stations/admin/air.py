"""Master control: every station's air as it is now, and as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from groundwave.patchbay.errors import PatchbayError
from groundwave.patchbay.messages import Came
from groundwave.stations.admin.air_page import page
from groundwave.stations.admin.past import past
from groundwave.stations.admin.switching import hold, kick
from groundwave.stations.admin.transmission import transmission
from groundwave.stations.air import ask_listeners
from groundwave.stations.board import StationBoard, boards, zone_of
from groundwave.stations.listening import STEP, listening_today
from groundwave.stations.live import away, clock, live
from groundwave.stations.models import Licensee, SourceIncident, Station
from groundwave.stations.plot import ListeningPlot
from groundwave.stations.refusals import Refusal, refusals_among, refusals_stored
from groundwave.stations.timeline import Timeline
from groundwave.stations.watch import Word, the_watch


SHOWN_INCIDENTS = 8
SHOWN_REFUSALS = 15
DRAWN = timedelta(hours=24)


@dataclass(frozen=True)
class Panel:
    """All that is shown of one station."""

    board: StationBoard
    plot: ListeningPlot
    timeline: Timeline
    incidents: list[SourceIncident]


@permission_required("stations.watch_the_air", raise_exception=True)
@require_safe
def air(request: HttpRequest) -> HttpResponse:
    """Every station's air now, its listeners and what happened last."""
    now = timezone.now()
    stations = list(Station.objects.all())
    zone = ZoneInfo(zone_of(Licensee.objects.first(), stations))
    word = the_watch().look()
    shown = {
        "panels": list(_panels(boards(stations, word.status), word, zone, now)),
        "zone": zone.key,
        "status": word.status,
        "as_of": clock(word.status.at, zone) if word.status else "",
        "away": away(word, zone),
        "newest": newest(),
        "refusals": _refusals(word),
        "may_work": request.user.has_perm("stations.work_the_air"),
        "words": _words(),
    }
    return page(request, "stations/admin/air.html", _("Air"), shown)


@permission_required("stations.watch_the_air", raise_exception=True)
@require_safe
@never_cache
def live_air(request: HttpRequest) -> HttpResponse:
    """What an open page asks for every second."""
    stations = list(Station.objects.all())
    zone = ZoneInfo(zone_of(Licensee.objects.first(), stations))
    word = the_watch().look()
    known = boards(stations, word.status)
    return JsonResponse(live(known, word, zone=zone, newest=newest()))


def newest() -> str:
    """Return what differs as soon as something more has happened."""
    last = SourceIncident.objects.values_list("at", "times").first()
    return f"{last[0].isoformat()} {last[1]}" if last else ""


def _panels(
    known: list[StationBoard], word: Word, zone: ZoneInfo, now: datetime
) -> Any:
    listening = listening_today(
        [board.station for board in known],
        now=now,
        came=_came(word),
        listen_now={
            board.station.slug: board.status.listeners + board.status.fetching
            for board in known
            if board.status
        },
    )
    for board in known:
        slug = board.station.slug
        happened = SourceIncident.objects.filter(station=slug)
        yield Panel(
            board=board,
            plot=ListeningPlot(listening[slug], ZoneInfo(board.station.timezone)),
            timeline=Timeline(slug, now - DRAWN, now, zone),
            incidents=list(happened[:SHOWN_INCIDENTS]),
        )


def _came(word: Word) -> tuple[Came, ...]:
    """Return when those came who listen now; nothing if nobody can say."""
    if word.status is None:
        return ()
    try:
        return ask_listeners(step_seconds=int(STEP.total_seconds())).came
    except PatchbayError:
        return ()


def _refusals(word: Word) -> list[Refusal]:
    if word.status:
        return refusals_among(word.status.attempts)[:SHOWN_REFUSALS]
    return refusals_stored(SourceIncident.objects.refusals()[:SHOWN_REFUSALS])


def _words() -> dict[str, str]:
    """Return what the page's script says by itself."""
    return {
        "unknown": _("Not known"),
        "away": _(
            "This page has not heard from the site since %(time)s, so what is on the "
            "air now is not known here. It tries again every second."
        ),
        "unanswered": _(
            "The site does not answer. Look at the board before you try again: it may "
            "have been done."
        ),
        "changed": _("%(station)s: %(headline)s. %(alarm)s"),
    }


class AirMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("stations.watch_the_air")


class AirViewSet(ViewSet):
    name = "air"
    icon = "antenna"
    menu_label = gettext_lazy("Air")

    menu_item_class = AirMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", air, name="index"),
            path("live/", live_air, name="live"),
            path("past/", past, name="past"),
            path("settings/", transmission, name="transmission"),
            path("<slug:slug>/kick/<slug:role>/", kick, name="kick"),
            path("<slug:slug>/hold/<slug:role>/", hold, name="hold"),
        ]
