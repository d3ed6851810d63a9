"""A carried story beside its original: what differs, and whose words are to stand."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.permission_policies import ModelPermissionPolicy

from groundwave.people.models import User
from groundwave.photos.admin.asking_why import AsksWhy
from groundwave.syndication.actions.deciding import (
    attach,
    decide,
    detach,
    take_theirs,
)
from groundwave.syndication.admin.deciders import may_decide
from groundwave.syndication.admin.standing import Choice, Standing
from groundwave.syndication.admin.verbs import VerbView
from groundwave.syndication.errors import AlreadyDecided, AlreadyDetached
from groundwave.syndication.models import Original


MAY_SEE = "syndication.view_original"


@permission_required(MAY_SEE, raise_exception=True)
@require_safe
def original_page(request: HttpRequest, pk: int) -> HttpResponse:
    original = get_object_or_404(
        Original.objects.select_related("connection", "story", "detached_by"), pk=pk
    )
    told = {
        "page_title": gettext("Beside its original"),
        "header_title": str(original),
        "header_icon": "doc-full",
        "breadcrumbs_items": _trail(str(original)),
        "original": original,
        "standing": Standing(original),
        "outcomes": original.outcomes.all()[:20],
        "may_decide": may_decide(cast("User", request.user), original),
    }
    return TemplateResponse(request, "syndication/admin/original.html", told)


def _trail(last: str) -> list[dict[str, Any]]:
    return [
        {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
        {"url": reverse("carried_stories:index"), "label": gettext("What came")},
        {"url": "", "label": last},
    ]


class _Chooses(VerbView):
    model = Original

    def may(self, by: User, row: Original) -> bool:
        return may_decide(by, row)

    def back(self, row: Original) -> str:
        return reverse("carried_stories:show", args=[row.pk])

    def seen(self, row: Original, choices: list[Choice], name: str) -> Choice:
        """
        Return the choice that was shown, if it is still the same one.

        Raises:
            AlreadyDecided: either side says something else by now.
        """
        for choice in choices:
            if (choice.name, choice.seen) == (name, self.request.POST.get("seen")):
                return choice
        raise AlreadyDecided(
            gettext("Somebody has decided this, or one of both says something else. ")
            + gettext("Look again.")
        )


class DecideView(_Chooses):
    """Ends a conflict: the one that was shown, and in favor of what was pressed."""

    def act(self, row: Original, by: User, **named: Any) -> str:
        asset = self.request.POST.get("asset", "")
        self.seen(row, Standing(row).conflicts, asset)
        takes_theirs = self.request.POST.get("whose") == "theirs"
        is_told = decide(
            row, asset, takes_theirs=takes_theirs, by=by, now=timezone.now()
        )
        if not takes_theirs:
            return gettext("Ours stands.")
        return _taken(is_told=is_told)


class TakeTheirsView(_Chooses):
    def act(self, row: Original, by: User, **named: Any) -> str:
        field = named["field"]
        self.seen(row, Standing(row).overrides, field)
        return _taken(is_told=take_theirs(row, field, by=by))


def _taken(*, is_told: bool) -> str:
    if is_told:
        return gettext("Theirs is taken, and readers have it.")
    return gettext("Theirs is taken into the draft. Publish it for readers to have it.")


class DetachView(AsksWhy):
    permission_policy = ModelPermissionPolicy(Original)
    permission_required = "change"
    page_title = _("Detach from updates")
    header_icon = "doc-full"
    done_already = (AlreadyDetached,)
    question = _(
        "Detach “%(original)s” from updates? Nothing that its origin changes comes here "
        "any more, corrections neither: look after them yourself. If it is taken back, "
        "it is still taken down. What is ours stays, and it can follow again later."
    )
    yes = _("Yes, detach it")
    no = _("No, let it follow")

    @property
    def original(self) -> Original:
        return cast("Original", self.asked)

    @property
    def back(self) -> str:
        return reverse("carried_stories:show", args=[self.original.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return _trail(gettext("Detach from updates"))

    def act(self, by: User, said: dict[str, Any]) -> str:
        detach(self.original, by=by, now=timezone.now(), **said)
        return gettext("“%(story)s” is detached.") % {"story": self.original}


class AttachView(_Chooses):
    def act(self, row: Original, by: User, **named: Any) -> str:
        attach(row, by=by, now=timezone.now())
        return gettext("It follows again; what it missed comes with the next check.")
