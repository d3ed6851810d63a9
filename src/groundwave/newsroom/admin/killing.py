"""Killing a story, and reviving it, in the admin: pages that ask why."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.permission_policies import ModelPermissionPolicy

from groundwave.newsroom.actions.killing import kill, revive
from groundwave.newsroom.errors import AlreadyKilled, NotKilled
from groundwave.newsroom.models import Story
from groundwave.people.models import User
from groundwave.photos.admin.asking_why import AsksWhy, WhyForm


class KillForm(WhyForm):
    public_note = forms.CharField(
        label=_("What readers are told"),
        max_length=500,
        required=False,
        help_text=_(
            "At the story's address, instead of it. Do not repeat what was wrong. Left "
            "empty, it says: We have taken this story back. Please do not pass on what "
            "it said."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class _AboutAStory(AsksWhy):
    permission_policy = ModelPermissionPolicy(Story)
    header_icon = "doc-full"
    done_already = (AlreadyKilled, NotKilled)

    @property
    def story(self) -> Story:
        return cast("Story", self.asked)

    @property
    def back(self) -> str:
        return self.afterwards

    @property
    def afterwards(self) -> str:
        return reverse("killed_stories:show", args=[self.story.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
            {
                "url": reverse("killed_stories:index"),
                "label": gettext("Killed stories"),
            },
            {"url": "", "label": self.page_title},
        ]


class KillView(_AboutAStory):
    permission_required = "kill"
    page_title = _("Kill a story")
    form_class = KillForm
    question = _(
        "Kill “%(story)s”? Within seconds it is gone from its page, the lists, the search "
        "and the feeds, and nothing publishes it any more. Its address then says only "
        "what you write here. Its versions are kept for those who answer for the station."
    )
    yes = _("Yes, kill it")
    no = _("No, leave it")
    is_serious = True

    @property
    def back(self) -> str:
        return reverse("wagtailadmin_explore", args=[self.story.get_parent().pk])

    def act(self, by: User, said: dict[str, Any]) -> str:
        kill(self.story, by=by, now=timezone.now(), **said)
        return gettext("“%(story)s” is killed. Readers are not shown it any more.") % {
            "story": self.story
        }


class ReviveView(_AboutAStory):
    permission_required = "revive"
    page_title = _("Revive a killed story")
    question = _(
        "Give “%(story)s” back to the desk? It becomes a draft that an editor may change "
        "and publish again; until then its address answers that there is nothing."
    )
    yes = _("Yes, revive it")
    no = _("No, leave it killed")

    def act(self, by: User, said: dict[str, Any]) -> str:
        revive(self.story, by=by, now=timezone.now(), **said)
        return gettext("“%(story)s” is a draft again. Readers do not have it yet.") % {
            "story": self.story
        }
