"""An upstream story as one of ours: what each field becomes, where it stands, its address."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.text import slugify
from wagtail.models import Page

from groundwave.newsroom.models import Story, Topic
from groundwave.syndication.carrying.body import Media, Raw, alt_of, body_of
from groundwave.syndication.carrying.versions import (
    Value,
    field_value,
    put,
    version_of,
)
from groundwave.syndication.copyright_line import copyright_line
from groundwave.syndication.incoming import Brand, Incoming
from groundwave.syndication.merging import Version
from groundwave.syndication.models import CategoryRule, Connection, Original


_LONGEST_NAME = 120
_LONGEST_CAPTION = 400
_LONGEST_SLUG = 80
# So many slugs are looked for in one question.
_AT_ONCE = 50


def version_from(story: Incoming, media: Media) -> Version[Value]:
    """Return *story* as it would stand here if nobody had touched it."""
    raw = body_of(story, media)
    model = Story()
    put(
        Version({name: field_value(v) for name, v in _fields(story, media).items()}),
        model,
    )
    model.body = json.dumps(raw, cls=DjangoJSONEncoder)
    return version_of(model, {each["id"] for each in raw})


def section_for(story: Incoming, connection: Connection) -> Page:
    """Return the page under which *story* is put: that of the first rule that fits."""
    for rule in _rules_for(story, connection):
        if rule.section:
            return rule.section
    return connection.section


def topics_for(story: Incoming, connection: Connection) -> list[Topic]:
    """Return what the connection's rules say that *story* is about."""
    named = (rule.topic for rule in _rules_for(story, connection))
    return list(dict.fromkeys(topic for topic in named if topic))


def slug_for(title: str, section: Page) -> str:
    """Return an address that no other page of *section* has."""
    base = slugify(title)[:_LONGEST_SLUG].strip("-") or "story"
    # By whole slugs, which the index has: to look for what begins alike would be to look
    # at every story of the section.
    children, at = section.get_children().order_by(), 1
    wanted = [base]
    while taken := set(children.filter(slug__in=wanted).values_list("slug", flat=True)):
        if free := [slug for slug in wanted if slug not in taken]:
            return free[0]
        wanted = [f"{base}-{n}" for n in range(at + 1, at + 1 + _AT_ONCE)]
        at += _AT_ONCE
    return wanted[0]


def describe(original: Original, story: Incoming) -> None:
    """Let *original*, unsaved, say of *story* what its page tells readers."""
    connection = original.connection
    original.title = story.title
    original.canonical = story.canonical
    original.attribution = story.attribution
    original.no_index = story.no_index
    original.authors = [
        {"name": each.name, "url": each.url, "about": each.about}
        for each in story.authors
    ]
    original.copyright_line = _copyright_line(story, connection)
    for name in (
        "published_at",
        "updated_at",
        "modified_at",
        "archived_at",
        "recommended_until",
        "expires_at",
    ):
        setattr(original, name, getattr(story, name))


def _fields(story: Incoming, media: Media) -> dict[str, Any]:
    lead = story.lead if story.lead and story.lead.id in media.photos else None
    alt = alt_of(lead) if lead else ""
    recording = media.recordings.get(story.sound.id) if story.sound else None
    return {
        "title": story.title,
        "dek": story.dek,
        # Without words for those who cannot see it no lead photo is published.
        "lead_photo": media.photos[lead.id] if lead and alt else None,
        "lead_alt": alt,
        "lead_caption": lead.caption[:_LONGEST_CAPTION] if lead and alt else "",
        "recording": recording,
        "bylines": [each.name[:_LONGEST_NAME] for each in story.authors],
    }


def _rules_for(story: Incoming, connection: Connection) -> Iterable[CategoryRule]:
    named = {each.id.casefold() for each in story.collections}
    rules = connection.category_rules.select_related("section", "topic")
    return [rule for rule in rules if rule.collection.casefold() in named]


def _copyright_line(story: Incoming, connection: Connection) -> Raw:
    line = copyright_line(
        story, zone=ZoneInfo(connection.origin_zone), origin=connection.origin
    )
    return {
        "year": line.year,
        "brands": [_brand(each, connection) for each in line.brands],
        "home": line.home or connection.origin_url,
    }


def _brand(brand: Brand, connection: Connection) -> Raw:
    is_origin = brand.name == connection.origin
    return {
        "name": brand.name,
        "url": brand.url or (connection.origin_url if is_origin else ""),
    }
