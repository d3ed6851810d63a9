"""Revoking a photo, and letting it be shown again, in the admin."""

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

from groundwave.people.models import User
from groundwave.photos.actions import reinstate, revoke
from groundwave.photos.errors import AlreadyRevoked, NotRevoked
from groundwave.photos.models import Photo


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("Kept in the log, for the desk alone."),
        widget=forms.TextInput(attrs={"autofocus": True}),
    )


class _AsksWhy(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """A page that asks why, and does it when it is told."""

    permission_policy = ModelPermissionPolicy(Photo)
    permission_required = "revoke"
    header_icon = "image"
    form_class = ReasonForm
    template_name = "photos/admin/why.html"
    question: Any
    yes: Any
    no: Any
    is_serious = False

    def setup(self, request: HttpRequest, *args: Any, **named: Any) -> None:
        super().setup(request, *args, **named)
        self.photo = get_object_or_404(Photo, pk=named["pk"])

    @property
    def back(self) -> str:
        return reverse("wagtailimages:edit", args=[self.photo.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
            {"url": reverse("wagtailimages:index"), "label": gettext("Images")},
            {"url": self.back, "label": str(self.photo)},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **told: Any) -> dict[str, Any]:
        told |= {
            "question": self.question % {"photo": self.photo},
            "yes": self.yes,
            "no": self.no,
            "back": self.back,
            "places": self.photo.get_usage().count(),
            "places_url": self.photo.usage_url,
            "is_serious": self.is_serious,
        }
        known: dict[str, Any] = super().get_context_data(**told)
        return known

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        by: User = self.request.user  # type: ignore[assignment]
        try:
            said = self.act(by, form.cleaned_data["reason"])
        except (AlreadyRevoked, NotRevoked):
            said = gettext("Somebody else has just done that.")
        messages.success(self.request, said)
        return redirect(self.back)

    def act(self, by: User, reason: str) -> str:
        """Do it, and return a sentence that says so."""
        raise NotImplementedError


class RevokeView(_AsksWhy):
    page_title = _("Revoke a photo")
    question = _(
        "Revoke %(photo)s? At once it is gone from every page, card and feed of ours, and "
        "nobody can fetch it. The pages stay as they are, without it. Whoever has passed "
        "it on already still has it. The original is kept here."
    )
    yes = _("Yes, revoke it")
    no = _("No, keep showing it")
    is_serious = True

    def act(self, by: User, reason: str) -> str:
        revoke(self.photo, by=by, reason=reason, now=timezone.now())
        return gettext("%(photo)s is revoked. The public is not shown it any more.") % {
            "photo": self.photo
        }


class ReinstateView(_AsksWhy):
    page_title = _("Show a revoked photo again")
    question = _(
        "Let %(photo)s be shown again? It returns to every page that has it. This is "
        "written in the log, with your name."
    )
    yes = _("Yes, show it again")
    no = _("No, leave it revoked")

    def act(self, by: User, reason: str) -> str:
        reinstate(self.photo, by=by, reason=reason)
        return gettext("%(photo)s is not revoked any more.") % {"photo": self.photo}
