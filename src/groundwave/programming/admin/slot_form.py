"""A slot as people say it: how often, on which days, from when on."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from groundwave.programming.admin.rule_words import DAY_NAMES, PLACE_NAMES
from groundwave.programming.models import Show, Slot
from groundwave.programming.models.slot import is_in_reach
from groundwave.programming.schedule.repeats import (
    PLACES,
    WEEKDAYS,
    How,
    Repeat,
    repeat_of,
    rule_of,
)
from groundwave.programming.schedule.walltime import wall_time


HOW = [
    (How.ONCE, _("Once, on its first date")),
    (How.DAILY, _("Every day")),
    (How.WEEKLY, _("Every week, on the weekdays below")),
    (How.MONTHLY, _("Every month, on such weekdays as below")),
    (How.BY_RULE, _("By a rule of its own, written below")),
]
MOST = 99
# What somebody may change of a slot that is there already.
CHANGEABLE = (
    "show",
    "starts_on",
    "begins",
    "minutes",
    "timezone",
    "rule",
    "until",
    "boundary",
)


class SlotForm(WagtailAdminModelForm):
    """Writes the rule that its choices mean."""

    repeats = forms.ChoiceField(
        label=_("How often"), choices=HOW, initial=How.WEEKLY, widget=forms.RadioSelect
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Weekdays"),
        choices=list(zip(WEEKDAYS, DAY_NAMES, strict=True)),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    places = forms.TypedMultipleChoiceField(
        label=_("Which of those weekdays in the month"),
        choices=list(zip(PLACES, PLACE_NAMES, strict=True)),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only for every month: the second and the last Friday."),
    )
    every = forms.IntegerField(
        label=_("Every so many"),
        initial=1,
        min_value=1,
        max_value=MOST,
        required=False,
        help_text=_("2 for every second day, week or month; 1 for each."),
    )
    from_date = forms.DateField(
        label=_("The change holds from"),
        required=False,
        widget=AdminDateInput,
        validators=[is_in_reach],
        help_text=_(
            "What was aired before stays as it was. What has begun already that day "
            "does, too."
        ),
    )

    # What the person saw of the slot, so that nobody undoes what somebody else changes
    # in between.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Kept as it was: what is typed is written into the form's own instance.
        self.before = Slot.objects.filter(pk=self.instance.pk).first()
        shows = Show.objects.filter(retired_at=None)
        if self.before is None:
            self.fields["show"].queryset = shows
            return
        its_own = Show.objects.filter(pk=self.before.show_id)
        self.fields["show"].queryset = shows | its_own
        repeat = repeat_of(self.before.rule)
        today = wall_time(timezone.now(), self.before.zone).date()
        self.initial |= {
            "repeats": repeat.how,
            "weekdays": repeat.weekdays,
            "places": repeat.places,
            "every": repeat.every,
            "rule": repeat.rule,
            "from_date": max(today, self.before.starts_on),
            "seen": _facts_in_short(self.before),
        }

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.before and said.get("seen") != _facts_in_short(self.before):
            raise forms.ValidationError(
                gettext(
                    "Somebody has changed this slot since you opened it. Open it again, "
                    "and make your change there."
                )
            )
        if "repeats" not in said:
            return said
        how = How(said["repeats"])
        if how in {How.WEEKLY, How.MONTHLY} and not said.get("weekdays"):
            self._miss("weekdays", gettext("Choose at least one weekday."))
        elif how is How.MONTHLY and not said.get("places"):
            self._miss("places", gettext("Choose which of them, such as the first."))
        elif how is How.BY_RULE and not said.get("rule"):
            self._miss("rule", gettext("Write the rule, or choose another way."))
        else:
            said["rule"] = rule_of(_repeat(how, said))
        return said

    def _miss(self, field: str, sentence: str) -> None:
        self.add_error(field, forms.ValidationError(sentence, code="required"))

    @property
    def holds_from(self) -> date:
        """From when on what is said holds."""
        said: date | None = self.cleaned_data.get("from_date")
        starts_on: date = self.instance.starts_on
        return said or starts_on

    def changes(self) -> dict[str, Any]:
        """Return what is to be otherwise than it was."""
        said, before = self.cleaned_data, self.before
        changed = {
            name: said[name]
            for name in CHANGEABLE
            if name in said and said[name] != getattr(before, name)
        }
        also_on = set(said.get("also_on", ()))
        if before is not None and also_on != set(before.also_on.all()):
            changed["also_on"] = also_on
        return changed


def _facts_in_short(slot: Slot) -> str:
    """Return a word that is another one as soon as *slot* is changed."""
    facts = [str(getattr(slot, name)) for name in CHANGEABLE]
    stations = [str(station.pk) for station in slot.also_on.order_by("pk")]
    return sha256("\n".join([*facts, *stations]).encode()).hexdigest()


def _repeat(how: How, said: dict[str, Any]) -> Repeat:
    return Repeat(
        how,
        said.get("every") or 1,
        tuple(said.get("weekdays", ())),
        tuple(said.get("places", ())),
        said.get("rule", ""),
    )
