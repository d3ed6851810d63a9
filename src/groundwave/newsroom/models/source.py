from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class SourceKind(models.TextChoices):
    """What somebody is who says something."""

    GOVERNMENT = "government", _("Government or authority")
    RESCUE = "rescue", _("Police, fire or rescue service")
    MILITARY = "military", _("Military or armed group")
    HEALTH = "health", _("Hospital or health service")
    INTERNATIONAL = "international", _("International organization")
    MONITOR = "monitor", _("Monitor or charity")
    COMPANY = "company", _("Company")
    SCIENCE = "science", _("University or laboratory")
    NEWSROOM = "newsroom", _("News agency or other newsroom")
    DOCUMENT = "document", _("Document or data set")
    PERSON = "person", _("Person, such as an eyewitness")
    OTHER = "other", _("Something else")


class NewsSource(models.Model):
    """Whoever says something that the newsroom reports; no encoder."""

    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("As readers meet it: the state news agency; Tamarack County."),
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=SourceKind.choices, default=SourceKind.OTHER
    )
    description = models.CharField(
        _("in a few words"),
        max_length=160,
        blank=True,
        help_text=_("Where it is named first: a war monitor based in Britain."),
    )
    website = models.URLField(_("website"), blank=True)
    stake = models.CharField(
        _("stake"),
        max_length=160,
        blank=True,
        help_text=_("If it takes part in what it speaks of: the ferry's operator."),
    )
    notes = models.TextField(
        _("notes"),
        blank=True,
        help_text=_("For the newsroom alone: how it counts, whom to call."),
    )

    class Meta:
        verbose_name = _("news source")
        verbose_name_plural = _("news sources")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="news_source_has_a_name_of_its_own",
                violation_error_message=_(
                    "There is a source of that name. Use that one, or add what tells "
                    "the two apart."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(name=""), name="news_source_is_named"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def about(self) -> str:
        """What readers should know of it."""
        return "; ".join(filter(None, [self.description, self.stake]))

    @property
    def is_person(self) -> bool:
        return self.kind == SourceKind.PERSON
