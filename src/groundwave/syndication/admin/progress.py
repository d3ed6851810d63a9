"""What is being asked right now, how far that has come, and what waits."""

from __future__ import annotations

from django.db.models import QuerySet

from groundwave.syndication.models import Original, Poll


# An editor who has more of them begins with these.
MOST = 30


def running() -> QuerySet[Poll]:
    """Return the polls that go on."""
    found: QuerySet[Poll] = Poll.objects.filter(ended_at=None)
    return found.select_related("connection")


def held() -> QuerySet[Original]:
    """Return what is published by itself unless somebody stops it, the next first."""
    waiting = Original.objects.carried().filter(publish_at__isnull=False)
    return waiting.select_related("connection", "story").order_by("publish_at")


def undecided() -> QuerySet[Original]:
    """Return the stories with words of which somebody has to choose."""
    found = Original.objects.carried().filter(detached_at=None).exclude(conflicts=[])
    return found.select_related("connection", "story").order_by("-modified_at", "-pk")
