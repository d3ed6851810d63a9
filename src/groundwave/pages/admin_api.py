"""The API of Wagtail's admin, which answers and does nothing."""

from __future__ import annotations

from typing import Any, ClassVar

from wagtail.admin.api.views import PagesAdminAPIViewSet


class AskedPages(PagesAdminAPIViewSet):
    """
    Wagtail's own, without what it would do with pages.

    The desk does not use that, and it goes past whatever the desk refuses.
    """

    actions: ClassVar[dict[str, Any]] = {}


def without_actions(admin_api: Any) -> None:
    admin_api.register_endpoint("pages", AskedPages)
