"""Whenever a story of ours goes to readers or is taken from them, partners are told."""

from __future__ import annotations

from django.db.models.signals import pre_delete
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished

from groundwave.newsroom.models import Story
from groundwave.syndication.exchange.notices import note_change
from groundwave.syndication.models import Notice


def connect() -> None:
    """Begin to listen; once, when the site starts."""
    page_published.connect(_published, sender=Story, dispatch_uid="exchange_published")
    page_unpublished.connect(
        _withdrawn, sender=Story, dispatch_uid="exchange_withdrawn"
    )
    pre_delete.connect(_deleted, sender=Story, dispatch_uid="exchange_deleted")


def _published(instance: Story, **_: object) -> None:
    is_first = instance.first_published_at == instance.last_published_at
    event = Notice.Event.CREATED if is_first else Notice.Event.UPDATED
    note_change(instance, event, now=timezone.now())


def _withdrawn(instance: Story, **_: object) -> None:
    note_change(instance, Notice.Event.DELETED, now=timezone.now())


def _deleted(instance: Story, **_: object) -> None:
    # What readers had not, nobody else has.
    if instance.live:
        note_change(instance, Notice.Event.DELETED, now=timezone.now())
