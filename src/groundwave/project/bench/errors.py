"""Why a number could not be had."""

from __future__ import annotations


class Unmeasurable(Exception):
    """The message is a sentence that says what is missing and what to do."""
