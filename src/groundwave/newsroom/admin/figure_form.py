"""What somebody at a breaking story says: who, how many, as of when, where to read it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy as _

from groundwave.newsroom.actions.figures import Heard, add_figure, source_named
from groundwave.newsroom.admin.number_field import NumberField
from groundwave.newsroom.admin.wall_time_field import (
    WallTimeField,
    WhichField,
    choices_of,
    instant,
)
from groundwave.newsroom.figures.quantity import Qualifier, Quantity
from groundwave.newsroom.figures.standing import Status
from groundwave.newsroom.models import Channel, Event, Figure, Metric, NewsSource
from groundwave.newsroom.models.figure import QUALIFIERS, STATUSES
from groundwave.people.models import User


SOURCES = "gw-news-sources"


class SourceInput(forms.TextInput):
    """A name, with those that are known to choose from."""

    def __init__(self) -> None:
        super().__init__(attrs={"list": SOURCES, "autocomplete": "off"})


class FigureForm(forms.Form):
    """One figure. What a hurry leaves no time for is asked last, and may stay empty."""

    metric = forms.ModelChoiceField(
        label=_("What is counted"), queryset=Metric.objects.none(), empty_label=None
    )
    source = forms.CharField(
        label=_("Who says so"),
        max_length=120,
        widget=SourceInput,
        help_text=_("As readers are to meet it. A new name makes a new source."),
    )
    qualifier = forms.ChoiceField(label=_("How sure"), choices=QUALIFIERS)
    number = NumberField(label=_("How many"))
    to_number = NumberField(
        label=_("and"), required=False, help_text=_("After “between” only.")
    )
    as_of = WallTimeField(label=_("As of"))
    as_of_which = WhichField()
    url = forms.URLField(
        label=_("Link"), max_length=500, required=False, assume_scheme="https"
    )

    note = forms.CharField(
        label=_("Note for readers"),
        max_length=300,
        required=False,
        help_text=_("Why it went down, or how it was counted."),
    )
    counts = forms.CharField(
        label=_("Counts something else"),
        max_length=200,
        required=False,
        help_text=_("Crew alone. It is not compared with the others then."),
    )
    relayed_by = forms.CharField(
        label=_("Relayed by"),
        max_length=120,
        required=False,
        widget=SourceInput,
        help_text=_("Whoever told us what the source said: a news agency."),
    )
    channel = forms.ChoiceField(
        label=_("How it was said"), choices=Channel.choices, required=False
    )
    said_at = WallTimeField(
        label=_("Said at"),
        required=False,
        help_text=_("If that was later than “as of”."),
    )
    said_at_which = WhichField()
    words = forms.CharField(
        label=_("In its own words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    archived_url = forms.URLField(
        label=_("Archived link"), max_length=500, required=False, assume_scheme="https"
    )
    described_as = forms.CharField(
        label=_("Not by name, but as"),
        max_length=160,
        required=False,
        help_text=_("A doctor at the hospital. Readers never see the name then."),
    )
    anonymity_reason = forms.CharField(
        label=_("Why it is not named"), max_length=500, required=False
    )

    FIRST = (
        "metric",
        "source",
        "qualifier",
        "number",
        "to_number",
        "as_of",
        "as_of_which",
        "url",
    )
    TIMES = ("as_of", "said_at")

    def __init__(
        self, *args: Any, event: Event, by: User, now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.event, self.by, self.now = event, by, now
        metrics = event.metrics.all()
        self.fields["metric"].queryset = metrics  # type: ignore[attr-defined]
        local = now.astimezone(event.zone)
        self.fields["as_of"].initial = local.replace(tzinfo=None)
        self.fields["as_of_which"].initial = str(local.fold)
        self.fields["as_of"].help_text = gettext("By the clock of %(place)s.") % {
            "place": event.timezone
        }
        if not by.has_perm("newsroom.approve_anonymity"):
            del self.fields["described_as"], self.fields["anonymity_reason"]
        for name in self.TIMES:
            self._ask_which(name)

    @property
    def first(self) -> list[forms.BoundField]:
        """What is asked of everybody."""
        return [self[name] for name in self.FIRST if name in self.fields]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.FIRST]

    @property
    def has_more(self) -> bool:
        """Whether somebody began to say more."""
        asked = (each for each in self.more if each.name != "channel")
        return any(each.data or each.errors for each in asked)

    def clean_as_of(self) -> datetime:
        return self._past("as_of")

    def clean_said_at(self) -> datetime | None:
        return self._past("said_at") if self.cleaned_data["said_at"] else None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if {"qualifier", "number", "to_number"} <= said.keys():
            said["quantity"] = self._quantity(said)
        if bool(said.get("described_as")) != bool(said.get("anonymity_reason")):
            empty = "anonymity_reason" if said.get("described_as") else "described_as"
            self.add_error(
                empty, _("Of a source without a name, say both: as what, and why.")
            )
        relay = said.get("relayed_by", "").casefold()
        if relay and relay == said.get("source", "").casefold():
            self.add_error(
                "relayed_by", _("That is the source itself; leave this empty.")
            )
        return said

    def save(self) -> Figure:
        """
        Add it.

        Raises:
            FigureRefused: with a sentence that says why not.
        """
        said = self.cleaned_data
        return add_figure(
            said["metric"],
            said["quantity"],
            heard=self._heard(said),
            as_of=said["as_of"],
            counts=said["counts"],
            note=said["note"],
            by=self.by,
            now=self.now,
        )

    def _heard(self, said: dict[str, Any]) -> Heard:
        relay = said["relayed_by"]
        return Heard(
            source=source_named(said["source"], by=self.by),
            said_at=said["said_at"] or said["as_of"],
            relayed_by=source_named(relay, by=self.by) if relay else None,
            channel=said["channel"] or Channel.WRITING,
            words=said["words"],
            url=said["url"],
            archived_url=said["archived_url"],
            described_as=said.get("described_as", ""),
            anonymity_reason=said.get("anonymity_reason", ""),
        )

    def _ask_which(self, name: str) -> None:
        """Ask which one is meant, if the clocks showed that time twice."""
        try:
            wall = self.fields[name].clean(self[name].value())
        except ValidationError:
            wall = None  # what is the matter with it is said beside it
        asked = f"{name}_which"
        if choices := choices_of(wall, self.event.zone):
            # Its stubs know the fields of a form only as fields.
            self.fields[asked].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields[asked]

    def _past(self, name: str) -> datetime:
        asked = f"{name}_which"
        which = self[asked].value() if asked in self.fields else ""
        at = instant(self.cleaned_data[name], self.event.zone, which)
        if at > self.now:
            raise ValidationError(
                _("That is still to come in %(place)s. Give a time that has been."),
                params={"place": self.event.timezone},
            )
        return at

    def _quantity(self, said: dict[str, Any]) -> Quantity | None:
        qualifier = Qualifier(said["qualifier"])
        number: Decimal = said["number"]
        to: Decimal | None = said["to_number"]
        if trouble := _trouble(qualifier, number, to):
            self.add_error("to_number", trouble)
            return None
        return Quantity.of(qualifier, number, to)


class JudgementForm(forms.Form):
    """What is thought of a figure from now on."""

    figure = forms.ModelChoiceField(queryset=Figure.objects.none())
    status = forms.ChoiceField(label=_("From now on it is"), choices=STATUSES)
    reason = forms.CharField(
        label=_("Because"),
        max_length=300,
        required=False,
        help_text=_("Readers are told."),
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        figures = Figure.objects.of(event)
        self.fields["figure"].queryset = figures  # type: ignore[attr-defined]

    @property
    def judged(self) -> Status:
        return Status(self.cleaned_data["status"])


def known_sources() -> list[str]:
    """Return the names to choose from."""
    return list(NewsSource.objects.values_list("name", flat=True))


def _trouble(qualifier: Qualifier, number: Decimal, to: Decimal | None) -> str:
    if qualifier is not Qualifier.RANGE:
        if to is None:
            return ""
        return gettext("Choose “between”, or leave the second number empty.")
    if to is None:
        return gettext("Say up to how many: between 30 and 40.")
    if to <= number:
        return gettext("The second number must be the greater one; change them over.")
    return ""
