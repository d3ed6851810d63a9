"""Importing one story by its address: a form of one field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from groundwave.people.models import User
from groundwave.syndication.actions.importing import import_story
from groundwave.syndication.errors import SyndicationError
from groundwave.syndication.models import Connection, Original


class ImportForm(forms.Form):
    address = forms.CharField(
        label=_("Address of the story"),
        max_length=2000,
        help_text=_("As your browser shows it, or the id that the network gave it."),
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    connection: forms.ModelChoiceField[Connection] = forms.ModelChoiceField(
        Connection.objects.all(), label=_("Connection"), empty_label=None
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        only = list(Connection.objects.all()[:2])
        if len(only) == 1:
            self.fields["connection"].widget = forms.HiddenInput()
            self.fields["connection"].initial = only[0].pk


class ImportView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg] # it is generic for checkers alone
    permission_policy = ModelPermissionPolicy(Original)
    permission_required = "add"
    page_title = _("Import a story")
    header_icon = "download"
    form_class = ImportForm
    template_name = "syndication/admin/ask.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
            {"url": reverse("carried_stories:index"), "label": gettext("What came")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **told: Any) -> dict[str, Any]:
        told |= {
            "question": gettext(
                "Paste the address of one story. What becomes of it is as the "
                "connection says; it follows its original as all the others do."
            ),
            "yes": gettext("Import it"),
        }
        known: dict[str, Any] = super().get_context_data(**told)
        return known

    def form_valid(self, form: ImportForm) -> HttpResponse:
        by: User = self.request.user  # type: ignore[assignment]
        said = form.cleaned_data
        try:
            original = import_story(
                said["connection"], said["address"], by=by, now=timezone.now()
            )
        except SyndicationError as refusal:
            form.add_error("address", str(refusal))
            return self.form_invalid(form)
        if original.story is None or original.gone_at:
            form.add_error("address", _why_not(original))
            return self.form_invalid(form)
        last = original.outcomes.first()
        what = last.get_what_display() if last else gettext("here")
        sentence = gettext("“%(story)s” is here: %(what)s.")
        messages.success(self.request, sentence % {"story": original, "what": what})
        return redirect("wagtailadmin_pages:edit", original.story.pk)


def _why_not(original: Original) -> str:
    last = original.outcomes.first()
    if last and last.said:
        return " ".join(last.said)
    return gettext("It could not be taken over. Look under What came.")
