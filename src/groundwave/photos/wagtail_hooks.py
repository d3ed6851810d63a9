from __future__ import annotations

from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from groundwave.photos.admin.revoking import ReinstateView, RevokeView


def photo_urls() -> list[URLResolver]:
    pages = [
        path("<int:pk>/revoke/", RevokeView.as_view(), name="revoke"),
        path("<int:pk>/reinstate/", ReinstateView.as_view(), name="reinstate"),
    ]
    return [path("photos/", include((pages, "photos")))]


def photo_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("photos.revoke", _("Revoke"), _("Revoked"))
    actions.register_action("photos.reinstate", _("Show again"), _("Shown again"))


hooks.register("register_admin_urls", photo_urls)
hooks.register("register_log_actions", photo_log_actions)
