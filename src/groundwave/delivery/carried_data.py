"""
Whose a carried story is, in schema.org's words.

Search engines name the ``publisher`` of an article beside its headline and look no
further. So that is its origin, and so are ``sourceOrganization``, on whose behalf its
authors worked, and ``copyrightHolder``. We are its ``provider``: who delivers it here.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from groundwave.delivery.carried import Carried, carried
from groundwave.newsroom.models import Story
from groundwave.syndication.incoming import Brand


Facts = dict[str, Any]


def origin_facts(story: Story, us: Facts | None) -> Facts:
    """Return what is said otherwise of *story* if it is not ours; *us* is the licensee."""
    whose = carried(story)
    if whose is None:
        return {}
    origins = [_organization(brand) for brand in whose.brands]
    return {
        "publisher": origins,
        "sourceOrganization": origins,
        "copyrightHolder": origins,
        "copyrightYear": whose.year,
        "creditText": whose.attribution or whose.name,
        "provider": us,
        "isBasedOn": _original(whose, origins),
        **({"audio": None} if whose.is_silent(timezone.now()) else {}),
    }


def _original(whose: Carried, origins: list[Facts]) -> Facts | None:
    if not whose.page:
        return None
    page = {"@id": whose.page, "url": whose.page}
    return {"@type": "NewsArticle", **page, "publisher": origins}


def _organization(brand: Brand) -> Facts:
    facts = {"@type": "Organization", "name": brand.name}
    return facts | ({"url": brand.url} if brand.url else {})
