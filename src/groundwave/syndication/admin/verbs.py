"""A button of the desk: one POST, what it says afterwards, and back to where it was."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import View
from wagtail.admin import messages

from groundwave.newsroom.errors import NotPublishable
from groundwave.people.models import User
from groundwave.syndication.errors import SyndicationError


class VerbView(View):
    """
    Does `act` to the row of `model` with the primary key ``pk``.

    What it refuses is said in its own sentences.
    """

    http_method_names = ["post"]
    model: type[Model]
    permission: str = ""
    # What it says of an act that was refused; a person mends that, and presses again.
    refusals: tuple[type[Exception], ...] = (SyndicationError, NotPublishable)

    def post(self, request: HttpRequest, pk: int, **named: Any) -> HttpResponse:
        row = get_object_or_404(self.model, pk=pk)
        by: User = request.user  # type: ignore[assignment]
        if not self.may(by, row):
            raise PermissionDenied
        try:
            said = self.act(row, by, **named)
        except self.refusals as refusal:
            for sentence in _sentences(refusal):
                messages.error(request, sentence)
        else:
            messages.success(request, said)
        return redirect(self.back(row))

    def may(self, by: User, row: Any) -> bool:
        """Return whether *by* may do it to *row*."""
        return by.has_perm(self.permission)

    def act(self, row: Any, by: User, **named: Any) -> str:
        """Do it, and return a sentence that says so."""
        raise NotImplementedError

    def back(self, row: Any) -> str:
        """Return the address of the page that shows what it is like now."""
        raise NotImplementedError


def _sentences(refusal: Exception) -> list[str]:
    if isinstance(refusal, ValidationError):
        return list(refusal.messages)
    return [str(refusal)]
