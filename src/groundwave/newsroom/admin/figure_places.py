"""Where the old number stands: every place, and one step that mends those chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _, ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from groundwave.newsroom.actions.replacing import Answer, replace_figures
from groundwave.newsroom.errors import ReplacementRefused
from groundwave.newsroom.figure_places import FigurePlace, figures_of, places_of
from groundwave.newsroom.figures.words import attribution, written
from groundwave.newsroom.models import ChangeKind, Event, Story
from groundwave.newsroom.models.update import WORDED


UNPROCESSABLE = 422


class ReplaceForm(forms.Form):
    """Which places, what the change is, and what readers are told of it."""

    place = forms.MultipleChoiceField(
        label=_("Places"),
        error_messages={"required": _("Choose at least one place.")},
    )
    kind = forms.ChoiceField(
        label=_("What changed"),
        choices=[
            (kind, kind.label)
            for kind in (ChangeKind.UPDATE, ChangeKind.CORRECTION, ChangeKind.TYPO)
        ],
        initial=ChangeKind.UPDATE,
    )
    text = forms.CharField(
        label=_("What readers are told"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Of stories that they already have; of drafts they are told nothing."
        ),
    )
    must_air = forms.BooleanField(
        label=_("Must be said on the air: the old one was"), required=False
    )

    def __init__(self, *args: Any, places: Iterable[FigurePlace], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.places = [each for each in places if each.can_be_replaced]
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (each.key, each.found.words) for each in self.places
        ]
        self.fields["place"].error_messages["invalid_choice"] = _(
            "One of the places has changed meanwhile. Look at them again, and choose anew."
        )
        self.fields["text"].initial = _said_now(self.places)
        stories = {each.story.pk for each in self.places if each.draft is None}
        # Of one story, what is said of all is said of it.
        for pk in stories:
            if len(stories) > 1 or _own(pk) in self.initial or _own(pk) in self.data:
                self.fields[_own(pk)] = _own_text()

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        keys = told.get("place", ())
        stories = {each.story.pk for each in self.places if each.key in keys}
        if told.get("kind") in WORDED and not all(map(self._text_of, stories)):
            self.add_error("text", _("Write what readers are told."))
        return told

    def own_text(self, story: Story) -> forms.BoundField | None:
        """Return what readers of *story* may be told instead, where that is asked."""
        return self[_own(story.pk)] if _own(story.pk) in self.fields else None

    @property
    def chosen(self) -> set[str]:
        """The keys of those places that are ticked, or are to be at first."""
        if self.is_bound or "place" in self.initial:
            return set(self["place"].value())
        return {each.key for each in self.places if each.is_certain}

    def answer_of(self, story: Story) -> Answer:
        told = self.cleaned_data
        return Answer(told["kind"], self._text_of(story.pk), told["must_air"])

    def _text_of(self, pk: int) -> str:
        told = self.cleaned_data
        own: str = told.get(_own(pk), "").strip()
        return own or told.get("text", "").strip()


def _own(pk: int) -> str:
    return f"text_{pk}"


def _own_text() -> forms.CharField:
    return forms.CharField(
        label=_("Readers of this story are told instead"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Empty for what is said below of all."),
    )


@permission_required("newsroom.add_figure", raise_exception=True)
@require_http_methods(["GET", "POST"])
def figure_places(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where outdated figures of an event stand, and replace them."""
    event = get_object_or_404(Event, pk=pk)
    places = places_of(event)
    form = ReplaceForm(request.POST or None, places=places)
    if form.is_valid():
        if _replace(request, event, form):
            return redirect("events:places", pk)
        # What was typed is there for whatever is left to do.
        places = places_of(event)
        form = ReplaceForm(initial=form.cleaned_data, places=places)
    stories = [
        (story, several, form.own_text(story)) for story, several in by_story(places)
    ]
    response = TemplateResponse(
        request,
        "newsroom/admin/figure_places.html",
        {"event": event, "form": form, "stories": stories, **_head(event)},
    )
    if request.method == "POST":
        response.status_code = UNPROCESSABLE
    return response


def by_story(places: Iterable[FigurePlace]) -> list[tuple[Story, list[FigurePlace]]]:
    """Return *places*, which come story after story, with the story of each."""
    groups = groupby(places, key=lambda each: each.story)
    return [(story, list(several)) for story, several in groups]


def count_words(places: Iterable[FigurePlace]) -> str:
    """Return in how many places older figures stand; empty if in none."""
    count = Counter(each.is_certain for each in places)
    certain, maybe = count[True], count[False]
    told = ngettext(
        "An older or disputed figure stands in %(count)s place.",
        "Older or disputed figures stand in %(count)s places.",
        certain,
    ) % {"count": certain}
    perhaps = ngettext(
        "An older figure may stand in %(count)s place.",
        "Older figures may stand in %(count)s places.",
        maybe,
    ) % {"count": maybe}
    return " ".join([told] * bool(certain) + [perhaps] * bool(maybe))


def _replace(request: HttpRequest, event: Event, form: ReplaceForm) -> bool:
    """Replace what was chosen, and say so; return whether no story was refused."""
    all_done = True
    chosen = set(form.cleaned_data["place"])
    figures = figures_of(event)
    for story, places in by_story(form.places):
        keys = {each.key for each in places} & chosen
        if not keys:
            continue
        title = story.get_admin_display_title()
        try:
            done = replace_figures(
                story,
                keys,
                figures,
                answer=form.answer_of(story),
                by=request.user,  # type: ignore[arg-type]
            )
        except (ValidationError, ReplacementRefused) as refusal:
            messages.error(request, f"{title}: {_reasons(refusal)}")
            all_done = False
        else:
            messages.success(request, f"{title}: {done}")
    return all_done


def _reasons(refusal: ValidationError | ReplacementRefused) -> str:
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    return str(refusal)


def _said_now(places: Iterable[FigurePlace]) -> str:
    """Return what the sources of *places* say now, as readers may be told."""
    pairs = {
        (now.name, each.found.of.counted.label): now
        for each in places
        if each.is_certain and (now := each.found.of.comparable)
    }
    return " ".join(
        gettext("%(who)s now says: %(figure)s (%(counted)s).")
        % {
            "who": attribution(now.who, now.relayed_by),
            "figure": written(now.quantity),
            "counted": label,
        }
        for (_name, label), now in pairs.items()
    )


def _head(event: Event) -> dict[str, Any]:
    title = gettext("Where the old number stands")
    return {
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
            {"url": reverse("events:index"), "label": gettext("Events")},
            {"url": reverse("events:figures", args=[event.pk]), "label": event.title},
            {"url": "", "label": title},
        ],
        "header_title": title,
        "page_title": title,
        "header_icon": "table",
    }
