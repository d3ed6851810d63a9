"""
Hosts look after the episodes of the shows they host, and of no others.

So they do after recordings: those that only such episodes have, or none at all. Whoever
may change shows may change every episode; whoever may only look sees them all.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import IndexView

from groundwave.pages.models import Recording
from groundwave.people.models import User
from groundwave.programming.models import Episode, Show


def shows_for(user: User) -> QuerySet[Show]:
    """Return the shows whose episodes *user* may work on, or look at."""
    works_on_episodes = user.has_perm("programming.change_episode")
    if works_on_episodes and not user.has_perm("programming.change_show"):
        return Show.objects.filter(hosts__person__user=user)
    return Show.objects.all()


class OwnEpisodeForm(WagtailAdminModelForm):
    """Offers the shows whose episodes are this person's to look after."""

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        if self.for_user:
            show = self.fields["show"]
            show.queryset = shows_for(self.for_user)
            show.error_messages["invalid_choice"] = _(
                "You do not host that show. Choose one of yours, or ask an editor to "
                "name you as its host."
            )


class OwnEpisodesIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Episode]:
        episodes: QuerySet[Episode] = super().get_base_queryset()
        return episodes.filter(show__in=shows_for(self.request.user))


class OwnEpisode:
    """A view of one episode, which must be this person's to look after."""

    request: Any

    def get_object(self, queryset: QuerySet[Episode] | None = None) -> Episode:
        episode: Episode = super().get_object(queryset)  # type: ignore[misc]
        if not shows_for(self.request.user).filter(pk=episode.show_id).exists():
            raise PermissionDenied
        return episode


class OwnRecording:
    """A view of one recording, which no episode of somebody else's may have."""

    request: Any

    def get_object(self, queryset: QuerySet[Recording] | None = None) -> Recording:
        recording: Recording = super().get_object(queryset)  # type: ignore[misc]
        others = Episode.objects.exclude(show__in=shows_for(self.request.user))
        if others.filter(audio=recording).exists():
            raise PermissionDenied
        return recording
