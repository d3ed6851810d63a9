"""The desk of breaking banners: one short form, and what is shown now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from groundwave.newsroom.actions.banners import put_up_banner, take_down_banner
from groundwave.newsroom.errors import BannerRefused
from groundwave.newsroom.models import Banner, Story
from groundwave.people.models import User


LASTS = {
    15: _("15 minutes"),
    30: _("half an hour"),
    60: _("1 hour"),
    120: _("2 hours"),
    240: _("4 hours"),
    720: _("12 hours"),
}
USUALLY = 60
# What breaks is among the newest; a list of all would take longer than writing it.
NEWEST_STORIES = 30


class BannerForm(forms.Form):
    text = forms.CharField(
        label=_("What has happened"),
        max_length=140,
        help_text=_(
            "One sentence that is true by itself. Every page shows it at once, open ones "
            "within a second."
        ),
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    story: forms.ModelChoiceField[Story] = forms.ModelChoiceField(
        Story.objects.none(),
        label=_("Story"),
        required=False,
        empty_label=_("none yet"),
        help_text=_(
            "Where the sentence leads. Put up another banner once there is one."
        ),
    )
    minutes = forms.TypedChoiceField(
        label=_("For how long"),
        choices=list(LASTS.items()),
        coerce=int,
        initial=USUALLY,
        help_text=_("Then it is gone by itself; you can take it down before."),
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        newest = Story.objects.readable()[:NEWEST_STORIES].values("pk")
        self.fields["story"].queryset = Story.objects.filter(  # type: ignore[attr-defined]
            pk__in=[each["pk"] for each in newest]
        ).order_by("-first_published_at")


class BreakingView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    permission_policy = ModelPermissionPolicy(Banner)
    permission_required = "add"
    page_title = _("Breaking banner")
    header_icon = "warning"
    form_class = BannerForm
    template_name = "newsroom/admin/breaking.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **told: Any) -> dict[str, Any]:
        banner = Banner.objects.in_force(timezone.now())
        known: dict[str, Any] = super().get_context_data(banner=banner, **told)
        return known

    def form_valid(self, form: BannerForm) -> HttpResponse:
        now, said = timezone.now(), form.cleaned_data
        by: User = self.request.user  # type: ignore[assignment]
        try:
            put_up_banner(
                said["text"],
                story=said["story"],
                begins_at=now,
                ends_at=now + timedelta(minutes=said["minutes"]),
                by=by,
            )
        except BannerRefused as refusal:
            form.add_error("text", str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, gettext("It is on every page now."))
        return redirect("breaking")


def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of them before its time."""
    if not request.user.has_perm("newsroom.add_banner"):
        raise PermissionDenied
    banner = get_object_or_404(Banner, pk=pk)
    if request.method == "POST":
        by: User = request.user  # type: ignore[assignment]
        take_down_banner(banner, by=by, now=timezone.now())
        messages.success(request, gettext("It is gone from every page."))
    return redirect("breaking")


class BreakingItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("newsroom.add_banner"))


def breaking_item() -> MenuItem:
    return BreakingItem(
        _("Breaking banner"),
        reverse("breaking"),
        name="breaking",
        icon_name="warning",
        order=97,  # after who says what
    )


def breaking_urls() -> list[URLPattern]:
    return [
        path("breaking/", BreakingView.as_view(), name="breaking"),
        path("breaking/<int:pk>/take-down/", take_down, name="take_down_banner"),
    ]
