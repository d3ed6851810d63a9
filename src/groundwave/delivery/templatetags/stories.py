"""A story's times and lists, for templates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue
from wagtail.models import Page

from groundwave.delivery import carried as others, stories
from groundwave.delivery.breaking import banners_shown, milliseconds
from groundwave.delivery.carried import Carried
from groundwave.delivery.days import utc_text
from groundwave.newsroom.changes.updated_line import (
    clock_words,
    date_words,
    updated_words as words_of,
)
from groundwave.newsroom.models import Story, StoryUpdate
from groundwave.newsroom.models.story import StoryQuerySet
from groundwave.newsroom.models.update import OWNED_UP


register = template.Library()


@register.simple_tag(takes_context=True)
def updated_line(context: dict[str, Any], story: Story) -> SafeString:
    """Return ``Updated at 4 p.m. ET``, or nothing if there was no significant update."""
    if story.updated_at is None:
        return SafeString()
    zone = stories.newsroom_zone(context["licensee"]())
    words = words_of(story.updated_at, zone=zone, now=timezone.now())
    return _time(story.updated_at, words)


@register.simple_tag(takes_context=True)
def newsroom_time(context: dict[str, Any], at: datetime) -> SafeString:
    """Return the date and the time by the newsroom's clock."""
    zone = stories.newsroom_zone(context["licensee"]())
    return _time(at, f"{date_words(at, zone)}, {clock_words(at, zone)}")


@register.simple_tag
def breaking() -> dict[str, Any]:
    """Return the banners that are not over, and which of them is shown now."""
    now = timezone.now()
    banners = banners_shown(now=now)
    begun = [each for each in banners if each["begins"] <= utc_text(now)]
    for each in banners:
        each["is_shown"] = each is next(iter(begun), None)
    return {"at": milliseconds(now), "banners": banners}


@register.filter
def owned_up(story: Story) -> StoryUpdate | None:
    """Return the latest update of *story* that says what was wrong."""
    told = (each for each in story.told if each.kind in OWNED_UP)
    return next(told, None)


@register.filter
def changed_at(story: Story) -> datetime:
    return stories.changed_at(story)


@register.filter
def carried(story: Story) -> Carried | None:
    """Return whose *story* is; None if it is ours."""
    return others.carried(story)


@register.filter
def label_of(update: StoryUpdate, whose: Carried | None) -> str:
    """Return what readers call *update*, with who was wrong if it was not us."""
    return others.label_of(update, whose)


@register.filter
def is_promoted(story: Story) -> bool:
    """Return whether *story* is put before those who did not look for it."""
    return others.is_promoted(story, timezone.now())


@register.filter
def may_be_heard(story: Story) -> bool:
    """Return whether a sound of *story* that we keep may be heard still."""
    return others.may_be_heard(story, timezone.now())


@register.filter
def body_shown(story: Story) -> list[StreamValue.StreamChild]:
    """Return the blocks of *story* without sounds that may not be heard any more."""
    is_heard = others.may_be_heard(story, timezone.now())
    return [each for each in story.body if is_heard or each.block_type != "audio"]


@register.simple_tag
def top_stories() -> list[Story]:
    return stories.top_stories(now=timezone.now())


@register.simple_tag
def stories_in(section: Page) -> StoryQuerySet:
    return stories.stories_in(section)


def _time(at: datetime, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', utc_text(at), words)
