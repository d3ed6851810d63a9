from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _


# An encoder with a wrong key tries every few seconds, all night.
REPEATS_WITHIN = timedelta(hours=1)


class IncidentKind(models.TextChoices):
    CONNECTED = "connected", _("Connected")
    DISCONNECTED = "disconnected", _("Disconnected")
    REFUSED = "refused", _("Refused")
    ON_AIR = "on_air", _("On air")
    TROUBLE = "trouble", _("Trouble")


class SourceIncidentQuerySet(models.QuerySet["SourceIncident"]):
    def refusals(self) -> SourceIncidentQuerySet:
        return self.filter(kind=IncidentKind.REFUSED)

    def of_the_air(self) -> SourceIncidentQuerySet:
        """Leave out refusals, of which anybody can make as many as they like."""
        return self.exclude(kind=IncidentKind.REFUSED)

    def note(self, **facts: Any) -> None:
        """
        Add to the timeline, or count once more what just repeats itself.

        What a stranger sent may be of any length; what does not fit is cut off.
        """
        at = facts.pop("at")
        facts = {name: self._fitted(name, value) for name, value in facts.items()}
        again = None
        if facts["kind"] == IncidentKind.REFUSED:
            recent = self.filter(at__gte=at - REPEATS_WITHIN)
            again = recent.filter(**_alike(facts)).first()
        if again:
            self.filter(pk=again.pk).update(times=F("times") + 1, at=at)
        else:
            self.create(**facts, at=at)

    def knows(self, **facts: Any) -> bool:
        """Tell whether this very incident is on the timeline: it may be told twice."""
        at = facts.pop("at")
        facts = {name: self._fitted(name, value) for name, value in facts.items()}
        if facts["kind"] == IncidentKind.REFUSED:  # the last stands for all before it
            return self.filter(at__gte=at, **_alike(facts)).exists()
        return self.filter(at=at, **facts).exists()

    def _fitted(self, name: str, value: Any) -> Any:
        longest = getattr(self.model._meta.get_field(name), "max_length", None)
        return value[:longest] if isinstance(value, str) and longest else value

    def trim(self, *, keep: int) -> None:
        """Forget all of these but the newest *keep*."""
        oldest = (
            self.order_by("-pk").values_list("pk", flat=True)[keep - 1 : keep].first()
        )
        if oldest is not None:
            self.filter(pk__lt=oldest).delete()


def _alike(facts: dict[str, Any]) -> dict[str, Any]:
    """Return what another refusal must share with this one to be the same again."""
    if facts.get("station"):
        return facts
    # Who means no station makes up mount and program anew each time.
    kept = {"station", "kind", "outcome", "address"}
    return {name: value for name, value in facts.items() if name in kept}


class SourceIncident(models.Model):
    """Something that happened to a station's air, for people to look back on."""

    at = models.DateTimeField(_("when"), db_index=True)
    station = models.CharField(_("station"), max_length=60, blank=True, db_index=True)
    kind = models.CharField(_("what"), max_length=12, choices=IncidentKind.choices)
    role = models.CharField(_("place in the chain"), max_length=10, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    sentence = models.TextField(_("in words"))
    person = models.CharField(_("person"), max_length=120, blank=True)
    mount = models.CharField(_("mount"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=64, blank=True)
    agent = models.CharField(_("program"), max_length=200, blank=True)
    times = models.PositiveIntegerField(_("times"), default=1)

    objects = SourceIncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.sentence}"
