"""A network that our own stories are published to."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Network(models.Model):
    """
    Where our stories go, and as whose.

    The prefix never changes after the first story: everything published under it would
    be nobody's.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    address = models.URLField(
        _("address"),
        max_length=500,
        help_text=_("The first part that all its addresses share."),
    )
    key = models.CharField(_("key"), max_length=500, blank=True)
    prefix = models.CharField(
        _("prefix"),
        max_length=40,
        validators=[RegexValidator(r"^[a-z][a-z0-9]*$")],
        help_text=_("What the network told you that your documents begin with."),
    )
    service = models.URLField(
        _("our service"),
        max_length=500,
        help_text=_("The address of your station's entry at the network."),
    )
    collections = models.TextField(
        _("put stories into"),
        blank=True,
        help_text=_("Ids of the network's collections, one a line."),
    )
    is_active = models.BooleanField(
        _("publish our stories there"),
        default=True,
        help_text=_("Unticked, nothing new goes out; takedowns still do."),
    )

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
