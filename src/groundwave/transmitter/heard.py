"""What was playing when, for the site: the tape's titles, a day of them at most."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from groundwave.patchbay.messages import HeardTitle, Refused, Titles, TitlesAsked
from groundwave.transmitter.station import Station
from groundwave.transmitter.tape.errors import SpanUnclear
from groundwave.transmitter.tape.span import span_between


# One for every 45 seconds of a day. An encoder that says more has a fault.
MOST_TITLES = 2000


async def heard(
    stations: Mapping[str, Station], asked: TitlesAsked
) -> Titles | Refused:
    """Return what was playing, or why that cannot be said."""
    station = stations.get(asked.station)
    if station is None:
        return Refused(
            sentence=f"There is no station {asked.station}; reload the page."
        )
    try:
        span = span_between(asked.since.timestamp(), asked.until.timestamp())
        found = await station.tape.titles(span)
    except SpanUnclear as fact:
        return Refused(sentence=str(fact))
    except OSError as cause:
        return Refused(sentence=f"The tape cannot be read ({cause}); check its disk.")
    told = (
        HeardTitle(at=datetime.fromtimestamp(title.at, UTC), title=title.text)
        for title in found[-MOST_TITLES:]
    )
    return Titles(station=station.slug, titles=tuple(told))
