from __future__ import annotations

from django.db import transaction

from groundwave.programming.actions.telling import tell_pages
from groundwave.programming.models import DefaultShow, Show
from groundwave.stations.models import Station


@transaction.atomic
def set_default_show(station: Station, show: Show | None) -> None:
    """Say what is on where nothing is planned; ``None`` says nothing any more."""
    if show is None:
        DefaultShow.objects.filter(station=station).delete()
    else:
        DefaultShow.objects.update_or_create(station=station, defaults={"show": show})
    tell_pages([station])
