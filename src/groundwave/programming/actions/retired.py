from __future__ import annotations

from django.utils.translation import gettext as _

from groundwave.programming.errors import ShowRetired
from groundwave.programming.models import Show


def refuse_retired(show: Show) -> None:
    """
    Refuse to plan what comes no more.

    Raises:
        ShowRetired: bring it back first.
    """
    if show.retired_at:
        raise ShowRetired(
            _("%(show)s is retired. Bring it back first, or choose another show.")
            % {"show": show}
        )
