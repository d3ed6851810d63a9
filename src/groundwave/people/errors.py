"""
What can go wrong with people.

* ``PeopleError``

  * ``AdministratorExists``
  * ``StillNamed``
"""

from __future__ import annotations


class PeopleError(Exception):
    """Something about people could not be done."""


class AdministratorExists(PeopleError):
    """The station already has an administrator, so nobody is welcomed as the first."""


class StillNamed(PeopleError):
    """Something that is kept names the person, who therefore is kept as well."""
