"""The people whom the public knows by name."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from groundwave.people.models import Person
from groundwave.programming.models import Show


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List those whom the public may meet."""
    return render(request, "people/list.html", {"people": public_people()})


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """Show somebody: portrait, biography, shows."""
    found = get_object_or_404(public_people(), slug=slug)
    told = {"person": found, "shows": shows_of(found)}
    return render(request, "people/person.html", told)


def public_people() -> QuerySet[Person]:
    """Return those of whom something is said in public; the rest stay unknown."""
    said = ~Q(role_line="") | ~Q(biography="")
    hosts = Q(pk__in=Person.objects.filter(hosted__isnull=False).values("pk"))
    return (
        Person.objects.filter(said | hosts)
        .select_related("portrait")
        .prefetch_related("portrait__renditions")
    )


def shows_of(person: Person) -> QuerySet[Show]:
    """Return the shows that *person* presents."""
    return (
        Show.objects.filter(hosts__person=person)
        .select_related("image")
        .prefetch_related("image__renditions", "hosts__person")
    )
