from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from groundwave.people.models import User


class WelcomeForm(forms.Form):
    """What the first administrator says about themselves."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("You sign in with it. The public never sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=password_validators_help_text_html(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError(
                _("Somebody already signs in with this address. Choose another one.")
            )
        return email

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "password" in said:
            who = User(email=said.get("email", ""), first_name=said.get("name", ""))
            try:
                validate_password(said["password"], user=who)
            except ValidationError as weakness:
                self.add_error("password", weakness)
        return said
