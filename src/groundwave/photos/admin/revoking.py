"""Revoking a photo, and letting it be shown again, in the admin."""

from __future__ import annotations

from typing import Any, cast

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.permission_policies import ModelPermissionPolicy

from groundwave.people.models import User
from groundwave.photos.actions import reinstate, revoke
from groundwave.photos.admin.asking_why import AsksWhy
from groundwave.photos.errors import AlreadyRevoked, NotRevoked, OriginalGone
from groundwave.photos.models import Photo


class _AboutAPhoto(AsksWhy):
    permission_policy = ModelPermissionPolicy(Photo)
    permission_required = "revoke"
    header_icon = "image"
    done_already = (AlreadyRevoked, NotRevoked)

    @property
    def photo(self) -> Photo:
        return cast("Photo", self.asked)

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
            "places": self.photo.get_usage().count(),
            "places_url": self.photo.usage_url,
        }
        return super().get_context_data(**told)


class RevokeView(_AboutAPhoto):
    page_title = _("Revoke a photo")
    question = _(
        "Revoke %(photo)s? At once it is gone from every page, card and feed of ours, and "
        "nobody can fetch it. The pages stay as they are, without it. Whoever has passed "
        "it on already still has it. The original is kept here."
    )
    yes = _("Yes, revoke it")
    no = _("No, keep showing it")
    is_serious = True

    def act(self, by: User, said: dict[str, Any]) -> str:
        revoke(self.photo, by=by, now=timezone.now(), **said)
        return gettext("%(photo)s is revoked. The public is not shown it any more.") % {
            "photo": self.photo
        }


class ReinstateView(_AboutAPhoto):
    page_title = _("Show a revoked photo again")
    question = _(
        "Let %(photo)s be shown again? It returns to every page that has it. This is "
        "written in the log, with your name."
    )
    yes = _("Yes, show it again")
    no = _("No, leave it revoked")

    def act(self, by: User, said: dict[str, Any]) -> str:
        try:
            reinstate(self.photo, by=by, **said)
        except OriginalGone:
            return gettext(
                "%(photo)s cannot be shown again: whoever lent it to us took it back, and "
                "its file is deleted. Choose another one."
            ) % {"photo": self.photo}
        return gettext("%(photo)s is not revoked any more.") % {"photo": self.photo}
