from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from groundwave.programming.models.show import Show
from groundwave.programming.schedule.occurrences import Pattern
from groundwave.programming.schedule.recurrence import Recurrence, RuleUnreadable
from groundwave.programming.schedule.walltime import FIRST, LAST, instant, wall_time
from groundwave.stations.models import Station
from groundwave.stations.validators import is_timezone


# By its wall clock it ends, at the latest, when it would begin again.
LONGEST_MINUTES = 24 * 60


def is_in_reach(day: date) -> None:
    if not FIRST <= day <= LAST:
        raise ValidationError(
            _("Nobody plans so far off. Choose a date from %(first)s to %(last)s."),
            params={"first": FIRST.isoformat(), "last": LAST.isoformat()},
        )


class Boundary(models.TextChoices):
    """How strictly a slot begins."""

    HARD = "hard", _("on the second")
    SOFT = "soft", _("when what is on has ended")


class SlotQuerySet(models.QuerySet["Slot"]):
    def heard_on(self, station: Station) -> SlotQuerySet:
        """Return those of *station* and those that it simulcasts."""
        return self.filter(
            models.Q(station=station) | models.Q(also_on=station)
        ).distinct()

    def between(self, first: date, last: date) -> SlotQuerySet:
        """Return those that may occur from *first* to *last*."""
        return self.filter(
            models.Q(until=None) | models.Q(until__gte=first), starts_on__lte=last
        )


class Slot(models.Model):
    """
    A show's place in a station's week: wall time, duration and dates.

    Airings are made from it for some weeks ahead; a slot never says an instant.
    """

    # Part of its airings' names, which feeds and links keep for ever. A slot that is
    # changed from some date on is followed by another of the same uid: what comes
    # after keeps its names, too.
    uid = models.UUIDField(default=uuid4, db_index=True, editable=False)
    station = models.ForeignKey(
        Station,
        verbose_name=_("station"),
        on_delete=models.CASCADE,
        related_name="slots",
    )
    also_on = models.ManyToManyField(
        Station,
        verbose_name=_("simulcast on"),
        blank=True,
        related_name="+",
        help_text=_("Other stations that air it at the same instant."),
    )
    show = models.ForeignKey(
        Show, verbose_name=_("show"), on_delete=models.CASCADE, related_name="slots"
    )
    starts_on = models.DateField(
        _("first date"),
        validators=[is_in_reach],
        help_text=_("Every second week and the like is counted from here."),
    )
    begins = models.TimeField(_("begins at"), help_text=_("By the wall clock."))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        validators=[
            MinValueValidator(1),
            MaxValueValidator(
                LONGEST_MINUTES,
                _("A slot lasts 24 hours at most. Plan what goes on in a second slot."),
            ),
        ],
        help_text=_("By the wall clock; it may go past midnight."),
    )
    timezone = models.CharField(
        _("wall clock"),
        max_length=60,
        blank=True,
        validators=[is_timezone],
        help_text=_(
            "Leave empty for the station's own. A network's show may go by another."
        ),
    )
    rule = models.CharField(
        _("recurrence"),
        max_length=200,
        blank=True,
        help_text=_("An RRULE such as FREQ=WEEKLY;BYDAY=MO,WE; empty for once."),
    )
    until = models.DateField(
        _("last date"), null=True, blank=True, validators=[is_in_reach]
    )
    boundary = models.CharField(
        _("begins"),
        max_length=4,
        choices=Boundary.choices,
        default=Boundary.HARD,
        help_text=_(
            "Where what comes before may run over, listeners read “about 8 p.m.”."
        ),
    )

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        ordering = ["station", "starts_on", "begins", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1, minutes__lte=LONGEST_MINUTES),
                name="slot_lasts_a_minute_to_a_day",
            ),
            models.UniqueConstraint(
                fields=["uid", "starts_on"],
                name="slot_has_one_part_from_a_date_on",
                violation_error_message=_(
                    "Another part of this slot begins on that date. Change that one."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(until=None)
                | models.Q(until__gte=models.F("starts_on")),
                name="slot_ends_no_earlier_than_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.show}, {self.begins:%H:%M}"

    def clean(self) -> None:
        if self._has_dates():
            self._check_that_it_comes()
            self._check_its_other_parts()
        self._check_that_it_exists()

    def _has_dates(self) -> bool:
        """Whether its dates can be looked at; else their own fields say why not."""
        first, last = self.starts_on, self.until or LAST
        return bool(first) and first >= FIRST and max(first, last) <= LAST

    def _check_that_it_comes(self) -> None:
        if self.until and self.until < self.starts_on:
            raise ValidationError(
                {"until": _("It would end before it starts; choose a later date.")}
            )
        try:
            comes = next(self.recurrence.dates(self.starts_on, LAST), None) is not None
        except RuleUnreadable as error:
            raise ValidationError({"rule": str(error)}) from None
        if not comes:
            raise ValidationError(
                {
                    "until": _(
                        "It never comes: none of its days lies between the first and the "
                        "last date. Choose a later last date, or other days."
                    )
                }
            )

    def _check_that_it_exists(self) -> None:
        """Refuse a single time that the clocks skip; one of many is just not heard."""
        if self.rule or not (self._has_dates() and self.begins and self._has_zone()):
            return
        wall = datetime.combine(self.starts_on, self.begins)
        shown = wall_time(instant(wall, self.zone), self.zone)
        if shown != wall:
            raise ValidationError(
                {
                    "begins": _(
                        "%(time)s does not exist on that date: the clocks go forward to "
                        "%(shown)s. Choose another time."
                    )
                    % {"time": f"{wall:%H:%M}", "shown": f"{shown:%H:%M}"}
                }
            )

    def _has_zone(self) -> bool:
        try:
            is_timezone(self.timezone or self.station.timezone)
        except (ValidationError, Station.DoesNotExist):
            return False  # another field says so itself
        return True

    def _check_its_other_parts(self) -> None:
        """Refuse to occur on dates that belong to another part of the same slot."""
        parts = Slot.objects.filter(uid=self.uid).exclude(pk=self.pk)
        earlier = parts.filter(starts_on__lt=self.starts_on, until__gte=self.starts_on)
        if before := earlier.first():
            raise ValidationError(
                {
                    "starts_on": _(
                        "Until %(date)s it airs as it did before it was changed. Choose a "
                        "first date after that."
                    )
                    % {"date": f"{before.until}"}
                }
            )
        following = self.next_part
        if following and (self.until is None or self.until >= following.starts_on):
            raise ValidationError(
                {
                    "until": _(
                        "It was changed from %(date)s on. End it before that day, or "
                        "change what follows."
                    )
                    % {"date": following.starts_on.isoformat()}
                }
            )

    @property
    def next_part(self) -> Slot | None:
        """What it was changed to from a later date on."""
        parts = Slot.objects.filter(uid=self.uid, starts_on__gt=self.starts_on)
        return parts.exclude(pk=self.pk).order_by("starts_on").first()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone or self.station.timezone)

    @property
    def duration(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    @property
    def recurrence(self) -> Recurrence:
        return Recurrence(self.starts_on, self.rule, self.until)

    @property
    def pattern(self) -> Pattern:
        """Its times, for the schedule's rules."""
        return Pattern(self.recurrence, self.begins, self.duration, self.zone)

    def airing_name(self, on: date) -> str:
        """Return the name of what airs on that date, on every station that airs it."""
        return f"{self.uid}.{on.isoformat()}"
