from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from groundwave.newsroom.figures.quantity import Qualifier, Quantity
from groundwave.newsroom.figures.standing import FINAL, Said, Status
from groundwave.newsroom.figures.words import written
from groundwave.newsroom.models.event import Event, Metric
from groundwave.newsroom.models.statement import Statement


QUALIFIERS = [
    (Qualifier.EXACT, _("exactly")),
    (Qualifier.AT_LEAST, _("at least")),
    (Qualifier.AT_MOST, _("at most")),
    (Qualifier.ABOUT, _("about")),
    (Qualifier.RANGE, _("between")),
]
STATUSES = [
    (Status.REPORTED, _("Reported: somebody says so")),
    (Status.CORROBORATED, _("Corroborated: somebody else says so, too")),
    (Status.VERIFIED, _("Verified: we counted, or saw it ourselves")),
    (Status.DISPUTED, _("Disputed: somebody says that it is wrong")),
    (Status.WITHDRAWN, _("Withdrawn: its source no longer says so")),
    (Status.RETRACTED, _("Retracted: our mistake; nobody said so")),
]

# A comparison with nothing is neither true nor false, and a database lets it pass.
_BOTH = Q(low__isnull=False, high__isnull=False)
_FITS = (
    (Q(qualifier__in=[Qualifier.EXACT, Qualifier.ABOUT]) & _BOTH & Q(low=F("high")))
    | Q(qualifier=Qualifier.AT_LEAST, low__isnull=False, high=None)
    | Q(qualifier=Qualifier.AT_MOST, low=None, high__isnull=False)
    | (Q(qualifier=Qualifier.RANGE) & _BOTH & Q(low__lt=F("high")))
)


class FigureQuerySet(models.QuerySet["Figure"]):
    def of(self, event: Event) -> FigureQuerySet:
        """Return those of *event*, the first first."""
        return self.filter(metric__event=event).order_by("pk")

    def with_facts(self) -> FigureQuerySet:
        """Bring along what is told of each, in two queries."""
        return self.select_related(
            "metric", "statement__source", "statement__relayed_by", "supersedes"
        ).prefetch_related("statuses")


class Figure(models.Model):
    """
    How many, as one source said it.

    Rows are only ever added; the database refuses to change or delete one. What a
    source says of one thing is one succession: each figure supersedes the one before.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    metric = models.ForeignKey(
        Metric,
        verbose_name=_("what is counted"),
        on_delete=models.PROTECT,
        related_name="figures",
    )
    statement = models.ForeignKey(
        Statement,
        verbose_name=_("statement"),
        on_delete=models.PROTECT,
        related_name="figures",
    )
    qualifier = models.CharField(_("how sure"), max_length=10, choices=QUALIFIERS)
    low = models.DecimalField(_("from"), max_digits=15, decimal_places=2, null=True)
    high = models.DecimalField(_("to"), max_digits=15, decimal_places=2, null=True)
    as_of = models.DateTimeField(_("as of"))
    counts = models.CharField(_("counts"), max_length=200, blank=True)
    note = models.CharField(_("note for readers"), max_length=300, blank=True)
    supersedes = models.OneToOneField(
        "self",
        verbose_name=_("supersedes"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successor",
    )
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=_FITS, name="figure_has_the_bounds_of_its_qualifier"
            ),
            models.CheckConstraint(
                condition=(Q(low=None) | Q(low__gte=0))
                & (Q(high=None) | Q(high__gte=0)),
                name="figure_counts_no_less_than_nothing",
            ),
            models.CheckConstraint(
                condition=Q(as_of__lte=F("added_at")),
                name="figure_is_of_a_time_before_it_is_added",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric.label}: {written(self.quantity)}"

    @property
    def quantity(self) -> Quantity:
        return Quantity(Qualifier(self.qualifier), self.low, self.high)

    @property
    def judgement(self) -> FigureStatus | None:
        """What was thought of it last."""
        return next(iter(self.statuses.all()), None)

    @property
    def status(self) -> Status:
        judgement = self.judgement
        return Status(judgement.status) if judgement else Status.REPORTED

    @property
    def said(self) -> Said:
        """What may be told of it; nothing in it names a source that is not to be."""
        statement, judgement = self.statement, self.judgement
        relay = statement.relayed_by
        unnamed = statement.is_anonymous
        return Said(
            name=str(self.uid),
            counted=str(self.metric_id),
            quantity=self.quantity,
            as_of=self.as_of,
            said_at=statement.said_at,
            who=statement.who,
            is_person=unnamed or statement.source.is_person,
            about="" if unnamed else statement.source.about,
            relayed_by=relay.name if relay and not unnamed else "",
            counts=self.counts,
            note=self.note,
            url="" if unnamed else statement.archived_url or statement.url,
            status=self.status,
            reason=judgement.reason if judgement else "",
            supersedes=str(self.supersedes.uid) if self.supersedes else None,
        )


class FigureStatus(models.Model):
    """What is thought of a figure from then on, and why; the last one counts."""

    figure = models.ForeignKey(
        Figure,
        verbose_name=_("figure"),
        on_delete=models.PROTECT,
        related_name="statuses",
    )
    status = models.CharField(_("status"), max_length=20, choices=STATUSES)
    reason = models.CharField(
        _("reason"),
        max_length=300,
        blank=True,
        help_text=_("Readers are told: the county counted three passengers twice."),
    )
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("figure status")
        verbose_name_plural = _("figure statuses")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=sorted(Status)), name="figure_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.REPORTED) | ~Q(reason=""),
                name="figure_status_but_reported_has_a_reason",
            ),
            models.UniqueConstraint(
                fields=["figure"],
                condition=Q(status__in=sorted(FINAL)),
                name="figure_is_taken_back_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_status_display())
