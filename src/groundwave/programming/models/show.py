from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.search import index

from groundwave.pages.models import Recording
from groundwave.people.models import Person
from groundwave.programming.titles import refuse_unseen
from groundwave.stations.models import Station


ABOUT_FEATURES = ["bold", "italic", "link", "ol", "ul", "h2", "h3"]


class ShowQuerySet(models.QuerySet["Show"]):
    def listed(self) -> ShowQuerySet:
        """Those that the public finds in the list of shows, while they are made."""
        return self.filter(is_listed=True, retired_at__isnull=True)

    def with_facts(self) -> ShowQuerySet:
        """Bring along what is told of a show wherever it is named."""
        return self.select_related("image").prefetch_related(
            "hosts__person", "image__renditions"
        )


class Show(index.Indexed, ClusterableModel):
    """A programme that comes again, under one name."""

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(
        _("address"),
        max_length=120,
        unique=True,
        help_text=_("The last part of the show's web address: morning-light."),
    )
    tagline = models.CharField(
        _("tagline"),
        max_length=200,
        blank=True,
        help_text=_("What it is in one sentence."),
    )
    about = RichTextField(_("about"), blank=True, features=ABOUT_FEATURES)
    category = models.CharField(
        _("category"),
        max_length=60,
        blank=True,
        help_text=_("As listeners would say it: Jazz, News, Talk."),
    )
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("picture"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    is_listed = models.BooleanField(
        _("listed"),
        default=True,
        help_text=_("Shown in the list of shows; a default show often is not."),
    )
    retired_at = models.DateTimeField(
        _("retired"), null=True, blank=True, editable=False
    )

    search_fields = [
        index.SearchField("title", boost=3),
        index.AutocompleteField("title"),
        index.SearchField("tagline"),
        index.SearchField("about"),
        index.FilterField("is_listed"),
        index.FilterField("retired_at"),
    ]

    objects = ShowQuerySet.as_manager()

    class Meta:
        verbose_name = _("show")
        verbose_name_plural = _("shows")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("show", args=[self.slug])

    @property
    def is_public(self) -> bool:
        """Whether it is ``listed``."""
        return self.is_listed and self.retired_at is None

    def clean(self) -> None:
        super().clean()
        refuse_unseen(self.title)


class Host(models.Model):
    """A person who presents a show."""

    show = ParentalKey(Show, on_delete=models.CASCADE, related_name="hosts")
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="hosted",
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["show", "person"], name="host_is_named_once_in_a_show"
            ),
        ]

    def __str__(self) -> str:
        return self.person.name


class Episode(index.Indexed, models.Model):
    """One edition of a show, whenever and however often it airs."""

    show = models.ForeignKey(
        Show,
        verbose_name=_("show"),
        on_delete=models.CASCADE,
        related_name="episodes",
    )
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), max_length=120)
    about = RichTextField(_("about"), blank=True, features=ABOUT_FEATURES)
    audio = models.ForeignKey(
        Recording,
        verbose_name=_("audio"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="episodes",
        help_text=_("Listeners hear it on the episode's page, or in their queue."),
    )

    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.SearchField("about"),
        index.FilterField("id"),
    ]

    class Meta:
        verbose_name = _("episode")
        verbose_name_plural = _("episodes")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["show", "slug"], name="episode_address_is_its_own_in_a_show"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("episode", args=[self.show.slug, self.slug])

    def clean(self) -> None:
        super().clean()
        refuse_unseen(self.title)


class DefaultShow(models.Model):
    """What a station is said to air where nothing else is planned."""

    station = models.OneToOneField(
        Station,
        verbose_name=_("station"),
        on_delete=models.CASCADE,
        related_name="default_show",
    )
    show = models.ForeignKey(
        Show,
        verbose_name=_("show"),
        on_delete=models.PROTECT,
        related_name="default_on",
        help_text=_("Such as “Music from the valley”: there is always an answer."),
    )

    class Meta:
        verbose_name = _("default show")
        verbose_name_plural = _("default shows")

    def __str__(self) -> str:
        return f"{self.station}: {self.show}"
