"""The station a new installation opens with: nobody's, and plainly so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from groundwave.people.actions import person_named
from groundwave.stations.actions import issue_source_key, open_station
from groundwave.stations.keys import digest_of
from groundwave.stations.models import Licensee, SourceKey, Station
from groundwave.stations.models.source_key import SourceRole


SLUG = "kgnd"
STUDIO = "The demo studio"


@transaction.atomic
def open_demo_station(now: datetime) -> str:
    """Open KGND 89.3 and return the key of its demo studio."""
    licensee = Licensee.objects.create(
        name="Marrow Bay Imaginary Broadcasting Society",
        timezone="America/Denver",
        support_text=(
            "Nobody on Marrow Bay has ever given us a cent, because there is no Marrow "
            "Bay. Here your own station says why it asks."
        ),
        support_label="Give nothing",
        support_url="https://kgnd.example/give",
    )
    station = open_station(
        licensee,
        slug=SLUG,
        name="KGND 89.3",
        description="Ground Wave Community Radio: a made-up station with made-up music",
        genre="Eclectic",
        timezone="America/Denver",
    )
    issued = issue_source_key(
        station,
        person=person_named(STUDIO),
        role=SourceRole.MAIN,
        by=None,
        now=now,
    )
    return issued.key


def station_of(key: str) -> Station | None:
    """Return the station *key* lets the studio on the air of, if it still does."""
    live = SourceKey.objects.live().filter(digest=digest_of(key))
    found = live.select_related("station").first()
    return found.station if found else None
