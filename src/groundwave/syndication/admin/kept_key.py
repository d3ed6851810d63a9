"""A form whose key goes in and never comes out again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm


class KeepsKey(WagtailAdminModelForm):
    """
    Asks for ``key`` and shows none: what is left empty is kept.

    A key is for the server it was typed for. With another one in ``address`` it has to
    be typed again, so that nobody has it sent to a server of their own.
    """

    key = forms.CharField(
        label=_("Key"),
        max_length=500,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    forget_key = forms.BooleanField(
        label=_("Forget the key that is kept"), required=False
    )
    key_wanted: Any = _("As the service gave it to you. It is not shown again.")

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.kept_key: str = self.instance.key
        self.kept_for = _server(self.instance.address)
        self.initial.pop("key", None)
        if self.kept_key:
            said = gettext("One is kept. Leave this empty to keep it.")
        else:
            said = self.key_wanted
            del self.fields["forget_key"]
        self.fields["key"].help_text = said

    def clean_key(self) -> str:
        typed: str = self.cleaned_data["key"].strip()
        if not typed.isprintable():
            raise forms.ValidationError(
                gettext(
                    "A key is one line, and this has a line break or something else in "
                    "it that cannot be seen. Copy the key alone once more."
                )
            )
        return typed

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean()
        typed = told.get("key", "")
        if not typed and self.kept_key and not told.get("forget_key"):
            if _server(told.get("address", "")) == self.kept_for:
                typed = self.kept_key
            elif "address" in told:
                self.add_error(
                    "key",
                    gettext(
                        "The key is kept for %(server)s alone. Type the one for the new "
                        "address, or tick that it is forgotten."
                    )
                    % {"server": self.kept_for},
                )
        told["key"] = typed
        return told


def host_of(address: str) -> str:
    """Return the host that *address* names, with its port if it names one."""
    return _server(address).rpartition("/")[2].rpartition("@")[2]


def _server(address: str) -> str:
    """Return whom a key is sent to at *address*."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower()
