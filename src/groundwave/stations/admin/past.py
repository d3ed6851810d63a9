"""What happened to the air, drawn along time and in words; as far back as it is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from groundwave.stations.admin.air_page import page
from groundwave.stations.board import zone_of
from groundwave.stations.models import Licensee, SourceIncident, Station
from groundwave.stations.timeline import Timeline, by_day


SHOWN = 60
# Less would be drawn so far apart that nobody sees it as one evening.
SHORTEST = timedelta(hours=6)


@permission_required("stations.watch_the_air", raise_exception=True)
@require_safe
def past(request: HttpRequest) -> HttpResponse:
    """Show a page of incidents, of ``?station=`` or of all, the newest first."""
    stations = list(Station.objects.all())
    chosen = [each for each in stations if each.slug == request.GET.get("station")]
    incidents = SourceIncident.objects.all()
    if chosen:
        incidents = incidents.filter(station=chosen[0].slug)
    found = Paginator(incidents, SHOWN).get_page(request.GET.get("page"))
    zone = ZoneInfo(zone_of(Licensee.objects.first(), stations))
    span = _span(found, timezone.now())
    shown = {
        "stations": stations,
        "chosen": chosen[0] if chosen else None,
        "timelines": [
            (each, Timeline(each.slug, *span, zone)) for each in chosen or stations
        ],
        "days": by_day(found, zone),
        "found": found,
        "zone": zone.key,
    }
    return page(request, "stations/admin/past.html", _("What happened"), shown)


def _span(found: Page[SourceIncident], now: datetime) -> tuple[datetime, datetime]:
    """Return from when to when the incidents on a page reach."""
    times = [incident.at for incident in found]
    if not times:
        return now - SHORTEST, now
    until = times[0] + timedelta(minutes=1) if found.has_previous() else now
    until = max(until, times[0] + timedelta(minutes=1))
    return min(times[-1], until - SHORTEST), until
