"""Two plans for one time, in words."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from groundwave.programming.admin.time_words import span_words
from groundwave.programming.models import Airing
from groundwave.programming.schedule.clashes import Clash


def clash_sentence(clash: Clash[Airing], zone: ZoneInfo) -> str:
    """Say who wants the time, who is heard, and what to do."""
    return _(
        "%(span)s: %(first)s and %(second)s are both planned. %(second)s would be heard; "
        "move, shorten or cancel one of them."
    ) % {
        "span": span_words(clash.starts_at, clash.ends_at, zone),
        "first": clash.first.show.title,
        "second": clash.second.show.title,
    }
