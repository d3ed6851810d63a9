"""What is kept of listeners and how long, and the monitoring pages' password."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from groundwave.stations.actions import change_lineup, issue_monitor_password
from groundwave.stations.admin.air_page import page
from groundwave.stations.admin.word import say_whether_told
from groundwave.stations.models import Transmission


class TransmissionForm(forms.ModelForm[Transmission]):
    class Meta:
        model = Transmission
        fields = ["address_privacy", "session_days"]
        widgets = {"address_privacy": forms.RadioSelect}


@permission_required("stations.change_transmission", raise_exception=True)
def transmission(request: HttpRequest) -> HttpResponse:
    """Show the settings, save them, or issue a password."""
    current = Transmission.objects.current()
    form = TransmissionForm(request.POST or None, instance=current)
    password = ""
    if request.method == "POST" and "issue_password" in request.POST:
        form = TransmissionForm(instance=current)
        password = issue_monitor_password()
        say_whether_told(request)
    elif request.method == "POST" and form.is_valid():
        # Not save(): the edition in this row moves on while the form is open.
        Transmission.objects.filter(pk=current.pk).update(**form.cleaned_data)
        change_lineup()
        messages.success(request, _("The transmission settings are saved."))
        say_whether_told(request)
        return redirect("air:transmission")
    shown = {"form": form, "password": password, "has_password": current.monitor_digest}
    title = _("Transmission settings")
    response = page(request, "stations/admin/transmission.html", title, shown)
    response["Cache-Control"] = "no-store"
    return response
