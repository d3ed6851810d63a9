"""What happens to stations: the verbs that admin, commands and the demo all call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

import structlog
from django.db import transaction

from groundwave.patchbay.errors import PatchbayError
from groundwave.patchbay.messages import (
    LineupPublished,
    Role,
    SourceHeld,
    SourceKicked,
    Status,
)
from groundwave.people.models import Person, User
from groundwave.stations import air
from groundwave.stations.errors import AlreadyRevoked
from groundwave.stations.keys import digest_of, new_key
from groundwave.stations.lineup import build_lineup
from groundwave.stations.models import (
    KeyWindow,
    Licensee,
    ListeningSession,
    Mount,
    SourceKey,
    Station,
    Transmission,
)
from groundwave.stations.models.source_key import SourceRole
from groundwave.stations.models.station import Codec


# Long enough to ask whoever listened, and for the quarter's reports.
WHOLE_ADDRESS_KEPT = timedelta(days=100)

log = structlog.get_logger(__name__)


class IssuedKey(NamedTuple):
    """A source key and, this once, the key itself."""

    source_key: SourceKey
    key: str


@transaction.atomic
def open_station(
    licensee: Licensee, *, slug: str, name: str, timezone: str = "UTC", **facts: Any
) -> Station:
    """
    Open a station that is heard at ``/<slug>.mp3`` and ``/<slug>.aac``.

    Raises:
        ValidationError: something said about it cannot be; nothing was opened.
    """
    station = Station(
        licensee=licensee, slug=slug, name=name, timezone=timezone, **facts
    )
    station.full_clean()
    station.save()
    give_default_mounts(station)
    change_lineup()
    return station


def give_default_mounts(station: Station) -> None:
    """
    Let the station be heard as MP3 and as AAC, unless it has mounts already.

    A path that another station has taken stays that station's.
    """
    if Mount.objects.filter(station=station).exists():
        return
    for codec in Codec:
        path = f"/{station.slug}.{codec}"
        Mount.objects.get_or_create(
            path=path, defaults={"station": station, "codec": codec}
        )


@transaction.atomic
def issue_source_key(
    station: Station,
    *,
    person: Person,
    role: SourceRole | str,
    by: User | None,
    now: datetime,
    windows: Iterable[KeyWindow] = (),
) -> IssuedKey:
    """
    Let *person*'s encoder on the air of *station*, in the place of *role*.

    The key is returned once and can never be read again.
    """
    key = new_key()
    source_key = SourceKey.objects.create(
        station=station,
        person=person,
        role=role,
        digest=digest_of(key),
        hint=key[-4:],
        issued_at=now,
        issued_by=by,
    )
    for window in windows:
        window.key = source_key
        window.save()
    change_lineup()
    log.info("source_key_issued", station=station.slug, person=person.name, role=role)
    return IssuedKey(source_key, key)


@transaction.atomic
def revoke_source_key(source_key: SourceKey, *, by: User | None, now: datetime) -> None:
    """
    End what the key allows, for good.

    Raises:
        AlreadyRevoked: it was revoked before.
    """
    unrevoked = SourceKey.objects.filter(pk=source_key.pk, revoked_at=None)
    if not unrevoked.update(revoked_at=now, revoked_by=by):
        raise AlreadyRevoked(
            f"The key that ends in {source_key.hint} is revoked already."
        )
    source_key.refresh_from_db()
    change_lineup()
    log.info(
        "source_key_revoked", station=source_key.station.slug, hint=source_key.hint
    )


@transaction.atomic
def issue_monitor_password() -> str:
    """
    Return a new password for the transmitter's ``/admin/``; the old one ends.

    Like a source key it is shown once and kept as a digest.
    """
    password = new_key()
    Transmission.objects.current()
    Transmission.objects.filter(pk=1).update(monitor_digest=digest_of(password))
    change_lineup()
    return password


def change_lineup() -> None:
    """
    Make the line-up's next edition and tell the transmitter once it is true.

    Call it in the transaction that changed a station, a mount or a key. If the
    transmitter is away, the desk tells it as soon as it is back.
    """
    Transmission.objects.advance()
    transaction.on_commit(partial(publish_lineup, quietly=True))


def current_lineup() -> LineupPublished:
    """Return the line-up as it stands."""
    with transaction.atomic():
        return build_lineup(
            Station.objects.for_lineup(), Transmission.objects.current()
        )


def publish_lineup(*, quietly: bool = False) -> Status | None:
    """
    Tell the transmitter the line-up and return its state with it.

    Raises:
        PatchbayError: it is not told; ``quietly`` leaves that to the desk instead.
    """
    lineup = current_lineup()
    try:
        return air.tell(lineup)
    except PatchbayError as trouble:
        log.warning("lineup_waits", edition=lineup.edition, because=str(trouble))
        if not quietly:
            raise
        return None


def kick_source(station: Station, role: Role, *, by: User) -> Status:
    """
    End the connection of the source in *role*; its encoder may come back.

    Raises:
        PatchbayError: nothing was done; its text says why.
    """
    log.info("source_kicked", station=station.slug, role=role, by=str(by))
    return air.tell(SourceKicked(station=station.slug, role=role, by=str(by)))


def hold_source(station: Station, role: Role | None, *, by: User) -> Status:
    """
    Put *role* on air and keep it there; ``None`` gives the air back to the chain.

    Raises:
        PatchbayError: nothing was done; its text says why.
    """
    log.info("source_held", station=station.slug, role=role, by=str(by))
    return air.tell(SourceHeld(station=station.slug, role=role, by=str(by)))


def forget_sessions(*, now: datetime) -> Iterator[int]:
    """
    Delete listening sessions that were kept long enough; blank whole addresses sooner.

    Yields the number of records after each small batch, so that whoever calls can
    let others at the database in between.
    """
    kept = timedelta(days=Transmission.objects.current().session_days)
    sessions = ListeningSession.objects
    for batch in sessions.ended_before(now - kept).in_batches():
        yield batch.delete()[0]
    named = sessions.ended_before(now - WHOLE_ADDRESS_KEPT).with_whole_address()
    for batch in named.in_batches():
        yield batch.update(address="")
