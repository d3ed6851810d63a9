from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from groundwave.people.actions import is_welcome, welcome_administrator
from groundwave.people.errors import AdministratorExists
from groundwave.people.forms import WelcomeForm


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class WelcomeView(View):
    """The page where the first administrator comes in."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        if not is_welcome(token):
            return _too_late(request)
        return render(request, "people/welcome.html", {"form": WelcomeForm()})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        if not is_welcome(token):
            return _too_late(request)
        form = WelcomeForm(request.POST)
        if not form.is_valid():
            return render(request, "people/welcome.html", {"form": form}, status=422)
        said = form.cleaned_data
        try:
            user = welcome_administrator(
                said["name"], email=said["email"], password=said["password"]
            )
        except AdministratorExists:
            return _too_late(request)
        login(request, user)
        return redirect("wagtailadmin_home")


def _too_late(request: HttpRequest) -> HttpResponse:
    return render(request, "people/welcome_over.html", status=410)
