"""Where stories of others come from, and what is done with them here."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, Page

from groundwave.newsroom.models import Topic
from groundwave.stations.validators import is_timezone
from groundwave.syndication.agencies import SUGGESTED
from groundwave.syndication.rights import Policy, Treatment
from groundwave.syndication.search_engines import Wish


EXCLUDED_TITLES = ("Watch Live:", "Watch:", "Top Stories:", "Video:")
"""What headlines begin with that are of no use on a page; a list to begin with."""


# Under what stories stand; any other page refuses them.
SECTIONS = {
    "content_type__app_label": "pages",
    "content_type__model__in": ["homepage", "sectionpage"],
}


class Upstream(models.TextChoices):
    """What speaks at the other end."""

    CDS = "cds", _("NPR's Content Distribution Service")
    GROUNDWAVE = "groundwave", _("Another Groundwave")
    FEED = "feed", _("A feed with full text: RSS, Atom or JSON Feed")


class Arrival(models.TextChoices):
    """What becomes of a story that is new here. Updates follow it whatever this is."""

    DRAFT = "draft", _("Keep it as a draft, for an editor to publish")
    HOLD = "hold", _("Publish it after a while, unless an editor stops it")
    PUBLISH = "publish", _("Publish it at once")


class Pictures(models.TextChoices):
    """What is done with pictures, as far as their rights allow it."""

    NONE = "none", _("Take none")
    LEASE = "lease", _("Show them for as long as their origin does")
    KEEP = "keep", _("Keep them, until their origin takes them back")


_TREATMENTS = {
    Pictures.NONE: Treatment.LINK,
    Pictures.LEASE: Treatment.SHOW,
    Pictures.KEEP: Treatment.COPY,
}


class ConnectionQuerySet(models.QuerySet["Connection"]):
    def due(self, now: datetime) -> ConnectionQuerySet:
        """Those that are to be asked at *now*, the longest overdue first."""
        waiting = self.filter(is_active=True, poll_due_at__lte=now)
        return waiting.order_by("poll_due_at")


def _suggested_agencies() -> str:
    return "\n".join(SUGGESTED)


def _suggested_exclusions() -> str:
    return "\n".join(EXCLUDED_TITLES)


class Connection(ClusterableModel):
    """
    An upstream of stories, and the policy for what comes from it.

    Lists are kept as text, an entry a line, as they are written in the form.
    """

    name = models.CharField(
        _("name"),
        max_length=80,
        unique=True,
        help_text=_("What the newsroom calls it: Longwave, national."),
    )
    upstream = models.CharField(_("kind"), max_length=20, choices=Upstream.choices)
    address = models.URLField(
        _("address"),
        max_length=500,
        help_text=_(
            "Of a feed, the feed's; of a service or another Groundwave, the first part "
            "that all its addresses share: https://content.api.npr.org."
        ),
    )
    # Sent with each question, and so kept as it is; no page and no log has it.
    key = models.CharField(_("key"), max_length=500, blank=True)
    query = models.TextField(
        _("which stories"),
        blank=True,
        help_text=_(
            "A query as the service has them: collectionIds=1001&profileIds=story. "
            "Empty for every story; a feed needs none."
        ),
    )
    section = models.ForeignKey(
        Page,
        verbose_name=_("section"),
        on_delete=models.PROTECT,
        limit_choices_to=SECTIONS,
        related_name="+",
        help_text=_("Where its stories stand unless a rule below says otherwise."),
    )
    arrival = models.CharField(
        _("a new story"),
        max_length=20,
        choices=Arrival.choices,
        default=Arrival.DRAFT,
    )
    hold_minutes = models.PositiveIntegerField(
        _("held for so many minutes"),
        default=120,
        help_text=_("The time an editor has to stop it, or to publish it sooner."),
    )
    owners = models.TextField(
        _("only stories of these owners"),
        blank=True,
        help_text=_("Their addresses or their last parts, one a line; empty for all."),
    )
    excluded_titles = models.TextField(
        _("no stories whose headlines begin with"),
        blank=True,
        default=_suggested_exclusions,
        help_text=_("One a line. Capital letters make no difference."),
    )
    most_on_front = models.PositiveSmallIntegerField(
        _("at most so many on the front page"),
        default=3,
        help_text=_("At one time, among our own. 0 for none."),
    )
    pictures = models.CharField(
        _("pictures"), max_length=20, choices=Pictures.choices, default=Pictures.LEASE
    )
    keeps_sounds = models.BooleanField(
        _("keep sounds that may be kept"),
        default=False,
        help_text=_("Otherwise they are played from where they are."),
    )
    agencies = models.TextField(
        _("no pictures credited to"),
        blank=True,
        default=_suggested_agencies,
        help_text=_(
            "Agencies whose pictures you have no license for, one a line. A network's "
            "license is not yours."
        ),
    )
    wish = models.CharField(
        _("search engines"),
        max_length=20,
        default=Wish.CANONICAL,
        choices=[
            (Wish.CANONICAL, _("may find our copy, and are told of the original")),
            (
                Wish.CANONICAL_NOINDEX,
                _("are to leave our copy out, and are told of the original"),
            ),
            (Wish.NOINDEX, _("are to leave our copy out")),
        ],
    )
    origin = models.CharField(
        _("whose stories these are"),
        max_length=120,
        help_text=_(
            "The name in the copyright line of a story that says no other: Longwave."
        ),
    )
    origin_url = models.URLField(
        _("their home page"),
        blank=True,
        help_text=_("“To see more, visit …” of a story that says no other."),
    )
    origin_zone = models.CharField(
        _("their time zone"),
        max_length=60,
        default="America/New_York",
        validators=[is_timezone],
        help_text=_("On New Year's Eve the year of the copyright depends on it."),
    )
    poll_seconds = models.PositiveIntegerField(
        _("ask every so many seconds"), default=180
    )
    is_active = models.BooleanField(
        _("ask for stories"),
        default=True,
        help_text=_(
            "Unticked, nothing new comes. What is here is still checked, so that "
            "corrections and takedowns arrive."
        ),
    )

    # What the worker knows.
    watermark = models.DateTimeField(null=True, editable=False)
    poll_due_at = models.DateTimeField(default=timezone.now, editable=False)
    polled_at = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    trouble = models.TextField(blank=True, editable=False)
    # With what is here already, whatever is new.
    check_trouble = models.TextField(blank=True, editable=False)
    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=200, blank=True, editable=False)

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("connection")
        verbose_name_plural = _("connections")
        ordering = ["name"]
        indexes = [models.Index(fields=["is_active", "poll_due_at"])]
        constraints = [
            models.CheckConstraint(
                name="a_connection_is_not_asked_all_the_time",
                condition=Q(poll_seconds__gte=60),
                violation_error_message=_(
                    "Ask at most once a minute: write 60 or more."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def policy(self) -> Policy:
        """What may be done with pictures and sounds that come this way."""
        treatment = _TREATMENTS[Pictures(self.pictures)]
        return Policy(treatment, self.keeps_sounds, tuple(lines(self.agencies)))

    @property
    def hold(self) -> timedelta:
        """For how long a new story waits before it is published by itself."""
        return timedelta(minutes=self.hold_minutes)

    @property
    def speaks_cds(self) -> bool:
        """Whether documents come from it, and not entries of a feed."""
        return self.upstream != Upstream.FEED


class CategoryRule(Orderable):
    """Where stories of an upstream collection stand, and what they are about."""

    connection = ParentalKey(
        Connection, on_delete=models.CASCADE, related_name="category_rules"
    )
    collection = models.CharField(
        _("their collection"),
        max_length=200,
        help_text=_("Its id, or the category's name as the feed has it."),
    )
    section = models.ForeignKey(
        Page,
        verbose_name=_("section"),
        on_delete=models.PROTECT,
        limit_choices_to=SECTIONS,
        null=True,
        blank=True,
        related_name="+",
    )
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta(Orderable.Meta):
        verbose_name = _("category rule")
        verbose_name_plural = _("category rules")
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "collection"],
                name="a_collection_has_one_rule",
            ),
            models.CheckConstraint(
                name="a_category_rule_leads_somewhere",
                condition=Q(section__isnull=False) | Q(topic__isnull=False),
                violation_error_message=_("Choose a section, a topic or both."),
            ),
        ]

    def __str__(self) -> str:
        return self.collection


def lines(text: str) -> list[str]:
    """Return the entries of a list that is written one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]
