"""A station that is changed takes its schedule along: its clock, and its name."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from groundwave.programming.actions.materializing import follow_slots
from groundwave.programming.actions.telling import tell_pages
from groundwave.programming.models import Slot
from groundwave.stations.models import Station


@transaction.atomic
def follow_station(
    instance: Station, created: bool = False, raw: bool = False, **_: object
) -> None:
    """Store what the slots of *instance* say by its clock now, and tell open pages."""
    if created or raw:
        return  # it has no slots yet, or they are being loaded with it
    difference = follow_slots(Slot.objects.filter(station=instance), timezone.now())
    moved = {each.station_id for each in (*difference.changed, *difference.lost)}
    tell_pages(Station.objects.filter(pk__in={instance.pk, *moved}))
