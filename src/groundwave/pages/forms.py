from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


# Addresses below the front page that are not Wagtail's to give.
TAKEN = frozenset(
    [
        "admin",
        "api",
        "brand",
        "cards",
        "changes",
        "corrections",
        "documents",
        "embed",
        "events",
        "health",
        "listen",
        "media",
        "oembed",
        "people",
        "schedule",
        "search",
        "shows",
        "static",
        "stations",
        "text",
        "topics",
        "welcome",
    ]
)
_TOP = 2


class AddressedPageForm(WagtailAdminPageForm):
    """Refuses an address at which another part of the site answers."""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean()
        if self.parent_page.depth == _TOP and said.get("slug") in TAKEN:
            self.add_error(
                "slug",
                _(
                    "Another part of the site is at this address. Choose another one, "
                    "such as about-%(slug)s."
                )
                % {"slug": said["slug"]},
            )
        return said
