"""The form for a photo, which asks whose it is and why we may show it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.forms import URLField
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm

from groundwave.photos.picture_file import PictureField
from groundwave.photos.rights import RightsBasis


class PhotoForm(BaseImageForm):
    class Meta(BaseImageForm.Meta):
        field_classes = {"license_url": partial(URLField, assume_scheme="https")}
        labels = {"description": _("Alt text")}
        help_texts = {
            "description": _(
                "What it shows, for those who do not see it: “Two people on a roof, the "
                "water up to the windows.” A page may say it otherwise."
            ),
        }

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        # A field of the class would also be in the form that asks only for the words.
        if plain := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=plain.label, required=plain.required, widget=plain.widget
            )
        self.fields["description"].required = True
        if not self.instance.pk:
            self._have_rights_chosen()

    def _have_rights_chosen(self) -> None:
        rights = self.fields["rights_basis"]
        rights.choices = [("", _("Choose why we may show it")), *RightsBasis.choices]
        self.initial["rights_basis"] = ""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean()
        rights = said.get("rights_basis")
        if rights == RightsBasis.UNKNOWN:
            return said  # it is shown to nobody until somebody has found out
        if not said.get("photographer") and not said.get("agency"):
            self.add_error("photographer", _NOBODY)
        if rights == RightsBasis.CREATIVE_COMMONS and not said.get("license_url"):
            self.add_error("license_url", _WHICH_LICENSE)
        if rights == RightsBasis.LICENSED and not said.get("rights_note"):
            self.add_error("rights_note", _WHICH_TERMS)
        return said


_NOBODY = _(
    "Name the photographer, the agency or both: a photo without a credit is not shown. "
    "If nobody knows yet, choose “Not known yet” under “Rights”."
)
_WHICH_LICENSE = _(
    "Give the address of the license, such as "
    "https://creativecommons.org/licenses/by/4.0/."
)
_WHICH_TERMS = _("Say which license it is, from whom and for what.")
