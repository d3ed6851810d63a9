"""Carrying another station's stories by the line that it sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from groundwave.syndication.actions.pairing import pair, read_pairing_line
from groundwave.syndication.admin.connection_page import trail
from groundwave.syndication.admin.our_site import our_site
from groundwave.syndication.errors import SyndicationError
from groundwave.syndication.models import Arrival, Connection
from groundwave.syndication.models.connection import SECTIONS


class PairForm(forms.Form):
    """The line, and where its stories stand."""

    line = forms.CharField(
        label=_("Pairing line"),
        help_text=_("All of it, as the other station sent it: groundwave-pairing:…"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    section: forms.ModelChoiceField[Page] = forms.ModelChoiceField(
        Page.objects.none(), label=_("Section in which its stories stand")
    )
    arrival = forms.ChoiceField(
        label=_("A new story"),
        choices=Arrival.choices,
        initial=Arrival.DRAFT,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        sections = Page.objects.filter(**SECTIONS)
        self.fields["section"].queryset = sections  # type: ignore[attr-defined] # it is a ModelChoiceField


class PairView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg] # it is generic for checkers alone
    permission_policy = ModelPermissionPolicy(Connection)
    permission_required = "add"
    page_title = _("Pair with a station")
    header_icon = "link"
    form_class = PairForm
    template_name = "syndication/admin/ask.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return trail(gettext("Pair with a station"))

    def get_context_data(self, **told: Any) -> dict[str, Any]:
        told |= {
            "question": gettext(
                "A station that runs Groundwave makes a line for you, under Carrying, "
                "Partners. Paste it here: its stories come from then on, with its "
                "corrections and takedowns."
            ),
            "yes": gettext("Pair"),
        }
        known: dict[str, Any] = super().get_context_data(**told)
        return known

    def form_valid(self, form: PairForm) -> HttpResponse:
        said = form.cleaned_data
        try:
            connection = pair(
                read_pairing_line(said["line"]),
                section=said["section"],
                site=our_site(self.request),
                now=timezone.now(),
                arrival=said["arrival"],
            )
        except SyndicationError as refusal:
            form.add_error("line", str(refusal))
            return self.form_invalid(form)
        sentence = gettext("You carry the stories of %(name)s. It is asked now.")
        messages.success(self.request, sentence % {"name": connection})
        return redirect("connections:show", connection.pk)
