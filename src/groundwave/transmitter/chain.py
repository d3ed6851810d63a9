"""
Who is on air: the rules by which a station's sources follow each other.

Pure: facts about the sources go in, a choice with its reason comes out.

* Sources are heard in the order of ``Role``: studio, main, backup, relay, standby.
* A source on air keeps it through a hiccup shorter than the grace period.
* A dropped or silent source loses the air to the next one that sounds.
* A better source takes the air back once it has sounded without a break for the
  return time, so that a flapping line does not flap on air.
* A person's hold beats the order, as long as the held source is there at all.
* Only sound of now takes the air. A source that stalled and goes on where it was is
  behind: what it sends would be taken for what was played already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from groundwave.patchbay.messages import Role


# Enough sound to fill a frame or two of every encoding before taking the air.
WARM_SECONDS = 0.5
# More than the second by which a source may stay behind (see ``arrival``), and a tick.
CURRENT_SECONDS = 1.25


@dataclass(frozen=True, slots=True)
class ChainRules:
    """A station's patience, in seconds."""

    grace: float = 2.0
    silence: float = 15.0
    comeback: float = 3.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    One source, as the chain sees it; instants in air seconds.

    Attributes:
        heard_at: when sound last arrived from it; None if never.
        sounding_since: since when it has sent without a break and not silent.
        silent_since: since when its level is under the threshold; None if it sounds.
        ends_at: when its newest sound ends; long ago if it is behind.
    """

    role: Role
    heard_at: float | None
    sounding_since: float | None
    silent_since: float | None = None
    ends_at: float | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Who should be on air, and why, as a sentence for the incident timeline."""

    role: Role | None
    reason: str


def choose(
    candidates: Sequence[Candidate],
    *,
    on_air: Role | None,
    held: Role | None,
    rules: ChainRules,
    now: float,
    by: str = "",
) -> Choice:
    """
    Return who should be on air at *now*.

    *candidates* holds the connected sources (standby among them, if it is
    ready) in any order, at most one for a role. *by* is the person who holds, if
    that is known, or without a hold the person who gives the air back at *now*.
    """
    by_role = {candidate.role: candidate for candidate in candidates}
    if held and held in by_role and _may_be_held(by_role[held], on_air, rules, now):
        return Choice(held, f"{by or 'A person'} put {held.value} on air.")
    current = by_role.get(on_air) if on_air else None
    for role in Role:
        candidate = by_role.get(role)
        if candidate is None:
            continue
        if candidate is current and _may_stay(candidate, rules, now):
            return Choice(role, "")
        if candidate is not current and _may_take(candidate, current, rules, now):
            if by and not held:
                return Choice(role, f"{by} gave the air back; {role.value} took over.")
            return Choice(role, _reason(role, on_air, current, rules, now))
    # Nothing is better than what is on air, even if that has fallen quiet.
    if current is not None:
        return Choice(on_air, "")
    return Choice(None, "No source sounds and no standby sound is ready.")


def is_there(candidate: Candidate, rules: ChainRules, now: float) -> bool:
    """Tell whether *candidate* has sent something within the grace period."""
    if candidate.role is Role.STANDBY:
        return True
    return candidate.heard_at is not None and now - candidate.heard_at <= rules.grace


def _is_current(candidate: Candidate, now: float) -> bool:
    ends_at = candidate.ends_at
    return ends_at is not None and now - ends_at <= CURRENT_SECONDS


def _may_be_held(
    candidate: Candidate, on_air: Role | None, rules: ChainRules, now: float
) -> bool:
    if not is_there(candidate, rules, now):
        return False
    return candidate.role in (on_air, Role.STANDBY) or _is_current(candidate, now)


def _may_stay(candidate: Candidate, rules: ChainRules, now: float) -> bool:
    return is_there(candidate, rules, now) and not _is_silent(candidate, rules, now)


def _is_silent(candidate: Candidate, rules: ChainRules, now: float) -> bool:
    since = candidate.silent_since
    return since is not None and now - since >= rules.silence


def _may_take(
    candidate: Candidate, current: Candidate | None, rules: ChainRules, now: float
) -> bool:
    if candidate.role is Role.STANDBY:
        return True
    if candidate.silent_since is not None or candidate.sounding_since is None:
        return False
    if not is_there(candidate, rules, now) or not _is_current(candidate, now):
        return False
    # Up to what was last heard: silence after it proves nothing.
    sounding = (candidate.heard_at or 0.0) - candidate.sounding_since
    return sounding >= _needed_sound(candidate, current, rules, now)


def _needed_sound(
    candidate: Candidate, current: Candidate | None, rules: ChainRules, now: float
) -> float:
    healthy = current is not None and _may_stay(current, rules, now)
    if not healthy or current is None or current.role is Role.STANDBY:
        return min(WARM_SECONDS, rules.comeback)
    return rules.comeback


def _reason(
    role: Role,
    on_air: Role | None,
    current: Candidate | None,
    rules: ChainRules,
    now: float,
) -> str:
    if on_air in (None, Role.STANDBY) and role is not Role.STANDBY:
        return f"{role.value.capitalize()} signed on."
    if on_air is None:
        return "No source sounds; standby is heard."
    if current is None:
        return f"{on_air.value.capitalize()} disconnected; {role.value} took over."
    if not is_there(current, rules, now):
        return f"{on_air.value.capitalize()} stopped sending; {role.value} took over."
    if _is_silent(current, rules, now):
        return f"{on_air.value.capitalize()} was silent; {role.value} took over."
    return f"{role.value.capitalize()} took the air from {on_air.value}."
