from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class StyleTerm(models.Model):
    """What the station says, and what it does not say instead."""

    instead_of = models.CharField(
        _("not"),
        max_length=80,
        unique=True,
        help_text=_("Words that an editor is to be told of: passed away."),
    )
    say = models.CharField(_("say"), max_length=80, help_text=_("died"))
    because = models.CharField(
        _("because"),
        max_length=200,
        blank=True,
        help_text=_("A sentence, if it does not go without saying."),
    )

    class Meta:
        verbose_name = _("style term")
        verbose_name_plural = _("style list")
        ordering = ["instead_of"]

    def __str__(self) -> str:
        return f"{self.say}, not {self.instead_of}"
