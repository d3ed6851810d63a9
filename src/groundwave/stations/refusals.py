"""Why encoders could not connect: each trouble once, in words, the newest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from groundwave.patchbay.messages import Attempt
from groundwave.stations.models import SourceIncident


ACCEPTED = "accepted"
HEADLINES = {
    "bad_request": _("Not understood"),
    "needs_password": _("Password needed"),
    "wrong_key": _("Wrong source key"),
    "mount_taken": _("Mountpoint in use"),
    "outside_window": _("Outside its air time"),
    "unknown_mount": _("No station at this mountpoint"),
    "unsupported_type": _("Kind of sound not supported"),
    "not_audio": _("Let in, but it sent no sound"),
    "silence": _("On air, but silent"),
    "bitrate_lies": _("On air, but not as announced"),
}


@dataclass(frozen=True)
class Refusal:
    """
    One trouble of one encoder.

    Attributes:
        sentence: what to do about it.
        is_over: it has connected since.
    """

    at: datetime
    outcome: str
    sentence: str
    mount: str
    address: str
    agent: str
    times: int = 1
    is_over: bool = False

    @property
    def headline(self) -> str:
        return str(HEADLINES.get(self.outcome, self.outcome.replace("_", " ")))


def refusals_among(attempts: Iterable[Attempt]) -> list[Refusal]:
    """Return what is wrong with those who tried; *attempts* are newest last."""
    connected: set[tuple[str, str, str]] = set()
    found: dict[tuple[str, ...], list[Attempt]] = {}
    over: set[tuple[str, ...]] = set()
    for attempt in reversed(list(attempts)):
        encoder = attempt.address, attempt.agent, _slug(attempt.mount)
        if attempt.outcome == ACCEPTED:
            connected.add(encoder)
            continue
        trouble = *encoder, attempt.outcome
        if trouble not in found and encoder in connected:
            over.add(trouble)
        found.setdefault(trouble, []).append(attempt)
    return [
        _refusal(each[0], times=len(each), is_over=trouble in over)
        for trouble, each in found.items()
    ]


def refusals_stored(incidents: Iterable[SourceIncident]) -> list[Refusal]:
    """Return those that are on record, for when the transmitter does not answer."""
    return [_refusal(each, times=each.times, is_over=False) for each in incidents]


def _refusal(of: Attempt | SourceIncident, *, times: int, is_over: bool) -> Refusal:
    return Refusal(
        at=of.at,
        outcome=of.outcome,
        sentence=of.sentence,
        mount=of.mount,
        address=of.address,
        agent=of.agent,
        times=times,
        is_over=is_over,
    )


def _slug(mount: str) -> str:
    """Return the station that *mount* means: ``/kgnd``, or ``/kgnd.mp3``."""
    return mount.strip("/").partition(".")[0]
