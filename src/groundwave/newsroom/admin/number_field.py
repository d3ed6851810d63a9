from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


# "1,5" is one and a half to some and fifteen hundred to nobody: it is asked again.
_NUMBER = re.compile(r"\d{1,3}(?:[, \u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_BETWEEN_THOUSANDS = re.compile(r"[, \u00a0\u202f]")


class NumberField(forms.DecimalField):
    """A number as people write it, ``1,200`` or ``6.4``, and nothing less than nothing."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {
        "invalid": _("Write it in digits: 32, or 1,200, or 6.4."),
        "max_digits": _("That is more than can be counted here; look again."),
        "max_whole_digits": _("That is more than can be counted here; look again."),
        "max_decimal_places": _("Write two digits after the point at most."),
    }

    def __init__(self, **facts: Any) -> None:
        super().__init__(max_digits=15, decimal_places=2, **facts)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if value in self.empty_values:
            return None
        text = str(value).strip()
        if not _NUMBER.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(_BETWEEN_THOUSANDS.sub("", text))
