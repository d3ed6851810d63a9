from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from groundwave.stations import validators


class Licensee(ClusterableModel):
    """Who holds the license and answers for what is on the air, and on the site."""

    name = models.CharField(
        _("name"),
        max_length=120,
        unique=True,
        help_text=_("As the public knows it, such as KGND Community Radio."),
    )
    timezone = models.CharField(
        _("time zone"),
        max_length=60,
        default="UTC",
        validators=[validators.is_timezone],
        help_text=_("Where the licensee is at home; new stations begin with it."),
    )
    logo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("logo"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_(
            "Shown beside the name on every page. Best is a PNG with a clear "
            "background, at least 200 pixels high, that can be seen by day and by night."
        ),
    )
    accent = models.CharField(
        _("accent color"),
        max_length=7,
        blank=True,
        validators=[validators.is_readable_color],
        help_text=_(
            "For buttons, links and marks, such as #b8330f; empty for the usual one. "
            "By night a lighter one is made of it."
        ),
    )
    support_text = models.CharField(
        _("why to give"),
        max_length=300,
        blank=True,
        help_text=_("A sentence or two, to be read on the front page."),
    )
    support_label = models.CharField(
        _("button"),
        max_length=40,
        blank=True,
        help_text=_("Such as “Give now”; empty for “Support us”."),
    )
    support_url = models.URLField(
        _("where to give"),
        blank=True,
        help_text=_("The site asks for support once there is an address for it here."),
    )
    shows_versions = models.BooleanField(
        _("show what each update changed"),
        default=False,
        help_text=_(
            "Readers can see, word for word, what a story said before an update or "
            "correction, and what it said then."
        ),
    )

    class Meta:
        verbose_name = _("licensee")
        verbose_name_plural = _("licensees")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Link(Orderable):
    """Where else the licensee is to be found."""

    licensee = ParentalKey(
        Licensee,
        verbose_name=_("licensee"),
        on_delete=models.CASCADE,
        related_name="links",
    )
    label = models.CharField(
        _("label"), max_length=60, help_text=_("Such as “Mastodon” or “Call us”.")
    )
    url = models.URLField(_("web address"))

    class Meta(Orderable.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self) -> str:
        return self.label
