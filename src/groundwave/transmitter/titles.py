"""Title updates: who may say what is playing, and for which source."""

from __future__ import annotations

from collections.abc import Iterable

from groundwave.transmitter.intake import Intake
from groundwave.transmitter.keys import find_key
from groundwave.transmitter.reply import Reply, as_xml
from groundwave.transmitter.station import Station
from groundwave.wire.errors import PeerError
from groundwave.wire.http.head import RequestHead
from groundwave.wire.icecast.titles import (
    iceresponse,
    read_title_update,
    title_credentials,
)


def update_title(
    head: RequestHead, body: bytes, *, intake: Intake, stations: Iterable[Station]
) -> Reply:
    """
    Carry out a title request and answer as Icecast does.

    The key alone decides: an automation PC beside the encoder sends titles from
    another address every day. The title goes to the source that holds the key's
    place; the reply's ``return`` is 0, at status 200, if that is not connected.

    Raises:
        PeerError: no title can be read, or the key is missing or wrong.
    """
    update = read_title_update(head, body=body)
    credentials = title_credentials(head, body=body)
    if credentials is None:
        raise PeerError(
            "Send your source key with the title, as the password.", status=401
        )
    named = intake.find_station(update.mount)
    for station in [named] if named else stations:
        key = find_key(station.line, credentials.password)
        if key is None:
            continue
        source = station.sources.get(key.role)
        if source is None:
            return as_xml(iceresponse("Source is not connected", 0))
        update = read_title_update(head, charset=station.line.charset, body=body)
        station.entitle(source, update.title)
        return as_xml(iceresponse("Metadata update successful", 1))
    raise PeerError(
        "The key is not valid for this mountpoint; copy the whole source key into"
        " the password field.",
        status=401,
    )
