from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Edition(models.Model):
    """Which edition of the site it is; ``edition.advancing`` counts it up."""

    number = models.PositiveBigIntegerField(_("number"), default=0)

    class Meta:
        verbose_name = _("edition")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1), name="there_is_one_edition"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)
