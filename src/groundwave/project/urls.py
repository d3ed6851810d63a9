"""The site's addresses; Wagtail's pages take whatever no line above them does."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as page_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from groundwave.delivery.picture_files import picture_file


handler404 = "groundwave.delivery.faults.not_found"
handler500 = "groundwave.delivery.faults.server_error"

urlpatterns = [
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
    # Pictures only: whatever else people upload is not for the public.
    re_path(r"^media/(?P<path>(?:images|originals|original_images)/.+)$", picture_file),
    re_path(
        r"^media/avatar_images/(?P<path>[^/]+)$",
        serve,
        {"document_root": settings.MEDIA_ROOT / "avatar_images"},
    ),
    path("", include("groundwave.people.urls")),
    path("", include("groundwave.delivery.urls")),
    path("", include(page_urls)),
]
