"""A page of the admin that asks why, and does it when it is told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from groundwave.people.models import User


class WhyForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("Kept for the desk alone, with your name."),
        widget=forms.TextInput(attrs={"autofocus": True}),
    )


class AsksWhy(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg] # it is generic for checkers alone
    """
    Asks `question` of the row with the primary key ``pk`` of the policy's model.

    A question names that row as its model's name: ``%(photo)s``. `done_already` are the
    errors of `act` that say that somebody else was quicker.
    """

    form_class: type[forms.Form] = WhyForm
    template_name = "photos/admin/why.html"
    question: Any
    yes: Any
    no: Any
    is_serious = False
    done_already: tuple[type[Exception], ...]

    def setup(self, request: HttpRequest, *args: Any, **named: Any) -> None:
        super().setup(request, *args, **named)
        self.asked: Model = get_object_or_404(
            self.permission_policy.model, pk=named["pk"]
        )

    @property
    def back(self) -> str:
        """Where whoever says no goes to."""
        raise NotImplementedError

    @property
    def afterwards(self) -> str:
        return self.back

    def get_context_data(self, **told: Any) -> dict[str, Any]:
        told |= {
            "question": self.question % {self.asked._meta.model_name: self.asked},
            "yes": self.yes,
            "no": self.no,
            "back": self.back,
            "is_serious": self.is_serious,
        }
        known: dict[str, Any] = super().get_context_data(**told)
        return known

    def form_valid(self, form: forms.Form) -> HttpResponse:
        # Nobody comes here who has not signed in.
        by: User = self.request.user  # type: ignore[assignment]
        try:
            said = self.act(by, form.cleaned_data)
        except self.done_already:
            said = gettext("Somebody else has just done that.")
        messages.success(self.request, said)
        return redirect(self.afterwards)

    def act(self, by: User, said: dict[str, Any]) -> str:
        """Do it, and return a sentence that says so."""
        raise NotImplementedError
