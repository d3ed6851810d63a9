"""What somebody says on the week grid, checked against the station's wall clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy as _

from groundwave.programming.models import Airing, Episode, Show
from groundwave.programming.models.airing import LONGEST
from groundwave.programming.models.slot import is_in_reach
from groundwave.programming.schedule.walltime import instant, wall_time
from groundwave.stations.models import Station


ONCE, WEEKLY = "once", "weekly"
THIS_DATE, FOLLOWING = "date", "following"
# Newest first; who looks for an older one finds it in its show.
SHOWN_EPISODES = 200


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class WhenForm(forms.Form):
    """A date, a wall time and minutes, which become two instants."""

    date = forms.DateField(label=_("Date"), widget=DateInput, validators=[is_in_reach])
    begins = forms.TimeField(label=_("Begins at"), widget=TimeInput)
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=1, max_value=LONGEST // timedelta(minutes=1)
    )
    again = forms.BooleanField(
        label=_("The second time the clock shows it"),
        required=False,
        help_text=_("Only on the night the clocks go back."),
    )

    def __init__(
        self, *args: Any, zone: ZoneInfo, now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now = zone, now
        if not self._comes_twice():
            self.fields["again"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if {"date", "begins", "minutes"} <= said.keys():
            said["starts_at"] = self._starts_at(said)
            said["ends_at"] = said["starts_at"] + timedelta(minutes=said["minutes"])
            if said["ends_at"] <= self.now:
                over = gettext("That time is over. Choose one that is to come.")
                raise ValidationError({"date": over})
        return said

    def may_be_skipped(self, said: dict[str, Any]) -> bool:
        """Whether the time need not exist on the very date."""
        return False

    def _starts_at(self, said: dict[str, Any]) -> datetime:
        wall = datetime.combine(said["date"], said["begins"])
        first = instant(wall, self.zone)
        shown = wall_time(first, self.zone)
        if shown != wall and not self.may_be_skipped(said):
            raise ValidationError(
                {
                    "begins": gettext(
                        "%(time)s does not exist on that date: the clocks go forward to "
                        "%(shown)s. Choose %(shown)s or later, or a time before."
                    )
                    % {"time": f"{wall:%H:%M}", "shown": f"{shown:%H:%M}"}
                }
            )
        return _second(wall, self.zone) if said.get("again") else first

    def _comes_twice(self) -> bool:
        date, begins = self["date"].value(), self["begins"].value()
        try:
            on = self.fields["date"].clean(date)
            at = self.fields["begins"].clean(begins)
        except ValidationError:
            return False
        wall = datetime.combine(on, at)
        return _second(wall, self.zone) != instant(wall, self.zone)


def _second(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the last instant at which the clock shows *wall*."""
    last = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return max(last, instant(wall, zone))


class AiringForm(WhenForm):
    """Where an airing is moved to, and on which dates."""

    reach = forms.ChoiceField(
        label=_("Which dates"),
        choices=[
            (THIS_DATE, _("Only this date")),
            (FOLLOWING, _("This and the following dates of its slot")),
        ],
        initial=THIS_DATE,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, may_follow: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_follow:
            del self.fields["reach"]

    def may_be_skipped(self, said: dict[str, Any]) -> bool:
        # A slot's time may be skipped on one night; its own rule says what airs then.
        return said.get("reach") == FOLLOWING


class EpisodeForm(forms.Form):
    """Which episode it is, or was."""

    episode = forms.ModelChoiceField(
        label=_("Episode"),
        queryset=Episode.objects.none(),
        required=False,
        empty_label=_("None in particular"),
    )

    def __init__(self, *args: Any, airing: Airing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"episode": airing.episode_id}
        episodes = airing.show.episodes.all()
        self.fields["episode"].queryset = episodes  # type: ignore[attr-defined]
        self.fields["episode"].widget.attrs["id"] = "id_airing_episode"

    @property
    def has_any(self) -> bool:
        """Whether there is one to choose."""
        found: bool = self.fields["episode"].queryset.exists()  # type: ignore[attr-defined]
        return found


class PlanForm(WhenForm):
    """Something new: once, over whatever is there, or in a slot of every week."""

    show = forms.ModelChoiceField(
        label=_("Show"),
        queryset=Show.objects.none(),
        empty_label=_("Choose a show"),
    )
    episode = forms.ModelChoiceField(
        label=_("Episode"),
        queryset=Episode.objects.none(),
        required=False,
    )
    how = forms.ChoiceField(
        label=_("How often"),
        choices=[
            (ONCE, _("Once, over whatever is there; the rest goes on after it")),
            (WEEKLY, _("Every week from this date on, in a slot of its own")),
        ],
        initial=ONCE,
        widget=forms.RadioSelect,
    )

    also_on = forms.ModelMultipleChoiceField(
        label=_("Also heard on"),
        queryset=Station.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = [
        "show",
        "episode",
        "date",
        "begins",
        "minutes",
        "again",
        "how",
        "also_on",
    ]

    def __init__(
        self, *args: Any, station: Station, may_slot: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        episodes = Episode.objects.select_related("show").filter(show__retired_at=None)
        shows = Show.objects.filter(retired_at=None)
        self.fields["show"].queryset = shows  # type: ignore[attr-defined]
        self.fields["episode"].queryset = episodes  # type: ignore[attr-defined]
        self.fields["episode"].choices = [  # type: ignore[attr-defined]
            ("", _("None in particular")),
            *((e.pk, f"{e.show}: {e}") for e in episodes[:SHOWN_EPISODES]),
        ]
        others = Station.objects.exclude(pk=station.pk)
        self.fields["also_on"].queryset = others  # type: ignore[attr-defined]
        if not others:
            del self.fields["also_on"]
        if not may_slot:
            del self.fields["how"]

    def may_be_skipped(self, said: dict[str, Any]) -> bool:
        return said.get("how") == WEEKLY

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        episode, show = said.get("episode"), said.get("show")
        if episode and show and episode.show_id != show.pk:
            raise ValidationError(
                {
                    "episode": gettext(
                        "%(episode)s is an episode of %(show)s. Choose that show, or "
                        "another episode."
                    )
                    % {"episode": episode, "show": episode.show}
                }
            )
        return said
