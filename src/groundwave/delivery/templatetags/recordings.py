"""What templates say of recordings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from groundwave.delivery.carried import carried
from groundwave.delivery.recordings import Offer, offer_of, offer_of_episode
from groundwave.delivery.sounds_elsewhere import SoundElsewhere, sound_elsewhere
from groundwave.newsroom.models import Story
from groundwave.pages.models import Recording
from groundwave.programming.models import Episode


register = template.Library()


@register.simple_tag(takes_context=True)
def offer(
    context: dict[str, Any], recording: Recording | None, title: str = ""
) -> Offer | None:
    """Return what a page offers of *recording*; none if that was deleted since."""
    page = context.get("page")
    address = (page and page.url) or ""
    return offer_of(recording, title=title, page=address) if recording else None


@register.simple_tag(takes_context=True)
def heard_elsewhere(context: dict[str, Any], said: Mapping[str, Any]) -> SoundElsewhere:
    """Return what a story offers of a sound of somebody else."""
    story: Story | None = context.get("page")
    whose = carried(story) if story else None
    return sound_elsewhere(
        said,
        by=whose.name if whose else "",
        page=(story and story.url) or "",
        now=timezone.now(),
    )


@register.filter
def offered(episode: Episode) -> Offer | None:
    """Return what is offered of an episode's audio, if it has any."""
    return offer_of_episode(episode)


@register.filter
def how_long(seconds: float) -> str:
    """Return a length as people say it: ``45 s``, ``12 min``, ``1 h 5 min``."""
    if seconds < 60:
        return _("%(seconds)d s") % {"seconds": seconds}
    hours, minutes = divmod(round(seconds / 60), 60)
    if hours == 0:
        return _("%(minutes)d min") % {"minutes": minutes}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
