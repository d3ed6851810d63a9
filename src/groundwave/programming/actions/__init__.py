"""
What happens to schedules: the verbs that admin, commands and the demo all call.

Each is one transaction. It makes the airings that follow from it, and once it is true
open pages are told.
"""

from __future__ import annotations

from groundwave.programming.actions.airings import (
    cancel_airing,
    give_episode,
    override_airing,
    pre_empt,
    restore_airing,
)
from groundwave.programming.actions.materializing import AHEAD, materialize
from groundwave.programming.actions.shows import (
    bring_back_show,
    remove_show,
    retire_show,
    set_default_show,
)
from groundwave.programming.actions.slots import (
    change_slot,
    end_slot,
    plan_slot,
    remove_slot,
)
from groundwave.programming.actions.telling import tell_pages


__all__ = [
    "AHEAD",
    "bring_back_show",
    "cancel_airing",
    "change_slot",
    "end_slot",
    "give_episode",
    "materialize",
    "override_airing",
    "plan_slot",
    "pre_empt",
    "remove_show",
    "remove_slot",
    "restore_airing",
    "retire_show",
    "set_default_show",
    "tell_pages",
]
