from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page


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
        "network",
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
    """
    Refuses an address at which another part of the site answers.

    A page is made once of a form that was opened for a new one, however often that is
    sent: its key says of which.
    """

    data: Any
    # A browser that shows the form again would fill in the key of the page before.
    opened_as = forms.UUIDField(
        required=False, widget=forms.HiddenInput({"autocomplete": "off"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["opened_as"]
        else:
            self.initial["opened_as"] = uuid4()

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean()
        opened_as = said.get("opened_as")
        # Somebody else's form, or a page that has moved since: this is another page.
        if opened_as and not Page.objects.filter(translation_key=opened_as).exists():
            self.instance.translation_key = opened_as
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
