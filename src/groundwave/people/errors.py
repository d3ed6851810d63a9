"""
What can go wrong with people.

* ``PeopleError``

  * ``AdministratorExists``
"""

from __future__ import annotations


class PeopleError(Exception):
    """Something about people could not be done."""


class AdministratorExists(PeopleError):
    """The station already has an administrator, so nobody is welcomed as the first."""
