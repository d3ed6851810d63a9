"""Killing a story, and reviving it, in the admin: pages that ask why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from groundwave.newsroom.actions.killing import kill, revive
from groundwave.newsroom.errors import AlreadyKilled, NotKilled
from groundwave.newsroom.models import Story
from groundwave.people.models import User


LONGEST = 500


class WhyForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=LONGEST,
        help_text=_("Kept for the desk alone, with your name."),
        widget=forms.TextInput(attrs={"autofocus": True}),
    )


class KillForm(WhyForm):
    public_note = forms.CharField(
        label=_("What readers are told"),
        max_length=LONGEST,
        required=False,
        help_text=_(
            "At the story's address, instead of it. Do not repeat what was wrong. Left "
            "empty, it says: We have taken this story back. Please do not pass on what "
            "it said."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class _AsksWhy(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """A page about a story that asks why, and does it when it is told."""

    permission_policy = ModelPermissionPolicy(Story)
    header_icon = "doc-full"
    template_name = "photos/admin/why.html"
    question: Any
    yes: Any
    no: Any
    is_serious = False

    def setup(self, request: HttpRequest, *args: Any, **named: Any) -> None:
        super().setup(request, *args, **named)
        self.story = get_object_or_404(Story, pk=named["pk"])

    @property
    def back(self) -> str:
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

    def get_context_data(self, **told: Any) -> dict[str, Any]:
        told |= {
            "question": self.question % {"story": self.story},
            "yes": self.yes,
            "no": self.no,
            "back": self.back,
            "is_serious": self.is_serious,
        }
        known: dict[str, Any] = super().get_context_data(**told)
        return known

    def form_valid(self, form: forms.Form) -> HttpResponse:
        by: User = self.request.user  # type: ignore[assignment]
        try:
            said = self.act(by, form.cleaned_data)
        except (AlreadyKilled, NotKilled):
            said = gettext("Somebody else has just done that.")
        messages.success(self.request, said)
        return redirect("killed_stories:show", self.story.pk)

    def act(self, by: User, said: dict[str, Any]) -> str:
        """Do it, and return a sentence that says so."""
        raise NotImplementedError


class KillView(_AsksWhy):
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


class ReviveView(_AsksWhy):
    permission_required = "revive"
    page_title = _("Revive a killed story")
    form_class = WhyForm
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
