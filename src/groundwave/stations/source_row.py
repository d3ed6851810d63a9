"""One source of a station in words: who it is, how it is, how loud it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.utils.translation import gettext as _, gettext_lazy

from groundwave.patchbay.messages import Role, SourceStatus


ROLE_NAMES = {
    Role.STUDIO: gettext_lazy("Studio"),
    Role.MAIN: gettext_lazy("Main"),
    Role.BACKUP: gettext_lazy("Backup"),
    Role.RELAY: gettext_lazy("Relay"),
    Role.STANDBY: gettext_lazy("Standby"),
}
# What a person can send away; the transmitter's own sources only come back.
ENCODER_ROLES = frozenset({Role.STUDIO, Role.MAIN, Role.BACKUP})
# Encoders send in lumps; whoever brings nothing for longer has stopped.
STALLED_AFTER = timedelta(seconds=2)
# The quiet end of the meter, and where its peak is as good as clipped.
QUIETEST_DBFS = -60.0
CLIPS_DBFS = -0.5
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class SourceRow:
    """
    One place in a station's chain.

    Attributes:
        status: as the transmitter has it; ``None`` while it does not answer.
        at: when it was so.
    """

    role: Role
    status: SourceStatus | None
    at: datetime | None = None

    @property
    def name(self) -> str:
        return str(ROLE_NAMES[self.role])

    @property
    def is_on_air(self) -> bool:
        return self.status is not None and self.status.on_air

    @property
    def state(self) -> str:
        if self.status is None:
            return _("Not known")
        if not self.status.connected:
            return _("Not connected")
        if self.status.on_air:
            return _("On air")
        if self.status.silent_since:
            return _("Silent")
        return _("Ready") if self.status.healthy else _("Connected, not ready yet")

    @property
    def alarm(self) -> str:
        """Return for how long nothing has been heard from it; mostly empty."""
        if self.status is None or self.at is None:
            return ""
        if self._is_stalled and self.status.heard_at:
            return _("No sound arrives, for %(clock)s") % {
                "clock": clock_words(self.at - self.status.heard_at)
            }
        if self.status.silent_since:
            return _("Silent for %(clock)s") % {
                "clock": clock_words(self.at - self.status.silent_since)
            }
        return ""

    @property
    def person(self) -> str:
        return self.status.person if self.status else ""

    @property
    def detail(self) -> str:
        """Return what it sends, with which program and from where."""
        status = self.status
        if status is None:
            return ""
        return " · ".join(
            filter(None, [status.description, status.agent, status.address])
        )

    @property
    def trouble(self) -> str:
        return self.status.trouble if self.status else ""

    @property
    def since(self) -> datetime | None:
        return self.status.since if self.status else None

    @cached_property
    def level(self) -> float | None:
        """Return the RMS level in dBFS; ``None`` where there is no sound to measure."""
        status = self.status
        if status is None or not status.connected or self._is_stalled or status.trouble:
            return None
        return status.level_dbfs

    @cached_property
    def peak(self) -> float | None:
        known = self.status is not None and self.level is not None
        return self.status.peak_dbfs if known and self.status else None

    @property
    def level_words(self) -> str:
        if self.level is None:
            return ""
        facts = {"level": _decibels(self.level), "peak": _decibels(self.peak or 0.0)}
        if self.peak is None:
            return _("%(level)s dBFS") % facts
        if self.peak >= CLIPS_DBFS:
            return _("%(level)s dBFS, peak %(peak)s: clips") % facts
        return _("%(level)s dBFS, peak %(peak)s") % facts

    @property
    def meter_style(self) -> str:
        return f"--level: {self.level_place:g}; --peak: {self.peak_place:g}"

    @property
    def level_place(self) -> float:
        """Return how far along the meter its level lies, in percent."""
        return _place(self.level)

    @property
    def peak_place(self) -> float:
        return _place(self.peak)

    @property
    def level_now(self) -> str:
        """Return where a meter stands, for those who do not see it."""
        quietest = QUIETEST_DBFS if self.level is None else self.level
        return f"{max(QUIETEST_DBFS, quietest):.0f}"

    @property
    def no_level(self) -> str:
        return _("No sound")

    @property
    def is_encoder(self) -> bool:
        return self.role in ENCODER_ROLES

    @property
    def may_be_kicked(self) -> bool:
        return self._is_connected and self.is_encoder

    @property
    def may_be_held(self) -> bool:
        return self._is_connected and not self.is_on_air

    @property
    def _is_connected(self) -> bool:
        return self.status is not None and self.status.connected

    @property
    def _is_stalled(self) -> bool:
        """Whether it is connected, has sounded, and brings nothing any more."""
        heard_at = self.status.heard_at if self.status else None
        if not self._is_connected or heard_at is None or self.at is None:
            return False
        return self.at - heard_at > STALLED_AFTER


def clock_words(span: timedelta) -> str:
    """Return how long that is as a stopwatch shows it: ``0:12``, ``1:02:03``."""
    seconds = max(0, span // _SECOND)
    minutes, hours = seconds // 60 % 60, seconds // 3600
    clock = f"{minutes}:{seconds % 60:02}"
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else clock


def _decibels(level: float) -> str:
    """Return whole decibels with a minus that is as wide as a digit."""
    return f"{round(level)}".replace("-", "\u2212")


def _place(level: float | None) -> float:
    if level is None:
        return 0.0
    along = 100 * (level - QUIETEST_DBFS) / -QUIETEST_DBFS
    return round(min(100.0, max(0.0, along)), 1)
