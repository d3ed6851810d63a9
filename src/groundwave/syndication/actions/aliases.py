"""Aliases of carried stories: they go with the story that they show."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.db.models.signals import post_delete, pre_delete

from groundwave.newsroom.models import Story


ALIASES = Q(alias_of__story__original__isnull=False)
"""Which stories are aliases of carried ones."""

_KEPT = "_aliases_of_carried"


def connect() -> None:
    """Begin to listen; once, when the site starts."""
    pre_delete.connect(_remember, sender=Story, dispatch_uid="aliases_remembered")
    post_delete.connect(_delete, sender=Story, dispatch_uid="aliases_deleted")


def _remember(instance: Story, **_: Any) -> None:
    aliases = Story.objects.filter(ALIASES, alias_of=instance.pk)
    setattr(instance, _KEPT, [*aliases.values_list("pk", flat=True)])


def _delete(instance: Story, **_: Any) -> None:
    """Delete those that are left: without their story they would stand here as ours."""
    # Not sooner: some may be among what is being deleted.
    for alias in Story.objects.filter(pk__in=getattr(instance, _KEPT)):
        alias.delete()
