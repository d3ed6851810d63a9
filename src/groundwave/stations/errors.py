"""
What can go wrong on the air's side of the site.

* ``StationsError``

  * ``AlreadyRevoked``
"""

from __future__ import annotations


class StationsError(Exception):
    """Something about the stations could not be done."""


class AlreadyRevoked(StationsError):
    """The source key was revoked before."""
