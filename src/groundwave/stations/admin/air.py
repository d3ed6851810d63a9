from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from groundwave.patchbay.errors import PatchbayError
from groundwave.patchbay.messages import Role
from groundwave.stations.actions import (
    change_lineup,
    hold_source,
    issue_monitor_password,
    kick_source,
)
from groundwave.stations.admin.word import say_whether_told
from groundwave.stations.air import ask_status
from groundwave.stations.board import ROLE_NAMES, boards, zone_of
from groundwave.stations.models import Licensee, SourceIncident, Station, Transmission


SHOWN_ATTEMPTS = 15


@permission_required("stations.watch_the_air", raise_exception=True)
def air(request: HttpRequest) -> HttpResponse:
    """Every station's sources now, what happened last, and who could not connect."""
    status, trouble = None, ""
    try:
        status = ask_status()
    except PatchbayError as away:
        trouble = str(away)
    stations = Station.objects.all()
    shown = {
        "boards": boards(stations, status),
        "zone": zone_of(Licensee.objects.first(), stations),
        "status": status,
        "trouble": trouble,
        "attempts": reversed(status.attempts[-SHOWN_ATTEMPTS:]) if status else (),
        "refusals": SourceIncident.objects.refusals()[:SHOWN_ATTEMPTS],
        "may_work": request.user.has_perm("stations.work_the_air"),
    }
    return _page(request, "stations/admin/air.html", _("Air"), shown)


@permission_required("stations.work_the_air", raise_exception=True)
@require_http_methods(["GET", "POST"])
def kick(request: HttpRequest, slug: str, role: str) -> HttpResponse:
    """Ask whether to end a source's connection, then do it."""
    station, which = _station_and_role(slug, role)
    named = {"role": ROLE_NAMES[which], "station": station}
    if request.method == "GET":
        return _confirm(
            request,
            _("Kick the source"),
            question=_(
                "End the connection of the %(role)s source of %(station)s? The next source "
                "in the chain takes over at once. The encoder may connect again; revoke "
                "its key to keep it off."
            )
            % named,
            yes=_("Yes, kick it"),
        )
    try:
        kick_source(station, which, by=request.user)  # type: ignore[arg-type]
    except PatchbayError as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(
            request, _("The %(role)s source of %(station)s was sent away.") % named
        )
    return redirect("air:index")


@permission_required("stations.work_the_air", raise_exception=True)
@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, slug: str, role: str) -> HttpResponse:
    """Ask whether to put a source on air by hand, or give the air back; then do it."""
    if role == "automatic":
        station, which = get_object_or_404(Station, slug=slug), None
    else:
        station, which = _station_and_role(slug, role)
    named = {"role": ROLE_NAMES[which] if which else "", "station": station}
    if request.method == "GET":
        return _confirm(request, _("Switch the air"), **_hold_words(which, named))
    try:
        hold_source(station, which, by=request.user)  # type: ignore[arg-type]
    except PatchbayError as trouble:
        messages.error(request, str(trouble))
    else:
        done = (
            _("%(station)s stays on %(role)s until you give the air back.")
            if which
            else _("%(station)s follows its source chain again.")
        )
        messages.success(request, done % named)
    return redirect("air:index")


def _hold_words(role: Role | None, named: dict[str, Any]) -> dict[str, str]:
    if role is None:
        return {
            "question": _(
                "Give the air of %(station)s back to its source chain? The first source "
                "that is well goes on air."
            )
            % named,
            "yes": _("Yes, give it back"),
        }
    return {
        "question": _(
            "Put the %(role)s source of %(station)s on air and keep it there, whatever "
            "else connects? If it drops, the chain takes over until it is back."
        )
        % named,
        "yes": _("Yes, put it on air"),
    }


class TransmissionForm(forms.ModelForm[Transmission]):
    class Meta:
        model = Transmission
        fields = ["address_privacy", "session_days"]
        widgets = {"address_privacy": forms.RadioSelect}


@permission_required("stations.change_transmission", raise_exception=True)
def transmission(request: HttpRequest) -> HttpResponse:
    """What is kept of listeners and how long, and the monitoring pages' password."""
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
    response = _page(request, "stations/admin/transmission.html", title, shown)
    response["Cache-Control"] = "no-store"
    return response


def _station_and_role(slug: str, role: str) -> tuple[Station, Role]:
    try:
        return get_object_or_404(Station, slug=slug), Role(role)
    except ValueError as unknown:
        raise Http404(f"There is no {role} in a source chain.") from unknown


def _confirm(
    request: HttpRequest, title: str, *, question: str, yes: str
) -> HttpResponse:
    shown = {
        "question": question,
        "yes": yes,
        "no": _("No, leave it"),
        "back": reverse("air:index"),
        "serious": True,
    }
    return _page(request, "stations/admin/confirm.html", title, shown)


def _page(
    request: HttpRequest, template: str, title: str, shown: dict[str, Any]
) -> HttpResponse:
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    trail = [home, {"url": reverse("air:index"), "label": _("Air")}]
    if title != _("Air"):
        trail.append({"url": "", "label": title})
    shown |= {
        "breadcrumbs_items": trail,
        "header_title": title,
        "page_title": title,
        "header_icon": "antenna",
    }
    return TemplateResponse(request, template, shown)


class AirMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("stations.watch_the_air")


class AirViewSet(ViewSet):
    name = "air"
    icon = "antenna"
    menu_label = gettext_lazy("Air")

    menu_item_class = AirMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", air, name="index"),
            path("settings/", transmission, name="transmission"),
            path("<slug:slug>/kick/<slug:role>/", kick, name="kick"),
            path("<slug:slug>/hold/<slug:role>/", hold, name="hold"),
        ]
