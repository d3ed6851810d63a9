"""Those who carry our stories without a network between us."""

from __future__ import annotations

import secrets
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


def _new_key() -> str:
    return secrets.token_urlsafe(32)


class Partner(models.Model):
    """
    Another station that may read our stories, and is told when one changes.

    Its key opens the reading API; notices to it are signed with its secret. Both, and
    the ``uid``, go to it in one pairing line; it says itself where notices go.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(
        _("name"),
        max_length=80,
        unique=True,
        help_text=_("The station that is to carry your stories."),
    )
    key = models.CharField(_("key"), max_length=100, default=_new_key, editable=False)
    secret = models.CharField(max_length=100, default=_new_key, editable=False)
    notices_to = models.URLField(
        _("is told of changes at"), max_length=500, blank=True, editable=False
    )
    is_active = models.BooleanField(
        _("may read our stories"),
        default=True,
        help_text=_(
            "Unticked, it can read none of them any more, and is told of nothing."
        ),
    )

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
