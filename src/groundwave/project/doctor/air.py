"""What is heard on each station, and what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator

from groundwave.patchbay.messages import Role, SourceStatus, StationStatus, Status
from groundwave.project.doctor.called import called
from groundwave.project.doctor.finding import Finding, good, note, wrong


def on_air(status: Status) -> Iterator[Finding]:
    """Say of every station what is heard and what is the matter with its sources."""
    if not status.stations:
        yield wrong(
            "The transmitter knows no station.",
            "Add one in the admin. If there is one, the worker has not told it: start"
            " the worker.",
        )
    for station in status.stations:
        yield _heard(station)
        yield from _matters(station)


def _heard(station: StationStatus) -> Finding:
    name = f"/{station.slug}"
    source = next((one for one in station.sources if one.on_air), None)
    match station.on_air:
        case None:
            return wrong(
                f"{name} is silent: no encoder, no relay and no standby sound.",
                f"Connect an encoder; {called()} source-key {station.slug} prints a key.",
            )
        case Role.STANDBY if station.is_held_on_standby:
            return _held_on_standby(station)
        case Role.STANDBY:
            return note(
                f"{name} plays its standby sound to {_listeners(station)}: no encoder is"
                " on air.",
                "Connect an encoder. If one tries and fails, it stands below.",
            )
        case role:
            facts = [_who(source), source.description] if source else []
            title = f"“{station.title}”" if station.title else ""
            said = ", ".join(filter(None, [*facts, title, _listeners(station)]))
            return good(f"{name} is on air from its {role.value} source: {said}.")


def _held_on_standby(station: StationStatus) -> Finding:
    held = f"/{station.slug}, with {_listeners(station)}, is held on standby by hand;"
    if station.ready is None:
        return note(
            f"{held} no encoder is ready.",
            "Connect an encoder and give the air back on the admin's Air page.",
        )
    ready = station.ready
    who = f" ({_who(ready)})" if ready.person or ready.address else ""
    return note(
        f"{held} {ready.role.value}{who} is ready.",
        "Give the air back on the admin's Air page to hear it.",
    )


def _matters(station: StationStatus) -> Iterator[Finding]:
    name = f"/{station.slug}"
    if station.held is not None and not station.is_held_on_standby:
        yield note(
            f"{name} is held on {station.held.value} by hand; nothing takes over.",
            "Give it back to the chain on the admin's Air page when that is over.",
        )
    if station.tape:
        yield wrong(f"{name} is not recorded.", station.tape)
    if station.trouble:
        yield wrong(f"{name} is not as its settings say.", station.trouble)
    for source in station.sources:
        if source.connected and source.trouble:
            yield wrong(
                f"{name}: the sound of the {source.role.value} encoder"
                f" ({_who(source)}) cannot be used.",
                source.trouble,
            )
        if source.connected and source.silent_since is not None:
            yield wrong(
                f"{name}: the {source.role.value} encoder ({_who(source)}) is connected"
                f" and silent since {source.silent_since:%H:%M} UTC.",
                "Check that it records from the right device and that its level moves.",
            )


def _who(source: SourceStatus) -> str:
    return source.person or source.address or "nobody known"


def _listeners(station: StationStatus) -> str:
    count = station.listeners + station.fetching
    if count == 1:
        return "1 listener"
    return f"{count or 'no'} listeners"
