from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from groundwave.people.models import Person


class Role(models.TextChoices):
    REPORTER = "reporter", _("Reporter")
    EDITOR = "editor", _("Editor")
    PHOTOGRAPHER = "photographer", _("Photographer")
    PRODUCER = "producer", _("Producer")


class Byline(Orderable):
    """Who made a story, and what they did: a person of ours, or a guest by name."""

    story = ParentalKey(
        "newsroom.Story", on_delete=models.CASCADE, related_name="bylines"
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bylines",
    )
    guest = models.CharField(
        _("guest"),
        max_length=120,
        blank=True,
        help_text=_("The name of somebody who has no page here; else leave it empty."),
    )
    role = models.CharField(
        _("role"), max_length=20, choices=Role.choices, default=Role.REPORTER
    )

    class Meta(Orderable.Meta):
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        constraints = [
            models.CheckConstraint(
                name="a_byline_names_one_person",
                condition=models.Q(person__isnull=False, guest="")
                | models.Q(person__isnull=True) & ~models.Q(guest=""),
                violation_error_message=_(
                    "Choose a person, or write a guest's name; not both."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.guest
