"""
Whatever changes what readers have of a story: documents elsewhere follow it.

Publishing, unpublishing and deleting say so themselves. A story changes as well when
it or its section moves, when it is for few, when a photo or a sound in it changes or is
taken away, and when a figure box has something new to tell.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField, Model, Q, QuerySet
from django.db.models.functions import Cast
from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, ReferenceIndex
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from groundwave.newsroom.models import Figure, FigureStatus, Story
from groundwave.pages.models import Recording
from groundwave.photos.models import Photo, PhotoRendition
from groundwave.syndication.actions.dispatching import dispatch, have_sent, withdraw
from groundwave.syndication.exchange.notices import note_changes
from groundwave.syndication.models import Dispatch, Network
from groundwave.syndication.out.pictures import CROPS


def connect() -> None:
    """Begin to listen; once, when the site starts."""
    for signal, receiver, sender in (
        (page_published, _published, Story),
        (page_unpublished, _withdrawn, Story),
        (pre_delete, _withdrawn, Story),
        (post_page_move, _moved, None),
        (page_slug_changed, _moved, None),
        (post_save, _restricted, PageViewRestriction),
        (post_delete, _restricted, PageViewRestriction),
        (post_save, _changed, Photo),
        (post_delete, _crop_gone, PhotoRendition),
        (post_save, _changed, Recording),
        (post_delete, _changed, Recording),
        (post_save, _counted, Figure),
        (post_save, _judged, FigureStatus),
        (post_save, _network_changed, Network),
    ):
        name = f"dispatch_{receiver.__name__}_{getattr(sender, '__name__', '')}"
        signal.connect(receiver, sender=sender, dispatch_uid=name)


def stories_with(thing: Model) -> QuerySet[Story]:
    """Return the stories that *thing* is in, in whichever version."""
    uses = ReferenceIndex.get_references_to(thing).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    return Story.objects.filter(
        pk__in=uses.values(key=Cast("object_id", IntegerField()))
    )


def _published(instance: Story, **_: Any) -> None:
    dispatch(instance, now=timezone.now())


def _withdrawn(instance: Story, **_: Any) -> None:
    withdraw(instance, now=timezone.now())


def _moved(instance: Page, **_: Any) -> None:
    _follow(Story.objects.descendant_of(instance, inclusive=True))


def _restricted(instance: PageViewRestriction, **_: Any) -> None:
    _moved(instance.page)


def _changed(instance: Photo | Recording, *, created: bool = False, **_: Any) -> None:
    if not created:
        _follow(stories_with(instance))


def _crop_gone(instance: PhotoRendition, **_: Any) -> None:
    # Documents lead to its file. It goes when its photo is revoked, expires, is cut
    # otherwise or deleted.
    if instance.filter_spec in CROPS.values():
        _follow(stories_with(Photo(pk=instance.image_id)))


def _counted(instance: Figure, **_: Any) -> None:
    metric = instance.metric
    of_event = Story.objects.filter(event=metric.event_id)
    _follow(of_event | stories_with(metric))


def _judged(instance: FigureStatus, **_: Any) -> None:
    _counted(instance.figure)


def _follow(stories: QuerySet[Story]) -> None:
    """Have the documents of *stories* looked after; the same is not sent twice."""
    is_deleted = Q(state=Dispatch.State.DELETED)
    rows = Dispatch.objects.filter(story__in=stories).exclude(
        is_deleted & Q(story__live=False)
    )
    now = timezone.now()
    have_sent(rows, now=now)
    note_changes(stories, now=now)


def _network_changed(instance: Network, **_: Any) -> None:
    """Try again what its key or its address, or that nothing was to go there, kept back."""
    kept_back = [Dispatch.State.REFUSED, Dispatch.State.WAITING]
    have_sent(instance.dispatches.filter(state__in=kept_back), now=timezone.now())
