"""
What can go wrong with a schedule.

::

    ScheduleError
    ├── AlreadyAired
    ├── NothingLeft
    ├── ShowRetired
    └── StillNeeded
"""

from __future__ import annotations


class ScheduleError(Exception):
    """Something about the schedule could not be done; the text is a sentence."""


class AlreadyAired(ScheduleError):
    """It has been on the air; what was heard is not changed afterwards."""


class NothingLeft(ScheduleError):
    """The slot has no date from then on."""


class ShowRetired(ScheduleError):
    """It comes no more, until it is brought back."""


class StillNeeded(ScheduleError):
    """It cannot be deleted: something that stays rests on it."""
