"""How a source is: what the chain decides by, and a person wants to know."""

from __future__ import annotations

from dataclasses import dataclass


# Sound with holes no longer than this counts as sounding without a break.
BREAK_SECONDS = 2.0


@dataclass(slots=True)
class Health:
    """
    One source's; instants in air seconds.

    Attributes:
        heard_at: when sound arrived last, or until when it lasts if that is later.
        ends_at: when the newest sound ends on the timeline, which may be behind.
        level_dbfs: how loud it was at *measured_at*; ask ``level`` how loud it is.
        peak_dbfs: likewise, its loudest sample.
        description: what its bytes turned out to be, for a person.
        trouble: a sentence while what it sends cannot be used; mostly empty.
    """

    heard_at: float | None = None
    ends_at: float | None = None
    sounding_since: float | None = None
    silent_since: float | None = None
    level_dbfs: float | None = None
    peak_dbfs: float | None = None
    measured_at: float | None = None
    description: str = ""
    trouble: str = ""

    def sounds(self, now: float, *, until: float) -> None:
        """Note that sound arrived which lasts *until* then, later than now if ahead."""
        if not self.is_heard(now):
            self.sounding_since = now
        # A source that is ahead is made to wait: it has not stopped sending.
        self.heard_at = max(now, until)
        # Some outputs are heard a little later than others: the best of them counts.
        self.ends_at = until if self.ends_at is None else max(self.ends_at, until)

    def measured(
        self, rms_dbfs: float, *, silent: bool, since: float, now: float
    ) -> None:
        """Note the level of what arrived from *since* to *now*."""
        self.level_dbfs, self.measured_at = rms_dbfs, now
        if silent:
            self.silent_since = (
                since if self.silent_since is None else self.silent_since
            )
            return
        # Speech behind a noise gate is full of holes; they do not begin it anew.
        if self.silent_since is not None and since - self.silent_since > BREAK_SECONDS:
            self.sounding_since = now
        self.silent_since = None

    def is_heard(self, now: float) -> bool:
        """Tell whether sound comes from it without a break up to *now*."""
        return self.heard_at is not None and now - self.heard_at <= BREAK_SECONDS

    def level(self, now: float) -> float | None:
        """Return how loud it is, in dBFS; None once that is no more known."""
        if self.measured_at is None or now - self.measured_at > BREAK_SECONDS:
            return None
        return self.level_dbfs
