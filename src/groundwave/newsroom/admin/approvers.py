"""Whoever agreed that a source goes unnamed answers for it, and stays known."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from groundwave.newsroom.models import Statement
from groundwave.people.models import User


def keep_approver(request: HttpRequest, user: User) -> HttpResponse | None:
    """Refuse to delete *user* while a source is unnamed on their word."""
    return _keep_approvers(request, [user])


def keep_approvers(
    request: HttpRequest, action_type: str, objects: Iterable[object], action: object
) -> HttpResponse | None:
    """Refuse to delete any such user together with others."""
    if action_type != "delete":
        return None
    return _keep_approvers(request, [o for o in objects if isinstance(o, User)])


def _keep_approvers(request: HttpRequest, users: list[User]) -> HttpResponse | None:
    approved = Statement.objects.filter(approved_by__in=users)
    first = approved.select_related("approved_by").first()
    if first is None:
        return None
    messages.error(
        request,
        _(
            "%(who)s agreed that a source goes unnamed and answers for that. Make the "
            "account inactive instead of deleting it."
        )
        % {"who": first.approved_by},
    )
    return redirect("wagtailusers_users:index")
