from __future__ import annotations

import pytest

from groundwave.patchbay.messages import Role
from groundwave.transmitter.chain import Candidate, ChainRules, choose


RULES = ChainRules(grace=2.0, silence=15.0, comeback=3.0)
NOW = 1000.0


def sounding(role: Role, *, seconds: float = 60.0, quiet: float = 0.0) -> Candidate:
    heard_at = NOW - quiet
    return Candidate(role, heard_at, NOW - seconds, ends_at=heard_at)


def silent(role: Role, *, seconds: float) -> Candidate:
    return Candidate(role, NOW, NOW - 60, silent_since=NOW - seconds, ends_at=NOW)


def behind(role: Role, *, seconds: float) -> Candidate:
    return Candidate(role, NOW, NOW - 60, ends_at=NOW - seconds)


STANDBY = Candidate(Role.STANDBY, None, None)


def chosen(
    *candidates: Candidate, on_air: Role | None = None, held: Role | None = None
) -> Role | None:
    return choose(candidates, on_air=on_air, held=held, rules=RULES, now=NOW).role


def test_sources_are_heard_in_the_order_of_the_chain():
    everyone = [sounding(role) for role in Role if role is not Role.STANDBY]
    for lost in range(len(everyone)):
        assert chosen(STANDBY, *everyone[lost:]) is everyone[lost].role
    assert chosen(STANDBY) is Role.STANDBY


def test_nothing_is_on_air_without_a_source_and_a_standby_sound():
    assert chosen() is None


def test_a_hiccup_shorter_than_the_grace_period_costs_nobody_the_air():
    main = sounding(Role.MAIN, quiet=1.9)
    assert chosen(main, sounding(Role.BACKUP), on_air=Role.MAIN) is Role.MAIN


def test_a_source_that_stopped_sending_loses_the_air_after_the_grace_period():
    main = sounding(Role.MAIN, quiet=2.1)
    choice = choose(
        [main, sounding(Role.BACKUP)],
        on_air=Role.MAIN,
        held=None,
        rules=RULES,
        now=NOW,
    )
    assert choice.role is Role.BACKUP
    assert choice.reason == "Main stopped sending; backup took over."


def test_who_takes_the_air_from_a_worse_source_is_not_said_to_be_back():
    choice = choose(
        [sounding(Role.STUDIO), sounding(Role.MAIN)],
        on_air=Role.MAIN,
        held=None,
        rules=RULES,
        now=NOW,
    )
    assert choice.reason == "Studio took the air from main."


@pytest.mark.parametrize(
    ("held", "by", "reason"),
    [
        (Role.BACKUP, "Ines", "Ines put backup on air."),
        (Role.BACKUP, "", "A person put backup on air."),
        (None, "Ines", "Ines gave the air back; main took over."),
        (Role.STUDIO, "Ines", "Main signed on."),  # the studio is not there
        (None, "", "Main signed on."),
    ],
)
def test_what_a_person_did_is_said_to_be_their_doing(
    held: Role | None, by: str, reason: str
):
    everyone = [STANDBY, sounding(Role.MAIN), sounding(Role.BACKUP)]
    choice = choose(
        everyone, on_air=Role.STANDBY, held=held, rules=RULES, now=NOW, by=by
    )
    assert choice.reason == reason


def test_a_disconnected_source_loses_the_air_at_once():
    assert chosen(STANDBY, sounding(Role.BACKUP), on_air=Role.MAIN) is Role.BACKUP


@pytest.mark.parametrize(("seconds", "heard"), [(14, Role.MAIN), (16, Role.BACKUP)])
def test_a_silent_source_loses_the_air_after_the_silence_time(
    seconds: float, heard: Role
):
    main = silent(Role.MAIN, seconds=seconds)
    assert chosen(main, sounding(Role.BACKUP), on_air=Role.MAIN) is heard


def test_a_silent_source_never_takes_the_air():
    main = silent(Role.MAIN, seconds=1)
    assert chosen(main, sounding(Role.BACKUP), on_air=Role.BACKUP) is Role.BACKUP


@pytest.mark.parametrize(("seconds", "heard"), [(2.9, Role.BACKUP), (3.0, Role.MAIN)])
def test_a_better_source_returns_once_it_has_sounded_for_the_return_time(
    seconds: float, heard: Role
):
    main = sounding(Role.MAIN, seconds=seconds)
    assert chosen(main, sounding(Role.BACKUP), on_air=Role.BACKUP) is heard


def test_nobody_waits_for_the_return_time_while_standby_is_heard():
    main = sounding(Role.MAIN, seconds=0.5)
    assert chosen(STANDBY, main, on_air=Role.STANDBY) is Role.MAIN


def test_a_held_source_beats_the_order_even_when_it_is_silent():
    backup = silent(Role.BACKUP, seconds=99)
    heard = chosen(sounding(Role.STUDIO), backup, on_air=Role.STUDIO, held=Role.BACKUP)
    assert heard is Role.BACKUP


def test_a_held_source_that_is_gone_gives_the_air_back_to_the_chain():
    assert chosen(sounding(Role.MAIN), held=Role.STUDIO) is Role.MAIN


def test_standby_can_be_held_against_a_live_studio():
    held = chosen(STANDBY, sounding(Role.STUDIO), held=Role.STANDBY)
    assert held is Role.STANDBY


def test_silence_everywhere_ends_at_standby_not_at_the_next_silent_source():
    main, backup = silent(Role.MAIN, seconds=16), silent(Role.BACKUP, seconds=3)
    assert chosen(STANDBY, main, backup, on_air=Role.MAIN) is Role.STANDBY


def test_silence_after_a_short_burst_of_sound_does_not_count_as_sound():
    """A line that flaps sounds for a second, and is quiet again."""
    studio = Candidate(Role.STUDIO, heard_at=NOW - 1.6, sounding_since=NOW - 3.1)
    backup = sounding(Role.BACKUP)
    assert chosen(studio, backup, on_air=Role.BACKUP) is Role.BACKUP


@pytest.mark.parametrize(("seconds", "heard"), [(1.1, Role.MAIN), (1.5, Role.BACKUP)])
def test_sound_that_would_be_dropped_as_played_does_not_take_the_air(
    seconds: float, heard: Role
):
    main = behind(Role.MAIN, seconds=seconds)
    backup = sounding(Role.BACKUP)
    assert chosen(main, backup, on_air=Role.BACKUP) is heard
    assert chosen(main, backup, on_air=Role.BACKUP, held=Role.MAIN) is heard


def test_a_source_on_air_may_be_behind():
    main = behind(Role.MAIN, seconds=5)
    assert chosen(main, sounding(Role.BACKUP), on_air=Role.MAIN) is Role.MAIN
    assert chosen(main, STANDBY, on_air=Role.MAIN, held=Role.MAIN) is Role.MAIN
