"""
The numbers we defend, measured beside a peer in the same run.

Everything here talks to 127.0.0.1 only, is bounded in count and time, and stops
by itself. ``docs/explanation/lines-in-the-sand.md`` says what is counted and why.
"""

from __future__ import annotations
