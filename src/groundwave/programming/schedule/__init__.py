"""
The schedule's rules, as pure functions of wall time, zones and instants.

Theory of operation: people plan in wall time, listeners live in instants. A slot
says when it begins on the studio's wall clock, how long it lasts by that clock,
and on which dates. ``walltime`` turns wall time into instants in a way that never
goes back, so that slots which tile the week's wall clock tile the night the
clocks change, too. ``recurrence`` says on which dates a slot occurs,
``occurrences`` when that is, and ``tiling`` which of several occurrences is on
the air at each instant. Nothing here reads a clock or a database.
"""

from __future__ import annotations
